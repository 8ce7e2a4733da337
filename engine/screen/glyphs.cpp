#include "engine/screen/glyphs.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr utf8proc_int32_t kEmojiPresentation = 0xFE0F;
constexpr utf8proc_int32_t kKeycap = 0x20E3;

struct Character {
  utf8proc_int32_t code = 0;
  std::size_t bytes = 0;
};

/// The character that a text begins with; code -1 where it is invalid.
Character first_of(std::string_view text) {
  utf8proc_int32_t code = -1;
  const utf8proc_ssize_t read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                 static_cast<utf8proc_ssize_t>(text.size()), &code);
  return read > 0 ? Character{code, static_cast<std::size_t>(read)} : Character{-1, 1};
}

bool pictograph(utf8proc_int32_t code) {
  return utf8proc_get_property(code)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/// The widest character of the cluster; two for flags and for what is asked to be shown as an emoji.
std::size_t columns_of(const std::vector<utf8proc_int32_t>& cluster) {
  int widest = 0;
  bool emoji = cluster.size() > 1 &&
               utf8proc_get_property(cluster[0])->boundclass == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR &&
               utf8proc_get_property(cluster[1])->boundclass == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR;
  for (const utf8proc_int32_t code : cluster) {
    widest = std::max(widest, utf8proc_charwidth(code));
    emoji |= code == kKeycap || (code == kEmojiPresentation && pictograph(cluster[0]));
  }
  return static_cast<std::size_t>(emoji ? 2 : widest);
}

}  // namespace

std::vector<Glyph> glyphs(std::string_view spelt_text, const Ink& ink) {
  std::vector<Glyph> result;
  std::vector<utf8proc_int32_t> cluster;
  utf8proc_int32_t state = 0;
  for (std::size_t at = 0; at < spelt_text.size();) {
    const Character next = first_of(spelt_text.substr(at));
    const std::string_view bytes = spelt_text.substr(at, next.bytes);
    at += next.bytes;
    if (next.code < 0) continue;
    if (cluster.empty() || utf8proc_grapheme_break_stateful(cluster.back(), next.code, &state)) {
      result.push_back({"", 0, ink});
      cluster.clear();
    }
    cluster.push_back(next.code);
    result.back().text += bytes;
    result.back().columns = columns_of(cluster);
  }
  return result;
}

std::vector<Glyph> glyphs(const Line& line) {
  std::vector<Glyph> result;
  for (const Span& span : line) {
    const std::vector<Glyph> more = glyphs(spelt(span.text, Style{}), span.ink);
    result.insert(result.end(), more.begin(), more.end());
  }
  return result;
}

bool blank(const Glyph& glyph) { return glyph.text == " " && !glyph.ink.cursor; }

}  // namespace glass::screen
