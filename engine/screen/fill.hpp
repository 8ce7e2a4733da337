#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// Where a text is filled in: columns in all (at least 4), blanks before every line, further ones before all but the
/// first.
struct Room {
  std::size_t columns = 0, indent = 0, hanging = 0;
};

/// What wrapped() does, in exactly these columns.
[[nodiscard]] Lines filled(std::string_view text, const Room& room, const Style& style);

/// A line behind so many blanks; an empty one stays empty.
[[nodiscard]] Line indented(std::size_t indent, const Line& text);

/// The lines of a text, without their ends.
[[nodiscard]] std::vector<std::string> split(std::string_view text);

}  // namespace glass::screen
