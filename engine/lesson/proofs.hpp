#pragma once

#include "engine/lesson/lesson.hpp"

/// What the lessons claim, computed on the session's model and sentence: each returns the largest difference between
/// two ways to the same numbers, `|a - b| / (1 + |b|)` over all cells, to be compared with the bound that the lesson
/// states; or how many names or ids are wrong, where the claim is about those.
///
/// `under` is the model that the claim is made about: a lesson changes nothing, a test breaks one stage, rule or name
/// and sees the claim fail, and a learner's own stage can be put to it. Where a claim is about one operation, the
/// stages of `under` get the operands that the session recorded; where it is about the whole, the whole runs.
namespace glass::lesson::proof {

/// True if the claim holds for the plain model.
bool holds(Measured (*claim)(const Session&, const Experiment&), const Session&, double bound);

// 01 tokenize

/// The ids decoded and encoded again: how many ids differ, and 1 more for another text.
Measured text_comes_back(const Session&, const Experiment& under);

// 02 embed

/// The memory of the sentence without positions, against that of the sentence with its first and last token exchanged,
/// the rows exchanged back.
Measured order_is_unseen_without_positions(const Session&, const Experiment& under);

/// Sines | cosines against sin, cos in turn, the columns reordered.
Measured interleaved_is_a_permutation(const Session&, const Experiment& under);

// 03 qkv

/// `x W` cut into heads against x times each head's own columns of W; queries, keys and values of every attention.
Measured one_projection_cut_is_many(const Session&, const Experiment& under);

/// Column j of head h against column h d_k + j; queries, keys and values of every attention.
Measured head_is_a_range_of_columns(const Session&, const Experiment& under);

// 04 scores

/// `Q K^T / sqrt(d_k)` against `(Q / sqrt(d_k)) K^T`, every head.
Measured scaled_query_scales_scores(const Session&, const Experiment& under);

/// How far the variance of `q k^T / sqrt(d_k)` is from 1 for random vectors of unit variance, the largest over d_k = 4,
/// 16, 64 and that of the model. The vectors are the same at every run.
Measured variance_is_d_k(const Session&, const Experiment& under);

/// The weights of every head without b_K against those with it.
Measured key_bias_is_unseen(const Session&, const Experiment& under);

// 05 mask

/// The memory's real rows and all logits, with three tokens of padding against without.
Measured padding_changes_nothing(const Session&, const Experiment& under);

/// The weights after adding -1e9 where not visible against those after the stages' mask, every head, with padding.
Measured large_negative_is_minus_inf(const Session&, const Experiment& under);

/// Another last target token: all earlier rows of every decoder matrix but the unmasked scores.
Measured future_is_not_read(const Session&, const Experiment& under);

// 06 softmax

/// Sums of rows of the weights against 1, and every weight against [0, 1]; every head, with padding.
Measured rows_sum_to_one(const Session&, const Experiment& under);

/// The weights against `exp(x) / sum(exp(x))`, every head.
Measured maximum_changes_nothing(const Session&, const Experiment& under);

/// On scores of ±1000 (see huge_scores), where the plain formula gives NaN: the sums of our rows against 1.
Measured maximum_prevents_overflow(const Session&, const Experiment& under);

// 07 self_attention

/// cross_attention against attention, asked the same: about x itself, and about the memory; with every weights.
Measured one_function_serves_both(const Session&, const Experiment& under);

/// How far a context leaves the range of its column of values, every head.
Measured context_lies_between_values(const Session&, const Experiment& under);

/// `context W_O + b_O` against the sum over heads of context_h times the rows of W_O that belong to h, plus b_O.
Measured output_is_a_sum_over_heads(const Session&, const Experiment& under);

// 08 add_norm

/// The means of all normed rows, before gamma and beta, against 0.
Measured norm_has_mean_zero(const Session&, const Experiment& under);

/// Our norm of the almost constant rows of the golden case *flat-row* against the golden.
Measured epsilon_inside_the_root(const Session&, const Experiment& under);

// 09 feed_forward

/// Every row alone against all at once, every layer.
Measured row_by_row_is_all_at_once(const Session&, const Experiment& under);

// 10 cross_attention

/// Another source sentence (change::swap_source): how many decoder matrices up to layer 0's cross query changed.
Measured source_is_not_read_before(const Session&, const Experiment& under);

/// The same: how many names are in Parting::first_changed of the decoder but not layer 0's cross key or value, or the
/// other way round.
Measured key_and_value_change_first(const Session&, const Experiment& under);

/// Rows of up to eight shorter targets against the same rows of the whole: every head's cross-attention weights, and
/// the norm after it.
Measured rows_stay_as_target_grows(const Session&, const Experiment& under);

/// The last epoch of model/history.npz (float32) against this model's weights.
Measured history_ends_in_this_model(const Session&, const Experiment& under);

// 11 output_projection

/// Sums of rows of exp(log_probabilities) against 1.
Measured probabilities_sum_to_one(const Session&, const Experiment& under);

// 12 translate

/// The logits token by token, as the search sees them, against all positions at once; the first 24 positions.
Measured teacher_forcing_is_generation(const Session&, const Experiment& under);

/// Beam search with one beam against greedy search: how many ids differ.
Measured beam_one_is_greedy(const Session&, const Experiment& under);

}  // namespace glass::lesson::proof
