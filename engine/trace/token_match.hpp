#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/trace/words.hpp"

namespace glass {

/// How freely a written token stands for a piece; each allows what the one before does.
enum class Freedom {
  exact,       ///< the piece itself, `_` for U+2581
  bare,        ///< without the leading U+2581
  ignore_case  ///< in other ASCII case
};

[[nodiscard]] bool stands_for(std::string_view text, std::string_view piece, Freedom freedom);

/// Positions in a list of pieces.
using Positions = std::vector<std::size_t>;

/// The pieces of every word that the text spells, exactly or else in other ASCII case.
[[nodiscard]] Positions pieces_of_word(std::string_view text, const std::vector<std::string>& pieces, WordRule rule);

/// The position of the piece with the fewest differences. `pieces` is not empty.
[[nodiscard]] std::size_t nearest_piece(std::string_view text, const std::vector<std::string>& pieces);

}  // namespace glass
