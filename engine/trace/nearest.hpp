#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace glass {

/// Fewest insertions, deletions and substitutions of bytes that turn one text into the other (Levenshtein).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word nearest to a misspelt one; the first of equals. `words` is not empty.
[[nodiscard]] std::string nearest(std::string_view text, const std::vector<std::string>& words);

}  // namespace glass
