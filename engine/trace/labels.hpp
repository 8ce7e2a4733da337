#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/trace/recorder.hpp"

namespace glass {

/// What the rows and columns of a sentence's matrices are called.
struct Labels {
  std::vector<std::string> source;       ///< the piece at each encoder position
  std::vector<std::string> target_read;  ///< the piece that each decoder row reads
  std::vector<std::string>
      target_predicted;  ///< the piece that it predicts: the next one read, at last the closing one
  std::function<std::string(std::size_t)> vocabulary;  ///< the piece of a column of the logits
};

/// How labels are spelt where the terminal is not UTF-8: `>` for `▸`, `_` for the pieces' `▁`.
enum class Spelling { utf8, ascii };

/// The text of a piece by its id.
using PieceOf = std::function<std::string(std::int64_t)>;

/// The labels of a recorded sentence, from encoder.ids and decoder.ids; a side that was not recorded has none.
/// @param end  the id that the last decoder row predicts
[[nodiscard]] Labels labels_of(const Trace& trace, const PieceOf& source_piece, const PieceOf& target_piece,
                               std::int64_t end);

/// What row i of the matrix stands for: the source piece; for decoder rows both pieces, `Bonjour ▸ ,`.
/// Where there is no label, the index.
[[nodiscard]] std::string row_label(Name name, std::size_t i, const Labels& labels, Spelling spelling = Spelling::utf8);

/// What column j stands for: a source or target piece (the one read) in scores and weights, a vocabulary piece in the
/// logits, the index of the feature in all else.
[[nodiscard]] std::string column_label(Name name, std::size_t j, const Labels& labels,
                                       Spelling spelling = Spelling::utf8);

}  // namespace glass
