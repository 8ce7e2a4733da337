#pragma once

#include <string>
#include <string_view>

#include "engine/trace/array.hpp"

namespace glass {

/// One stored number, widened to double.
[[nodiscard]] double decode_number(const char* bytes, Dtype dtype, bool big_endian);

/// Stored text (UTF-32, or bytes taken as Latin-1 for a character size of 1) as UTF-8, without the zeros that fill it
/// up; characters that Unicode does not have become U+FFFD.
[[nodiscard]] std::string decode_text(std::string_view bytes, std::size_t character_size, bool big_endian);

/// Appends the number as the type stores it, little-endian.
/// @throws std::invalid_argument if an integer type cannot hold it
void encode_number(std::string& bytes, double value, Dtype dtype);

/// Appends UTF-8 text as `characters` UTF-32 characters, little-endian, filled up with zeros.
void encode_text(std::string& bytes, std::string_view text, std::size_t characters);

}  // namespace glass
