/// \file
/// Lesson 06: how do scores become shares?
#include "engine/lesson/lesson.hpp"

#include <algorithm>

#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson {
namespace {

double largest_share(const Session& session, int row) {
  const Matrix& weights = session.at("encoder.layers.0.self_attn.head.0.weights");
  const std::size_t i = std::min(static_cast<std::size_t>(row), weights.rows - 1);
  double largest = 0;
  for (std::size_t j = 0; j < weights.cols; ++j) largest = std::max(largest, weights(i, j));
  return largest;
}

}  // namespace

extern const Lesson lesson_06_softmax{
    .id = "06_softmax",
    .title = "Softmax",
    .question = "How do scores become shares?",
    .minutes = 7,
    .needs = {"05_mask"},
    .builds = {"*.head.H.weights"},
    .formula = "weights = softmax(Q Kᵀ / √d_k); softmax(x)_j = exp(x_j) / Σ_k exp(x_k)",
    .source = "Vaswani et al. (2017), section 3.2.1, inside equation 1",
    .steps = {{.title = "A row of scores, by hand",
               .says = "Scores may be negative, and they sum to anything. To mix the values (lesson 07) each "
                       "token needs *shares*: none below 0, and 1 in all.\n\n"
                       "Here is the first row of head 0, with padding behind the sentence. Column by column: "
                       "the score; the score minus the largest of the row; exp of that; and that, divided by "
                       "the sum of the column.",
               .body = Table{.of = "what {row encoder.embed.sum 0} asks, of every key", .grid = table::softmax_by_hand},
               .because = "exp makes every number positive and keeps their order. Dividing by the sum makes the "
                          "sum 1."},
              {.title = "A row to predict from",
               .says = "The whole row of {row encoder.layers.0.self_attn.head.0.weights 4}, still as scores. "
                       "The largest one belongs to {peak encoder.layers.0.self_attn.head.0.masked_scores 4}.",
               .body =
                   Show{.names = {"encoder.layers.0.self_attn.head.0.masked_scores"}, .zoom = Zoom::row, .at = {4, 0}}},
              {.title = "Predict: how large is the largest share?",
               .says = "What counts is the difference of two scores: where one is larger by 1, its share is e "
                       "times as large, about 2.7 times. How much of the row goes to {peak "
                       "encoder.layers.0.self_attn.head.0.masked_scores 4}?",
               .body = Predict{.choices = {"less than half", "from half to nine tenths", "more than nine tenths"},
                               .answer = [](const Session& session) -> std::size_t {
                                 const double share = largest_share(session, 4);
                                 return share < 0.5 ? 0 : share <= 0.9 ? 1 : 2;
                               }}},
              {.title = "The row as shares",
               .says = "{peak encoder.layers.0.self_attn.head.0.weights 4} gets {peakshare "
                       "encoder.layers.0.self_attn.head.0.weights 4}. It had the largest score and has the "
                       "largest share: the softmax keeps the order. But the others keep something, too. This is "
                       "the *soft* in softmax.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.weights"}, .zoom = Zoom::row, .at = {4, 0}}},
              {.title = "One weight",
               .says = "A single cell: the share that {row encoder.layers.0.self_attn.head.0.weights 4} gives "
                       "{col encoder.layers.0.self_attn.head.0.weights 5}. The terms are those of the whole "
                       "row, since they all stand in the sum.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.weights"}, .zoom = Zoom::cell, .at = {4, 5}},
               .because = "One score cannot become a share alone: if another score in the row rises, this share "
                          "falls."},
              {.title = "The matrix of weights",
               .says = "Row *i* says how token *i* divides its attention among the tokens of the columns. These "
                       "numbers are the attention *weights*: pictures of attention, in papers and articles, "
                       "show them. (The numbers that training found, W_Q and the like, are called weights too. "
                       "Which are meant is clear from the place.)",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.weights"}}},
              {.title = "Rows sum to 1, columns do not",
               .says = "A row belongs to the one who asks: it has one whole to give away. A column belongs to "
                       "the one who is asked, and that one may get much from every row, or hardly anything.\n\n"
                       "In every head of the model, with padding too: each row sums to 1, and each share is "
                       "from 0 to 1.",
               .body = Proof{.bound = 1e-12, .measure = proof::rows_sum_to_one}},
              {.title = "What was hidden gets exactly 0",
               .says = "In the decoder's self-attention the mask of lesson 05 has hidden the future. Above the "
                       "diagonal every share is 0: not small, but 0. The first row sees its own token only, so "
                       "that token gets all of it.",
               .body = Show{.names = {"decoder.layers.0.self_attn.head.0.weights"}},
               .because = "The whole is divided among the tokens that are seen, so each row still sums to 1. This "
                          "is why the mask comes before the softmax."},
              {.title = "All heads of the layer",
               .says = "The heads of the first encoder layer. Every head divides in its own way: some rows "
                       "favour one token, others are spread over many.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.H*.weights"}, .zoom = Zoom::heat}},
              {.title = "How decided is a row?",
               .says = "One number for that is the *entropy* of the row, in bits. It is 0 where one token gets "
                       "everything, 1 for two tokens with a half each, 2 for four with a quarter each. So it "
                       "tells, roughly, among how many tokens a row is undecided.",
               .body = Derive{.op = DerivedOp::entropy, .operands = {"encoder.layers.0.self_attn.head.0.weights"}},
               .because = "If all scores were multiplied by the same number above 1, their differences would grow "
                          "and the entropy would fall. This is what the division by √d_k in lesson 04 guards "
                          "against."},
              {.title = "The maximum changes nothing",
               .says = "The formula does not subtract the largest score, and we do. exp(x − m) is exp(x) / "
                       "exp(m), so every term of the row is divided by the same number, and so is their sum. In "
                       "every share it cancels.",
               .body = Proof{.bound = 1e-12, .measure = proof::maximum_changes_nothing},
               .because = "For the same reason the missing key bias of lesson 04 could not be seen: it raises a "
                          "whole row by one amount."},
              {.title = "Without it, exp overflows",
               .says = "The numbers of a computer have a largest one, and exp gets there soon. Here are two "
                       "rows of scores, written downwards, very high and very low: on the left exp as the "
                       "formula has it, on the right with the maximum subtracted.",
               .body = Table{.of = "scores made up for this step", .grid = table::overflow},
               .because = "∞ / ∞ is not a number (`nan`), and 0 / 0 is not one either. After the subtraction the "
                          "largest term is exp(0) = 1, so the sum is at least 1 and finite."},
              {.title = "With it, the shares stay shares",
               .says = "On these scores the plain formula gives `nan`. Our rows still sum to 1.",
               .body = Proof{.bound = 1e-12, .measure = proof::maximum_prevents_overflow}},
              {.title = "The code",
               .says = "`max(…, 1)` and `sum(…, 1)` go along the rows; `each_col()` takes the result, one "
                       "number for each row, from every column.",
               .body = Code{"engine/stages/attention.cpp", "softmax"}},
              {.title = "The softmax of the paper",
               .says = "",
               .body = Departure{.paper = "Section 3.2.1, equation 1: softmax(Q Kᵀ / √d_k), over the keys.",
                                 .model = "The same. That the largest score is subtracted first is how it is computed, "
                                          "not what is "
                                          "computed."}}},
    .mistakes = {{34,
                  "The softmax goes along the wrong axis: columns sum to 1, rows do not. The shape stays "
                  "the same, so nothing ever complains."},
                 {37,
                  "The maximum is not subtracted. All is well until a score is so large that exp gives "
                  "infinity (in float32 soon after 88); then whole rows become `nan`."},
                 {38,
                  "The mask comes after the softmax: weights times visible. Hidden tokens get 0, but they "
                  "have taken their part of the sum before, and the rows sum to less than 1."}},
    .why =
        "Shares are what a mixture needs, and exp is the map that turns *how much better* into "
        "*how many times more*.\nA small change of a score always changes the shares a little, "
        "so training can tell in which direction to go; taking the best token alone would leave "
        "nothing to learn from."};

}  // namespace glass::lesson
