#include "engine/screen/cells.hpp"

#include <cmath>

#include "engine/screen/heat.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

Ink ink_of(const Plan& plan, double value, const Mark* mark) {
  Ink ink;
  ink.dim = !std::isfinite(value) && mark == nullptr;
  if (std::isfinite(value)) ink = heat(plan.strength(value), plan.style.colour);
  ink.bold = mark != nullptr;
  ink.cursor = mark != nullptr && !mark->source;
  return ink;
}

std::string_view shade_of(const Plan& plan, double value) {
  const bool drawn = plan.style.colour == Colour::none && std::isfinite(value);
  return drawn ? shade(plan.strength(value), plan.style) : " ";
}

/// "[  -0.12]", "   -0.12▒".
std::string number_text(const Plan& plan, double value, const Mark* mark) {
  const std::size_t room = plan.cell_columns - 2;
  const std::string text = clipped(number(value, plan.digits), room, plan.style);
  const std::string start = mark == nullptr ? " " : mark->source ? "(" : "[";
  const std::string end = mark == nullptr ? std::string(shade_of(plan, value)) : mark->source ? ")" : "]";
  return std::string(room - width(text), ' ') + start + text + end;
}

/// "[]", "◆", "▒▒", "-▒", "··" where there is no finite number.
std::string heat_text(const Plan& plan, double value, const Mark* mark) {
  const bool wide = plan.cell_columns == 2;
  if (mark != nullptr && wide) return mark->source ? "()" : "[]";
  if (mark != nullptr && plan.style.utf8) return mark->source ? "◇" : "◆";
  if (mark != nullptr) return mark->source ? "o" : "@";
  if (!std::isfinite(value)) return repeated(plan.style.utf8 ? "·" : "x", plan.cell_columns);
  if (!wide && plan.style.colour == Colour::none) return std::string(signed_shade(plan.strength(value), plan.style));
  const std::string sign(shade_of(plan, value));
  if (!wide) return sign;
  return value < 0 && sign != " " ? "-" + sign : sign + sign;
}

}  // namespace

void add_cell(Line& line, const Plan& plan, std::size_t row, std::size_t col) {
  const double value = plan.figure->values(row, col);
  const Mark* mark = plan.mark(row, col);
  const bool numbers = plan.figure->form == Form::numbers;
  add(line, numbers ? number_text(plan, value, mark) : heat_text(plan, value, mark), ink_of(plan, value, mark));
}

}  // namespace glass::screen
