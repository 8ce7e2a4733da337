#pragma once

#include <functional>

#include "engine/player/view.hpp"

namespace glass::player {

/// Text to read, made for the width that there is.
class TextView : public View {
 public:
  TextView(std::string title, std::function<screen::Lines(const screen::Style&)> text);

  [[nodiscard]] std::string title() const override { return title_; }
  [[nodiscard]] screen::Lines lines(const Canvas& canvas) const override { return text_(canvas.style); }
  [[nodiscard]] std::vector<std::string> keys() const override { return {"⌫ back"}; }
  bool press(const Key& key, Host& host) override;

 private:
  std::string title_;
  std::function<screen::Lines(const screen::Style&)> text_;
};

/// What every key does.
[[nodiscard]] std::unique_ptr<View> help_view();

}  // namespace glass::player
