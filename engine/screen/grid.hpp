#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// A table of texts, which may hold `code` and *emphasis*.
struct Grid {
  std::vector<std::string> headers;            ///< none, or one for each column
  std::vector<std::vector<std::string>> rows;  ///< a row may be shorter than others: the rest is empty
  std::vector<bool> right;                     ///< the columns that are flush right; false where it ends
};

/// The table, a rule below its headers. Columns are as wide as they need; where the whole is too wide, the widest are
/// wrapped; where even that is not enough, every row becomes lines of `header: cell`.
[[nodiscard]] Lines draw(const Grid& grid, const Style& style, std::size_t indent = 2);

}  // namespace glass::screen
