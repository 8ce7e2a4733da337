#include "engine/player/why_view.hpp"

#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/render.hpp"
#include "engine/player/matrix_view.hpp"
#include "engine/player/operands.hpp"
#include "engine/player/text_view.hpp"
#include "engine/screen/layout.hpp"

namespace glass::player {
namespace {

constexpr std::size_t kWide = 130;  ///< columns from which the operands stand beside the arithmetic

/// 1 to 9; 0 for another key.
std::size_t digit(const Key& key) {
  const bool is_digit =
      key.press == Press::character && key.text.size() == 1 && key.text[0] >= '1' && key.text[0] <= '9';
  return is_digit ? static_cast<std::size_t>(key.text[0] - '0') : 0;
}

CellRef cell_of(const Pointed& at) { return {to_string(at.name), false, at.row, at.col}; }

}  // namespace

WhyView::WhyView(Pointed at, CellRef cell) : at_(std::move(at)) { ask(std::move(cell)); }

void WhyView::ask(CellRef cell) {
  why_ = lesson::why(*at_.session, *at_.pass, cell);
  cell_ = std::move(cell);
  if (cell_.is_tensor) return;
  at_.name = parse_name(cell_.name).value();
  at_.row = cell_.row;
  at_.col = cell_.col;
}

std::string WhyView::place() const {
  return "[" + std::to_string(cell_.row) + ", " + std::to_string(cell_.col) + "] = " + lesson::compact(why_.value);
}

std::optional<Pointed> WhyView::pointed() const { return cell_.is_tensor ? std::nullopt : std::optional(at_); }

screen::Lines WhyView::lines(const Canvas& canvas) const {
  Canvas half = canvas;
  const bool wide = canvas.style.width >= kWide && !cell_.is_tensor && !why_.is_leaf();
  if (wide) half.style.width = canvas.style.width / 2 - 2;
  const screen::Lines left = render(why_, {half.style, false}, all_terms_);
  if (!wide) return left;
  return screen::beside({left, draw_operands(at_, half)}, canvas.style);
}

std::vector<std::string> WhyView::keys() const {
  if (why_.is_leaf()) return {"⌫ back", "←↑↓→ cell", "u used by", "m map"};
  return {"1…9 why that operand", "⌫ back", "←↑↓→ cell", "u used by", "a all terms", "Enter matrix", "h head", "m map"};
}

bool WhyView::follow(std::size_t operand, Host& host) {
  if (why_.is_leaf() || operand > why_.operands.size()) {
    host.say(why_.is_leaf() ? "here the chain ends: nothing else is read"
                            : "there is no operand " + std::to_string(operand));
    return true;
  }
  host.open(std::make_unique<WhyView>(at_, up(why_, operand, std::nullopt)));
  return true;
}

void WhyView::list_uses(Host& host) const {
  const std::vector<Use> uses = uses_of(at_.session->sources(*at_.pass), cell_);
  host.open(std::make_unique<TextView>(
      "used by: " + cell_.name, [why = why_, uses, pass = at_.pass, session = at_.session](const screen::Style& style) {
        return render(why, uses, *pass, {style, false});
      }));
}

bool WhyView::press(const Key& key, Host& host) {
  if (const std::size_t operand = digit(key); operand > 0) return follow(operand, host);
  if (const auto to = moved(key, {cell_.row, cell_.col}, why_.rows, why_.cols)) {
    CellRef next = cell_;
    next.row = to->row;
    next.col = to->col;
    ask(next);
    return true;
  }
  if (is(key, "a")) return all_terms_ = !all_terms_, true;
  if (is(key, "u")) return list_uses(host), true;
  if (cell_.is_tensor) return false;
  if (is(key, "h")) {
    const auto next = next_sibling(at_.name, at_.session->dims());
    if (next && at_.pass->trace.contains(*next)) ask({to_string(*next), false, at_.row, at_.col});
    return true;
  }
  if (key.press != Press::enter) return false;
  host.open(std::make_unique<MatrixView>(at_));
  return true;
}

void open_why(const Pointed& at, Host& host) { host.open(std::make_unique<WhyView>(at, cell_of(at))); }

}  // namespace glass::player
