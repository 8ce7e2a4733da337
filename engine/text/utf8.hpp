#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace glass::text {

/// U+2581, the block that SentencePiece writes where a text has a space.
inline constexpr std::string_view kSpaceSymbol = "\xE2\x96\x81";
/// U+FFFD in UTF-8, what an invalid byte becomes.
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// The first character of a text: its code point, how many bytes it takes, and whether those bytes are valid.
/// An invalid character takes exactly one byte, and its value is U+FFFD.
struct Character {
  char32_t value;
  std::size_t size;
  bool valid;
};

/// @param text  not empty
/// @source RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF
Character first_character(std::string_view text);

/// How many bytes the first byte of `text` announces (1 to 4), but never more than there are.
std::size_t announced_size(std::string_view text);

bool is_valid_utf8(std::string_view text);

/// Both ends freed of what Unicode calls white space, as `str.strip()` of Python does it.
std::string_view strip(std::string_view text);

/// A text as it may stand in an error message: in quotes, control characters and invalid bytes as `\xNN`,
/// cut after 40 characters.
std::string quote(std::string_view text);

}  // namespace glass::text
