#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/trace/labels.hpp"

namespace glass {

/// A row or column as a person writes it: a whole number, from the end if it is negative (-1 is the last).
/// @param what   "row" or "column"
/// @param where  the matrix or tensor, for the message
/// @throws std::invalid_argument with the size if there is no such row, or the text is no number
[[nodiscard]] std::size_t numbered_index(std::string_view what, const std::string& where, std::size_t count,
                                         std::string_view text);

/// A row of a matrix, by its number or by its token: the piece of a source row, or the one that a decoder row reads
/// (`Bonjour`), `▸,` or `>,` the one that it predicts, `Bonjour ▸ ,` both. A piece may be written without its leading
/// U+2581 or with `_` for it, and in other ASCII case; where several pieces fit, those that fit most exactly count.
/// Else it may be a whole word, if that is one piece.
/// @throws std::invalid_argument in one sentence: with every choice as `INDEX LABEL` if several rows fit, with the
///         nearest if none does, as numbered_index for numbers
[[nodiscard]] std::size_t row_index(Name name, std::size_t rows, std::string_view text, const Labels& labels);

/// A column of a matrix, by its number or by its token: of keys the piece (the one read), as in row_index; of the
/// vocabulary the piece, exactly or without its leading U+2581. Features have only numbers.
/// @throws std::invalid_argument as row_index
[[nodiscard]] std::size_t column_index(Name name, std::size_t cols, std::string_view text, const Labels& labels);

}  // namespace glass
