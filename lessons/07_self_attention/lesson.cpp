/// \file
/// Lesson 07: what does a word take from the others?
#include "engine/lesson/lesson.hpp"

#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"

namespace glass::lesson {
namespace {

bool same_row(const Matrix& a, const Matrix& b, std::size_t row) {
  for (std::size_t j = 0; j < a.cols; ++j)
    if (a(row, j) != b(row, j)) return false;
  return true;
}

/// What the first decoder row takes away: its own value (0), nothing (2), or a mixture (1).
std::size_t taken_by_first_row(const Session& session) {
  const Matrix& context = session.at("decoder.layers.0.self_attn.head.0.context");
  if (same_row(context, session.at("decoder.layers.0.self_attn.head.0.value"), 0)) return 0;
  return same_row(context, Matrix(context.rows, context.cols), 0) ? 2 : 1;
}

}  // namespace

extern const Lesson lesson_07_self_attention{
    .id = "07_self_attention",
    .title = "Self-attention",
    .question = "What does a word take from the others?",
    .minutes = 8,
    .needs = {"06_softmax"},
    .builds = {"*.self_attn.head.H.context", "*.self_attn.context", "*.self_attn.output"},
    .formula = "Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V; MultiHead = Concat(head_0, head_1, …) W_O",
    .source = "Vaswani et al. (2017), sections 3.2.1 (equation 1) and 3.2.2",
    .steps =
        {{.title = "One number of the mixture",
          .says = "The shares are known; now something is handed over. Each token takes the *values* of "
                  "all tokens, each value times its share, and adds them up. The result is called its "
                  "*context*.\n\n"
                  "Here is feature 0 of the context of {row encoder.layers.0.self_attn.head.0.context 4}. "
                  "On the left of each product stands a share, from the token's row of `weights`; on the "
                  "right stands feature 0 of a value. There is one product for each token of the sentence, "
                  "in the order of the sentence.",
          .body = Show{.names = {"encoder.layers.0.self_attn.head.0.context"}, .zoom = Zoom::cell, .at = {4, 0}}},
         {.title = "One row: from shares to a context",
          .says = "The same shares serve for every feature of the head. The most, {peakshare "
                  "encoder.layers.0.self_attn.head.0.weights 4}, is taken from {peak "
                  "encoder.layers.0.self_attn.head.0.weights 4}.",
          .body =
              Show{.names = {"encoder.layers.0.self_attn.head.0.weights", "encoder.layers.0.self_attn.head.0.context"},
                   .zoom = Zoom::row,
                   .at = {4, 0}}},
         {.title = "The matrix: weights times values",
          .says = "For all tokens at once this is one matrix product, `weights` times `value`. A row of "
                  "weights has one share for each key, and `value` has one row for each key. So the result "
                  "has a row for each token that asks, and a column for each feature of the head.",
          .body = Show{.names = {"encoder.layers.0.self_attn.head.0.context"}},
          .because = "Only here is something handed over from one token to another. The scores have compared "
                     "them, and no more."},
         {.title = "A mixture lies between its parts",
          .says = "Shares are not negative and sum to 1. So no feature of a context can be larger than the "
                  "largest value of that feature, or smaller than the smallest. In every head of the model:",
          .body = Proof{.bound = 1e-12, .measure = proof::context_lies_between_values},
          .because = "A weighted mean invents nothing. What is new comes from the maps before it and after it."},
         {.title = "Predict: what does the first row take?",
          .says = "In the decoder, row 0 reads {start} and is not allowed to look at any later token "
                  "(lesson 05). What is its context in head 0?",
          .body =
              Predict{.choices = {"its own value, unchanged", "the mean of all values", "zeros: it has nobody to ask"},
                      .answer = taken_by_first_row}},
         {.title = "One share of 1",
          .says = "The first rows of `weights`, `value` and `context` of that head. One share is 1 and the "
                  "others are 0, so the mixture is the one value that is left.",
          .body = Show{.names = {"decoder.layers.0.self_attn.head.0.weights", "decoder.layers.0.self_attn.head.0.value",
                                 "decoder.layers.0.self_attn.head.0.context"},
                       .zoom = Zoom::row,
                       .at = {0, 0}}},
         {.title = "The heads go side by side",
          .says = "Each head has a context for every token, with as many columns as the head has features. "
                  "Put side by side, head 0 first, they are as wide as *x* again. Here is where the last "
                  "column of `context` comes from: nothing is computed, a number is copied.",
          .body = Show{.names = {"encoder.layers.0.self_attn.context"}, .zoom = Zoom::cell, .at = {4, -1}},
          .because = "It is the cut of lesson 03 undone. The heads did not know of each other up to here."},
         {.title = "One number of the output",
          .says = "Side by side is not yet together: feature 0 has only seen head 0. A last linear map, "
                  "W_O with its bias, lets every feature of the result read every feature of every head. "
                  "Feature 0 of the `output` for {row encoder.layers.0.self_attn.output 4}:",
          .body = Show{.names = {"encoder.layers.0.self_attn.output"}, .zoom = Zoom::cell, .at = {4, 0}}},
         {.title = "The output is a sum over heads",
          .says = "The first rows of W_O meet the columns of head 0, the next ones those of head 1, and so "
                  "on. So the product falls apart into one sum for each head: context_h times the rows of "
                  "W_O that belong to h, all added, plus b_O. In every layer, cross-attention included:",
          .body = Proof{.bound = 1e-12, .measure = proof::output_is_a_sum_over_heads},
          .because = "Every head adds its own contribution to the same row. This is why one can ask what a "
                     "single head does, or leave it out and look."},
         {.title = "The projection after the heads",
          .says = "",
          .body = Departure{.paper = "Section 3.2.2: MultiHead(Q, K, V) = Concat(head_1, …, head_h) W^O. No bias.",
                            .model = "The same, plus a bias: context W_O + b_O. Our heads count from 0."}},
         {.title = "The code: one head",
          .says = "The last four lines are four lessons: `scores` (04), `mask` (05), `softmax` (06), `mix` "
                  "(this one). Each `trace` writes the matrix down under its name and gives it back; this "
                  "is where the numbers on these screens come from.",
          .body = Code{"engine/stages/attention.cpp", "attend"}},
         {.title = "The code: all heads",
          .says = "Lesson 03 at the top, W_O at the bottom. `in.x` are the rows that ask, `in.memory` the "
                  "rows that are asked. In self-attention both are the same matrix: a sentence asks "
                  "itself, and that is all there is to the *self*.",
          .body = Code{"engine/stages/attention.cpp", "attention"}},
         {.title = "One function serves both",
          .says = "Where the decoder asks the encoder, the same function is called with another matrix for "
                  "`in.memory`. We call both, `attention` and `cross_attention`, with the same input, with "
                  "the weights of every attention in the model: the results are equal. Lesson 10 shows "
                  "what comes of it.",
          .body = Proof{.bound = 0, .measure = proof::one_function_serves_both}},
         {.title = "The whole chain, for one token",
          .says = "Everything from lesson 03 to here, in the order of the computation, for the row {row "
                  "decoder.embed.sum 3} in head 0. It is a decoder row this time, where the mask has "
                  "something to hide from every row but the last.\n\n"
                  "The row asks with its `query`. Its own key and value are not shown: they serve the rows "
                  "that ask it.",
          .body =
              Show{.names = {"decoder.embed.sum", "decoder.layers.0.self_attn.head.0.query",
                             "decoder.layers.0.self_attn.head.0.scores",
                             "decoder.layers.0.self_attn.head.0.masked_scores",
                             "decoder.layers.0.self_attn.head.0.weights", "decoder.layers.0.self_attn.head.0.context",
                             "decoder.layers.0.self_attn.context", "decoder.layers.0.self_attn.output"},
                   .zoom = Zoom::row,
                   .at = {3, 0}},
          .because = "The row that came in knew of one token. The row that goes out has something of all "
                     "tokens that it may see, and is as wide as before. Lesson 08 adds the two."},
         {.title = "Encoder and decoder, side by side",
          .says = "The same function twice. In the encoder each source token takes from the whole "
                  "sentence, before it and behind it. In the decoder each row takes from what has been "
                  "read so far.",
          .body =
              Show{.names = {"encoder.layers.0.self_attn.head.0.weights", "decoder.layers.0.self_attn.head.0.weights"},
                   .zoom = Zoom::heat}},
         {.title = "Try it: no positions",
          .says = "Nothing in this lesson asks where a token stands: a sum is the same in any order. Order "
                  "comes in by the positions of lesson 02 alone. Here they are zeros, and all else is as "
                  "it was.",
          .body = Try{.change = change::forget_positions, .shows = {"encoder.layers.0.self_attn.head.0.weights"}},
          .because = "Without positions, the encoder reads a sentence as a bag of tokens: whoever shuffles "
                     "the tokens gets the same rows, shuffled."}},
    .mistakes = {{24,
                  "The heads are joined by a reshape without swapping the axes back. The shape is right "
                  "and the numbers are all there, but a row mixes several tokens. With one token nothing "
                  "is seen."},
                 {26,
                  "The heads are averaged instead of put side by side. Every block of the context is then "
                  "the same."},
                 {27,
                  "W_O is forgotten. Your output is then our context, and the sizes fit, so nothing "
                  "complains."}},
    .why =
        "A mixture of values is the simplest way to hand something over: it takes any number of "
        "tokens, and its shares can be learned.\nW_O brings what several heads found back into "
        "one row, as wide as the one that came in."};

}  // namespace glass::lesson
