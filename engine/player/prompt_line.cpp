#include "engine/player/prompt.hpp"
#include "engine/screen/glyphs.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/width.hpp"

namespace glass::player {
namespace {

/// A grapheme as it is shown.
struct Sign {
  std::string text;
  std::size_t columns = 0;
};

struct Signs {
  std::vector<Sign> all;  ///< a blank behind the last one, where the caret can stand
  std::size_t caret = 0;
};

Signs signs_of(const std::string& text, std::size_t caret, std::size_t room, const screen::Style& style) {
  Signs signs;
  std::size_t bytes = 0;
  for (const screen::Glyph& glyph : screen::glyphs(text)) {
    if (bytes < caret) ++signs.caret;
    bytes += glyph.text.size();
    const std::string shown = screen::clipped(glyph.text, room, style);
    signs.all.push_back({shown, screen::width(shown)});
  }
  signs.all.push_back({" ", 1});
  return signs;
}

/// The first sign that is shown: the caret is in the middle, but near the ends of the text.
std::size_t first_of(const Signs& signs, std::size_t room) {
  std::size_t first = signs.caret, used = signs.all[signs.caret].columns;
  while (first > 0 && used + signs.all[first - 1].columns <= room / 2) used += signs.all[--first].columns;
  std::size_t behind = 0;
  for (std::size_t i = first; i < signs.all.size(); ++i) behind += signs.all[i].columns;
  while (first > 0 && behind + signs.all[first - 1].columns <= room) behind += signs.all[--first].columns;
  return first;
}

}  // namespace

screen::Line Prompt::render(const screen::Style& style) const {
  const std::size_t columns = screen::full_width(style);
  screen::Line line;
  screen::add(line, screen::clipped(label_, columns / 2, style), screen::bold_ink());
  if (!line.empty()) screen::add(line, " ");
  const std::size_t room = columns - screen::width(line);
  const Signs signs = signs_of(text_, caret_, room, style);
  std::size_t used = 0;
  for (std::size_t i = first_of(signs, room); i < signs.all.size(); ++i) {
    used += signs.all[i].columns;
    if (used > room) break;
    screen::Ink ink;
    ink.cursor = i == signs.caret;
    screen::add(line, signs.all[i].text, ink);
  }
  return line;
}

}  // namespace glass::player
