/// \file
/// Lesson 04: how well does a question fit a label?
#include "engine/lesson/lesson.hpp"

#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson {
namespace {

/// 0: the scores are the same; 1 or 2: they are not.
std::size_t where_the_root_goes(const Session& session) {
  return proof::holds(proof::scaled_query_scales_scores, session, 1e-12) ? 0 : 1;
}

}  // namespace

extern const Lesson lesson_04_scores{
    .id = "04_scores",
    .title = "Scores",
    .question = "How well does a question fit a label?",
    .minutes = 7,
    .needs = {"03_qkv"},
    .builds = {"*.head.H.scores"},
    .formula = "scores = Q Kᵀ / √d_k",
    .source = "Vaswani et al. (2017), section 3.2.1, inside equation 1",
    .steps = {{.title = "A question meets a label",
               .says = "Every token has asked a question (a row of `query`) and put up a label by which it is "
                       "found (a row of `key`). Now each question is held against each label.\n\n"
                       "The measure is the dot product: multiply the two rows element by element, add up. It is "
                       "large when the rows point the same way, near zero when they have nothing to do with "
                       "each other, negative when they disagree.\n\n"
                       "Here is one number whole: what {row encoder.layers.0.self_attn.head.0.scores 4} asks, "
                       "against the label of {col encoder.layers.0.self_attn.head.0.scores 5}.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.scores"}, .zoom = Zoom::cell, .at = {4, 5}},
               .because = "One product for each of the {d_k} features of the head; their sum says how much the two "
                          "agree."},
              {.title = "One row: a token asks everybody",
               .says = "Done for every label, it makes a row: all answers to one question.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.scores"}, .zoom = Zoom::row, .at = {4, 0}}},
              {.title = "The matrix: everybody asks everybody",
               .says = "Row *i* asks, column *j* is asked. All the dot products at once are one matrix product, "
                       "Q times the transpose of K.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.scores"}},
               .because = "Q Kᵀ has a row for every question and a column for every label, because row *i* of Q "
                          "meets row *j* of K. K Qᵀ would have it the other way round: the same numbers, in the "
                          "wrong places."},
              {.title = "Why divide by √d_k?",
               .says = "A longer row makes a longer sum. *Variance* measures how far numbers spread around "
                       "their mean. If the features of both rows are independent, with mean 0 and variance 1, a "
                       "dot product of {d_k} of them has variance {d_k}: scores would grow with the size of the "
                       "head. Large scores make the next stage, the softmax (lesson 06), choose one token and "
                       "ignore the rest, where training can hardly move it (the paper, section 3.2.1: extremely "
                       "small gradients). Dividing by √{d_k} brings the spread back to 1, whatever the size.",
               .body = Table{.of = "random rows of variance 1, ten thousand pairs each",
                             .grid = table::dot_product_variance}},
              {.title = "The variance of a dot product is d_k",
               .says = "The same, as a claim: the measured variance is d_k, within a twentieth.",
               .body = Proof{.bound = 0.05, .measure = proof::variance_is_d_k}},
              {.title = "Predict: where to put the root",
               .says = "Somebody divides `query` by √{d_k} *before* the product, and then does not divide the "
                       "scores. What becomes of them?",
               .body = Predict{.choices = {"nothing: they are the same", "they are divided twice",
                                           "they come out {d_k} times as large"},
                               .answer = where_the_root_goes},
               .because = "A factor can be taken out of a sum. Some libraries scale the query; the paper writes "
                          "the root under the whole. Both give these scores."},
              {.title = "Scaling the query is scaling the scores",
               .says = "(Q / √d_k) Kᵀ against Q Kᵀ / √d_k, in every layer and head.",
               .body = Proof{.bound = 1e-12, .measure = proof::scaled_query_scales_scores}},
              {.title = "Every head asks something else",
               .says = "The {n_heads} heads of this layer, side by side. In colour, blue is agreement and "
                       "orange disagreement; without, `-` marks disagreement.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.H*.scores"}, .zoom = Zoom::heat}},
              {.title = "The code",
               .says = "The whole stage, as it is compiled. `check` refuses matrices whose sizes do not fit.",
               .body = Code{"engine/stages/attention.cpp", "scores"}},
              {.title = "The division, and the bias in the key",
               .says = "",
               .body =
                   Departure{
                       .paper = "Equation 1: Q Kᵀ / √d_k, with d_k the features of one head. The projections are plain "
                                "matrices, without a bias.",
                       .model =
                           "The division: the same. Query and key have a bias each, so a score is (x W_Q + b_Q)·(y "
                           "W_K + b_K) / √d_k."}},
              {.title = "A missing key bias cannot be seen later",
               .says = "q·b_K is the same for every label that q is held against: it lifts a whole row of "
                       "scores by one amount. The softmax, two lessons on, forgets such an amount. So the "
                       "weights do not change without b_K, although the scores do.",
               .body = Proof{.bound = 1e-12, .measure = proof::key_bias_is_unseen},
               .because = "Whoever compares only the end of the computation never finds that this bias is missing."},
              {.title = "Try it: no division",
               .says = "The same model, with the division left out everywhere. First what it writes when left "
                       "alone, as it is and changed.",
               .body = Try{.change = change::forget_scale, .shows = {"encoder.layers.0.self_attn.head.0.weights"}},
               .because = "Below are the weights that the next two lessons make of the scores. Without the root "
                          "the rows are far more decided, most of each share going to one token. The layers behind "
                          "were not trained for that; and where the translation is still right, it does not prove "
                          "that the root is there."}},
    .mistakes = {{29,
                  "The division is forgotten. Every score is √d_k times too large, and the softmax then "
                  "gives nearly everything to one token. The translation may still look right."},
                 {30,
                  "The root is taken of the wrong size: d_model, the number of heads, or the length of the "
                  "sentence. The ratio to the right scores is the same in every cell, which gives it away."},
                 {33,
                  "K Qᵀ instead of Q Kᵀ. In self-attention nothing complains, and in cross-attention only "
                  "if the lengths differ: every score is there, transposed."}},
    .why =
        "A dot product is the cheapest measure of likeness there is, and all of them together "
        "are one matrix product, which computers do fastest.\nThe root keeps the scores in a "
        "range where the softmax still has a choice."};

}  // namespace glass::lesson
