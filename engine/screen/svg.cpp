#include "engine/screen/svg.hpp"

#include <algorithm>

#include "engine/screen/glyphs.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/palette.hpp"
#include "engine/screen/svg_shapes.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr Rgb kPage{22, 25, 31}, kBar{36, 40, 49}, kText{216, 221, 229}, kTitle{160, 167, 179};
constexpr std::size_t kMargin = 16, kBarHeight = 34, kFontSize = 15, kBaseline = 15;

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}

std::string attribute(const char* name, std::size_t value) {
  return std::string(" ") + name + "=\"" + std::to_string(value) + "\"";
}

/// The same ink, one after the other, nothing between.
struct Run {
  std::string text;
  Ink ink;
  std::size_t start = 0, columns = 0;
};

bool plain_letter(const Glyph& glyph) { return glyph.text.size() == 1 && !blank(glyph); }

/// Words of ASCII; every other glyph by itself, because its font may be another; blanks not at all.
std::vector<Run> runs(const Line& line) {
  std::vector<Run> result;
  std::size_t column = 0;
  bool open = false;
  for (Glyph& glyph : glyphs(line)) {
    glyph.ink = printed(glyph.ink);
    const bool letter = plain_letter(glyph);
    const bool drawn = letter || !blank(glyph);
    if (letter && open && result.back().ink == glyph.ink) {
      result.back().text += glyph.text;
      result.back().columns += 1;
    } else if (drawn) {
      result.push_back({glyph.text, glyph.ink, column, glyph.columns});
    }
    open = letter;
    column += glyph.columns;
  }
  return result;
}

/// Each stretch of one background.
std::string backgrounds(const Line& line, std::size_t top) {
  std::string result;
  std::vector<Run> stretches;
  std::size_t column = 0;
  for (const Span& span : line) {
    const std::size_t columns = width(span.text);
    const bool same = !stretches.empty() && stretches.back().ink.back == span.ink.back;
    if (same)
      stretches.back().columns += columns;
    else
      stretches.push_back({"", span.ink, column, columns});
    column += columns;
  }
  for (const Run& run : stretches) {
    if (!run.ink.back || run.columns == 0) continue;
    result += "<rect" + attribute("x", kMargin + run.start * kCellWidth) + attribute("y", top) +
              attribute("width", run.columns * kCellWidth) + attribute("height", kCellHeight) + " fill=\"" +
              hexadecimal(*run.ink.back) + "\"/>\n";
  }
  return result;
}

/// Inks that can be read on black and on white are dull here, where the page is known to be dark.
Rgb lifted(Rgb ink) {
  while (contrast(ink, kPage) < 7) ink = mixed(ink, {255, 255, 255}, 0.1);
  return ink;
}

std::string ink_attributes(const Ink& ink) {
  std::string result;
  if (ink.fore) result += " fill=\"" + hexadecimal(ink.back ? *ink.fore : lifted(*ink.fore)) + "\"";
  if (ink.bold) result += " font-weight=\"bold\"";
  if (ink.italic) result += " font-style=\"italic\"";
  if (ink.underline) result += " text-decoration=\"underline\"";
  if (ink.dim) result += " opacity=\"0.62\"";
  return result;
}

std::string drawn(const Run& run, std::size_t top) {
  const std::size_t left = kMargin + run.start * kCellWidth;
  const std::string path = shape_of(run.text, left, top);
  if (!path.empty()) return "<path d=\"" + path + "\"" + shape_opacity(run.text) + ink_attributes(run.ink) + "/>\n";
  std::string result = "<text" + attribute("x", left) + attribute("y", top + kBaseline);
  if (run.columns > 1)
    result += attribute("textLength", run.columns * kCellWidth) + " lengthAdjust=\"spacingAndGlyphs\"";
  return result + ink_attributes(run.ink) + ">" + escaped(run.text) + "</text>\n";
}

/// Frame, title bar and its title.
std::string window(std::size_t columns, std::size_t rows, std::string_view title) {
  const std::size_t across = 2 * kMargin + columns * kCellWidth;
  const std::size_t down = kBarHeight + 2 * kMargin + rows * kCellHeight;
  const std::string name = escaped(spelt(title, Style{}));
  const std::string size = attribute("width", across) + attribute("height", down);
  const std::size_t room = columns > 16 ? columns - 16 : 0;
  std::string result = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + size + " viewBox=\"0 0 " + std::to_string(across) +
                       " " + std::to_string(down) + "\" role=\"img\">\n<title>" + name + "</title>\n";
  result += "<rect" + size + " rx=\"10\" fill=\"" + hexadecimal(kPage) + "\"/>\n<path d=\"M0 " +
            std::to_string(kBarHeight) + "V10A10 10 0 0 1 10 0H" + std::to_string(across - 10) + "A10 10 0 0 1 " +
            std::to_string(across) + " 10V" + std::to_string(kBarHeight) + "Z\" fill=\"" + hexadecimal(kBar) + "\"/>\n";
  constexpr std::string_view kButtons[] = {"#ff5f57", "#febc2e", "#28c840"};
  for (std::size_t i = 0; i < 3; ++i) {
    result += "<circle" + attribute("cx", 20 + 20 * i) + attribute("cy", kBarHeight / 2) + " r=\"6\" fill=\"" +
              std::string(kButtons[i]) + "\"/>\n";
  }
  return result + "<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation " +
         "Mono', monospace\"" + attribute("font-size", kFontSize) + " fill=\"" + hexadecimal(kText) + "\">\n<text" +
         attribute("x", across / 2) + attribute("y", kBarHeight / 2 + 5) + " font-size=\"13\" text-anchor=\"middle\"" +
         " fill=\"" + hexadecimal(kTitle) + "\">" + escaped(clipped(title, room, Style{})) + "</text>\n";
}

}  // namespace

std::string to_svg(const Lines& lines, std::size_t columns, std::string_view title) {
  for (const Line& line : lines) columns = std::max(columns, width(line));
  std::string result = window(columns, lines.size(), title);
  std::size_t top = kBarHeight + kMargin;
  for (const Line& line : lines) {
    result += backgrounds(line, top);
    for (const Run& run : runs(line)) result += drawn(run, top);
    top += kCellHeight;
  }
  return result + "</g>\n</svg>\n";
}

}  // namespace glass::screen
