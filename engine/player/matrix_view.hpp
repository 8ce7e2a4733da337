#pragma once

#include "engine/player/view.hpp"

namespace glass::player {

/// One matrix of the trace, with a cursor on its cells. Where the window is wide, what the cell reads stands beside it.
class MatrixView : public View {
 public:
  explicit MatrixView(Pointed at);

  [[nodiscard]] std::string title() const override { return at_.run + to_string(at_.name); }
  [[nodiscard]] std::string place() const override;
  [[nodiscard]] screen::Lines lines(const Canvas& canvas) const override;
  [[nodiscard]] std::vector<std::string> keys() const override;
  bool press(const Key& key, Host& host) override;
  [[nodiscard]] bool stacks() const override { return true; }
  [[nodiscard]] std::optional<Pointed> pointed() const override { return at_; }

 private:
  void show(Name name);
  [[nodiscard]] screen::Figure figure(const Canvas& canvas) const;

  Pointed at_;
  screen::Figure figure_;
  bool row_only_ = false;
};

}  // namespace glass::player
