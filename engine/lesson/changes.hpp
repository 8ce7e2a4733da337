#pragma once

#include "engine/lesson/lesson.hpp"

/// Experiments of the lessons: each changes one thing of a run, for a model of any shape, in the teacher-forced pass
/// and in the search alike.
namespace glass::lesson::change {

/// Another source sentence under the same target: "Where is the station?", or "I am hungry." where it is that one.
/// The sentence that swap_source puts into the encoder.
[[nodiscard]] std::string other_source(const Session&);

void swap_source(const Session&, Experiment&);

/// Position columns in the paper's order, sin, cos, sin, cos, instead of sines | cosines: the mistake 9.
void interleave_positions(const Session&, Experiment&);

void forget_positions(const Session&, Experiment&);  ///< zeros for positions: the mistake 8

void forget_scale(const Session&, Experiment&);  ///< Q K^T without 1 / sqrt(d_k): the mistake 29

void see_the_future(const Session&, Experiment&);  ///< no causal mask: the mistake 46

/// Heads cut interleaved: head h is columns h, h + n_heads, ... of query, key and value alike, put side by side as
/// ever: the mistake 22.
void interleave_heads(const Session&, Experiment&);

void forget_residual(const Session&, Experiment&);  ///< norm(output) instead of norm(x + output): the mistake 59

/// Pre-norm layers with weights trained post-norm, `x + f(norm(x))`: the mistake 61. A pre-norm model's extra norm at
/// the end of each stack has no weights here, and is left out.
void norm_before(const Session&, Experiment&);

void forget_activation(const Session&, Experiment&);  ///< feed-forward without its non-linearity: the mistake 69

void hide_first_word(const Session&, Experiment&);  ///< cross-attention may not see the first source word

void forget_bias(const Session&, Experiment&);  ///< logits without final_logits_bias: the mistake 73

}  // namespace glass::lesson::change
