#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// The row of the embedding table for each id: `E[id]`.
/// @param table  d_model x vocab_size, one column a token
/// @param ids    T ids
/// @return T x d_model
/// @throws std::invalid_argument naming the id and its position if it is not in the table
/// @source Vaswani et al. (2017), section 3.4.
[[nodiscard]] Mat lookup(const Mat& table, const Ids& ids);

/// Sinusoidal positions: column j of row p is `sin(p / 10000^(2j/d_model))` in the first half of the row and the cosine
/// of the same angle in the second; rounded to float32, as checkpoints hold them.
/// @return n_positions x d_model
/// @source Vaswani et al. (2017), section 3.5.
/// @deviation the paper interleaves sines and cosines; Marian puts all sines first (the same columns in another order,
///            which trained weights rely on)
[[nodiscard]] Mat positions(std::size_t n_positions, std::size_t d_model);

/// What the first layer reads: `E[id] * scale + position`. Records tokens, scaled, positions, sum.
/// @return T x d_model
/// @throws std::invalid_argument if there are more ids than the checkpoint's own position table has rows
/// @source Vaswani et al. (2017), sections 3.4 and 3.5.
[[nodiscard]] Mat embed(const Stages& stage, const Embedding& embedding,
                        const Ids& ids, const Seam& trace);

}  // namespace glass
