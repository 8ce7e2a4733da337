#pragma once

#include "engine/lesson/why.hpp"
#include "engine/player/view.hpp"

namespace glass::player {

/// The arithmetic behind one number. A number key follows an operand, backspace goes back.
class WhyView : public View {
 public:
  /// @param at    the pass, and of a recorded matrix the cell
  /// @param cell  what is asked
  /// @throws what lesson::why throws
  WhyView(Pointed at, CellRef cell);

  [[nodiscard]] std::string title() const override { return at_.run + "why " + cell_.name; }
  [[nodiscard]] std::string place() const override;
  [[nodiscard]] screen::Lines lines(const Canvas& canvas) const override;
  [[nodiscard]] std::vector<std::string> keys() const override;
  bool press(const Key& key, Host& host) override;
  [[nodiscard]] bool stacks() const override { return true; }
  [[nodiscard]] std::optional<Pointed> pointed() const override;

 private:
  void ask(CellRef cell);
  [[nodiscard]] const screen::Lines& text(const screen::Style& style) const;
  bool follow(std::size_t operand, Host& host);
  void list_uses(Host& host) const;

  Pointed at_;
  CellRef cell_;
  lesson::Why why_;
  bool all_terms_ = false;
  mutable screen::Lines text_;                  ///< the arithmetic as it was drawn last,
  mutable std::optional<screen::Style> drawn_;  ///< and for what: of a vocabulary it takes a while
};

/// Asks why the cell is what it is.
void open_why(const Pointed& at, Host& host);

}  // namespace glass::player
