#pragma once

#include <functional>

#include "engine/player/view.hpp"

namespace glass::player {

/// One line of a list, and what becomes of it when it is chosen.
struct Choice {
  std::string text;
  std::function<void(Host&)> chosen;
};

/// A list to choose from by number, or with the arrow keys and Enter.
class ChoiceView : public View {
 public:
  /// @param says   a paragraph above the list; may be empty
  /// @param first  the number of the first choice
  /// @param at     which one is marked at the beginning
  ChoiceView(std::string title, std::string says, std::vector<Choice> choices, std::size_t first = 1,
             std::size_t at = 0);

  [[nodiscard]] std::string title() const override { return title_; }
  [[nodiscard]] screen::Lines lines(const Canvas& canvas) const override;
  [[nodiscard]] std::vector<std::string> keys() const override;
  bool press(const Key& key, Host& host) override;

 private:
  std::string title_, says_;
  std::vector<Choice> choices_;
  std::size_t first_, at_;
};

}  // namespace glass::player
