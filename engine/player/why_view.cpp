#include "engine/player/why_view.hpp"

#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/render.hpp"
#include "engine/player/choice_view.hpp"
#include "engine/player/matrix_view.hpp"
#include "engine/player/operands.hpp"
#include "engine/screen/layout.hpp"

namespace glass::player {
namespace {

constexpr std::size_t kWide = 130;  ///< columns from which the operands stand beside the arithmetic

CellRef cell_of(const Pointed& at) { return {to_string(at.name), false, at.row, at.col}; }

}  // namespace

WhyView::WhyView(Pointed at, CellRef cell) : at_(std::move(at)) { ask(std::move(cell)); }

void WhyView::ask(CellRef cell) {
  why_ = lesson::why(*at_.session, *at_.pass, cell);
  drawn_.reset();
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

const screen::Lines& WhyView::text(const screen::Style& style) const {
  if (drawn_ != style) text_ = render(why_, {style, false}, all_terms_);
  drawn_ = style;
  return text_;
}

screen::Lines WhyView::lines(const Canvas& canvas) const {
  Canvas half = canvas;
  const bool wide = canvas.style.width >= kWide && !cell_.is_tensor && !why_.is_leaf();
  if (wide) half.style.width = canvas.style.width / 2 - 2;
  const screen::Lines& left = text(half.style);
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
  const CellRef cell = up(why_, operand, std::nullopt);
  const OperandPart& part = why_.operands[operand - 1].part;
  host.open(std::make_unique<WhyView>(at_, cell));
  if (part.whole_row() || part.whole_column())
    host.say("all of " + std::string(part.whole_row() ? "row " : "column ") +
             std::to_string(part.whole_row() ? cell.row : cell.col) + " is read; this is " + which_element(why_));
  return true;
}

/// Of what is computed from a number, one cell each can be asked in its turn.
void WhyView::list_uses(Host& host) const {
  std::vector<Choice> choices;
  for (const Use& use : uses_of(at_.session->sources(*at_.pass), cell_)) {
    const CellRef cell{to_string(use.name), false, use.row.value_or(0), use.col.value_or(0)};
    choices.push_back({"`" + cell.name + "`   " + lesson::place_of(use, at_.pass->labels),
                       [at = at_, cell](Host& to) { to.open(std::make_unique<WhyView>(at, cell)); }});
  }
  if (choices.empty()) return host.say("in this sentence nothing is computed from it");
  host.open(
      std::make_unique<ChoiceView>("used by", "From `" + cell_.name + "` " + place() + " are computed:", choices));
}

bool WhyView::press(const Key& key, Host& host) {
  if (const auto operand = digit(key); operand && *operand > 0) return follow(*operand, host);
  if (const auto to = moved(key, {cell_.row, cell_.col}, why_.rows, why_.cols)) {
    CellRef next = cell_;
    next.row = to->row;
    next.col = to->col;
    ask(next);
    return true;
  }
  if (is(key, "a")) {
    all_terms_ = !all_terms_;
    drawn_.reset();
    host.say(all_terms_ ? "every term" : "where there are many, the largest terms");
    return true;
  }
  if (is(key, "w")) return host.say("this is why; a number key asks the same of an operand"), true;
  if (is(key, "u")) return list_uses(host), true;
  if (cell_.is_tensor && key.press == Press::enter)
    return host.say("weights are looked at one by one: the arrow keys move"), true;
  if (cell_.is_tensor) return false;
  if (is(key, "h")) {
    const auto next = next_sibling(at_.name, at_.session->dims());
    if (next && at_.pass->trace.contains(*next)) ask({to_string(*next), false, at_.row, at_.col});
    if (!next) host.say("this model has only one " + to_string(at_.name));
    return true;
  }
  if (key.press != Press::enter) return false;
  host.open(std::make_unique<MatrixView>(at_));
  return true;
}

void open_why(const Pointed& at, Host& host) { host.open(std::make_unique<WhyView>(at, cell_of(at))); }

}  // namespace glass::player
