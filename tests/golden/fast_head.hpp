#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/trace/recorder.hpp"

namespace glass::test {

/// One head of self-attention in float32 over a fused projection, as a fast path would have it: row-major rows of
/// `query | key | value`, d_model columns each, of which head `head` owns d_k in every third.
struct FusedHead {
  const float* qkv = nullptr;  ///< n_tokens x 3 d_model
  std::size_t n_tokens = 0, d_model = 0, d_k = 0, head = 0;
  const std::int64_t* visible = nullptr;  ///< n_tokens, 1 for a real token
};

/// `softmax(Q K^T / sqrt(d_k)) V`, one query at a time: scores and weights exist for one row only, unless a tracer
/// wants to see them. Names query, key, value, scores, masked_scores, weights, context.
/// @param context  receives n_tokens x d_k, row-major
/// @param trace    stands at the head
template <Tracer T>
void fast_head(const FusedHead& in, float* context, const T& trace);

extern template void fast_head<Recorder>(const FusedHead& in, float* context, const Recorder& trace);
extern template void fast_head<NoTrace>(const FusedHead& in, float* context, const NoTrace& trace);

}  // namespace glass::test
