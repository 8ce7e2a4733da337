#pragma once

#include "engine/reference/experiment.hpp"

/// Mistakes that break what the lessons claim.
namespace glass::test::broken {

void segmenter(Experiment&);         ///< every character a piece
void positions(Experiment&);         ///< cosines | sines
void heads(Experiment&);             ///< cut interleaved
void joined_heads(Experiment&);      ///< side by side in reverse
void scale(Experiment&);             ///< Q K^T
void mask(Experiment&);              ///< hides nothing
void weak_mask(Experiment&);         ///< takes 1 from what is hidden
void causal(Experiment&);            ///< sees the future
void padding(Experiment&);           ///< the encoder may not look ahead
void softmax_axis(Experiment&);      ///< columns sum to 1
void softmax_base(Experiment&);      ///< powers of 2
void softmax_plain(Experiment&);     ///< no maximum subtracted
void softmax_double(Experiment&);    ///< rows sum to 2
void cross_attention(Experiment&);   ///< keys and values of the decoder's own rows
void norm_mean(Experiment&);         ///< root mean square, the mean left in
void norm_epsilon(Experiment&);      ///< 1e-5 outside the root
void feed_forward(Experiment&);      ///< rows know each other
void early_source(Experiment&);      ///< the decoder layer is told of the memory before its self-attention
void log_softmax_axis(Experiment&);  ///< columns sum to 1
void choice(Experiment&);            ///< greedy search takes the second best

}  // namespace glass::test::broken
