#pragma once

#include <string_view>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// A text with `code` and *emphasis* as spans, spelt(): with colour the marks go and ink shows them, without they stay.
/// An asterisk opens only before a word and closes only behind one, so that products stay what they are; a mark without
/// its partner is itself.
[[nodiscard]] Line markup(std::string_view text, const Style& style);

/// Where the comment of a line of code begins; npos if it has none.
[[nodiscard]] std::size_t comment_of(std::string_view code);

/// A line of code, spelt(): comments and strings are inked.
[[nodiscard]] Line highlighted(std::string_view code, const Style& style);

}  // namespace glass::screen
