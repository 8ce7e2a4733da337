#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// What a terminal draws as one: a grapheme cluster, and the columns that it takes.
struct Glyph {
  std::string text;
  std::size_t columns = 0;
  Ink ink;
};

/// The glyphs of a text that is spelt() already; of other text, invalid bytes are left out.
[[nodiscard]] std::vector<Glyph> glyphs(std::string_view spelt_text, const Ink& ink = {});

/// The glyphs of all spans, spelt() first.
[[nodiscard]] std::vector<Glyph> glyphs(const Line& line);

/// True if it takes its columns without ink: a blank on which the cursor does not stand.
[[nodiscard]] bool blank(const Glyph& glyph);

}  // namespace glass::screen
