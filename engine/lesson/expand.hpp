#pragma once

#include <string>

#include "engine/lesson/lesson.hpp"

namespace glass::lesson {

// clang-format off
/// A lesson's text with everything in braces filled in from the session, so that no number is typed. NAME is a matrix
/// as Show has it; ROW and COLUMN count from 0, or from the end if negative, and stop at the edge. Known are:
/// - `d_model` `n_heads` `d_k` `d_ff` `n_layers` `n_decoder_layers` `vocab_size` `T_src` `T_tgt`: sizes (heads and d_k
///   of the decoder, d_ff of the encoder)
/// - `n_names` `n_parameters` `max_positions`: matrices of a pass, learned numbers, positions
/// - `source` `target`: the sentences; `start` `end` `unknown`: the special pieces, as code
/// - `activation` `scale` `num_beams` `length_penalty`: what the checkpoint's files say
/// - `best`: the head that aligns words best, as a name without backticks
/// - `cell NAME ROW COLUMN`: a number with two digits behind the point; `share NAME ROW COLUMN`: as a percentage
/// - `row NAME ROW`, `col NAME COLUMN`: the label, as code; `predicted ROW`: the piece that a decoder row predicts
/// - `peak NAME ROW`, `peakshare NAME ROW`: label and percentage of the row's largest cell
/// - `rows NAME`, `cols NAME`, `shape NAME`: the shape
/// - a name in `lesson.values`: what that function says
/// @throws std::logic_error for anything else in braces; std::invalid_argument if the model has no such matrix
// clang-format on
[[nodiscard]] std::string expand(const Text& text, const Lesson& lesson, const Session& session);

/// Index `at` of `count`: negative counts from the end; what lies outside becomes the first or the last.
[[nodiscard]] std::size_t index_of(int at, std::size_t count);

}  // namespace glass::lesson
