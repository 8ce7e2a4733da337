#include "engine/lesson/render.hpp"

#include <algorithm>
#include <cstdio>

#include "engine/screen/figure.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"

namespace glass::lesson {
namespace {

using screen::Lines;
using screen::Style;

/// Prose is read in lines that are not too long, however wide the terminal.
Style for_reading(Style style) {
  style.width = std::min<std::size_t>(style.width, 100);
  return style;
}

void append_paragraph(Lines& lines, const std::string& text, const Style& style) {
  if (text.empty()) return;
  if (!lines.empty()) lines.emplace_back();
  append(lines, screen::wrapped(text, for_reading(style)));
}

/// How a bound is said: most proofs compare numbers, some demand that nothing differs at all.
std::string bound_text(double bound) {
  if (bound == 0) return "no difference at all";
  char text[32];
  std::snprintf(text, sizeof text, "difference ≤ %.0e", bound);
  return text;
}

std::string measured_text(double value) {
  char text[48];
  std::snprintf(text, sizeof text, "; measured %.3g", value);
  return text;
}

/// Draws what a step's body came to.
struct Drawing {
  const Rendering& how;

  Lines operator()(const std::monostate&) const { return {}; }

  Lines operator()(const Shown& shown) const {
    if (!shown.not_here.empty()) return not_here(shown.not_here);
    if (shown.cell) return render(shown, how);
    if (shown.figures.size() > 1 && !shown.title.empty())
      return screen::draw_panels(shown.title, shown.figures, how.style);
    std::vector<Lines> panels;
    for (const screen::Figure& figure : shown.figures) panels.push_back(screen::draw(figure, how.style));
    return screen::beside(panels, how.style);
  }

  Lines operator()(const Listed& listed) const {
    Lines lines = screen::wrapped(listed.file, how.style, 2);
    append(lines, screen::listing(listed.code, how.style, 4));
    return lines;
  }

  Lines operator()(const Departed& departed) const {
    return screen::boxed("the paper says", departed.paper, "this model does", departed.model, how.style);
  }

  Lines operator()(const Proved& proved) const {
    if (!proved.measured.not_here.empty()) return not_here(proved.measured.not_here);
    std::string verdict = proved.holds() ? "✓ holds: " : "✗ does not hold: expected ";
    verdict += bound_text(proved.bound);
    if (how.measure || !proved.holds()) verdict += measured_text(proved.measured.value);
    return screen::wrapped(verdict, how.style, 2);
  }

  Lines operator()(const Asked& asked) const {
    Lines lines;
    for (std::size_t i = 0; i < asked.choices.size(); ++i)
      append(lines,
             screen::wrapped(std::string(1, static_cast<char>('a' + i)) + ") " + asked.choices[i], how.style, 4, 3));
    lines.emplace_back();
    append(lines, screen::wrapped(answer(asked), how.style, 2, 2));
    return lines;
  }

  Lines operator()(const Tried& tried) const {
    const auto said = [](const std::string& text) { return text.empty() ? "(nothing)" : "*" + text + "*"; };
    screen::Grid grid{
        {},
        {{"its own translation", said(tried.outcome.before_text)}, {"changed", said(tried.outcome.after_text)}},
        {}};
    Lines lines = screen::draw(grid, how.style);
    if (tried.lists) {
      append_paragraph(lines, "Bit for bit as before:", how.style);
      append(lines, render(tried.outcome.equal, how));
      append_paragraph(lines, "The first to change:", how.style);
      append(lines, render(tried.outcome.first_changed, how));
    }
    for (const auto& [before, after] : tried.figures) {
      lines.emplace_back();
      append(lines, side_by_side(before, after));
    }
    return lines;
  }

  Lines operator()(const Tabled& tabled) const {
    if (tabled.grid.rows.empty()) return not_here("there is nothing to read it off");
    Lines lines;
    if (!tabled.of.empty()) append(lines, screen::wrapped(tabled.of, how.style, 2));
    append(lines, screen::draw(tabled.grid, how.style));
    return lines;
  }

 private:
  static std::string letter(std::size_t choice) { return {static_cast<char>('a' + choice)}; }

  static std::string answer(const Asked& asked) {
    if (asked.open)
      return "Your answer: a key from a to " + letter(asked.choices.size() - 1) + ". Or go on without one: n.";
    const std::string answer = "*Answer:* " + letter(asked.answer) + ") " + asked.choices.at(asked.answer);
    if (!asked.given) return answer;
    const bool right = *asked.given == asked.answer;
    return "You say " + letter(*asked.given) + (right ? "). ✓ Right. " : "). ✗ Not so. ") + answer;
  }

  Lines not_here(const std::string& reason) const {
    return screen::wrapped("Not shown for this sentence: " + reason + ".", how.style, 2);
  }

  /// As heat on one scale, so that both fit beside each other.
  Lines side_by_side(screen::Figure before, screen::Figure after) const {
    before.form = after.form = screen::Form::heat;
    before.panel = "unchanged";
    after.panel = "changed";
    return screen::draw_panels(before.title, {before, after}, how.style);
  }
};

}  // namespace

Lines render(const Performed& step, const Rendering& rendering) {
  Lines lines = screen::wrapped(step.says, for_reading(rendering.style));
  Lines body = std::visit(Drawing{rendering}, step.result);
  if (!body.empty()) {
    if (!lines.empty()) lines.emplace_back();
    append(lines, body);
  }
  const auto* asked = std::get_if<Asked>(&step.result);
  if (asked == nullptr || !asked->open) append_paragraph(lines, step.because, rendering.style);
  return lines;
}

}  // namespace glass::lesson
