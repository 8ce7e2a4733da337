/// \file
/// Lesson 09: what happens to each word alone?
#include "engine/lesson/lesson.hpp"

#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/trace/contract.hpp"

namespace glass::lesson {
namespace {

constexpr int kRow = 4;  ///< the token that the lesson follows

/// How many features of a row fire: the cells above 0.
std::size_t n_firing(const Matrix& activation, std::size_t row) {
  std::size_t count = 0;
  for (std::size_t j = 0; j < activation.cols; ++j) count += activation(row, j) > 0 ? 1 : 0;
  return count;
}

const Matrix& activation(const Session& session) { return session.at("encoder.layers.0.feed_forward.activation"); }

std::size_t followed(const Session& session) { return std::min<std::size_t>(kRow, activation(session).rows - 1); }

std::string firing_in_row(const Session& session) {
  return std::to_string(n_firing(activation(session), followed(session)));
}

std::string fewest_and_most(const Session& session) {
  std::size_t fewest = activation(session).cols, most = 0;
  for (std::size_t i = 0; i < activation(session).rows; ++i) {
    fewest = std::min(fewest, n_firing(activation(session), i));
    most = std::max(most, n_firing(activation(session), i));
  }
  return fewest == most ? std::to_string(most) : "between " + std::to_string(fewest) + " and " + std::to_string(most);
}

bool is_relu(const Session& session) { return session.dims().activation == "relu"; }

std::string curve(const Session& session) {
  return is_relu(session) ? "It is max(0, x): what is below 0 becomes 0, the rest stays as it is."
                          : "It lets what is well above 0 pass and holds back most of what is below 0, along a "
                            "smooth curve.";
}

std::string the_others(const Session& session) {
  return is_relu(session) ? "The others are exactly 0, and add nothing to what follows."
                          : "The others are 0 or a little below, and add little to what follows.";
}

std::string the_function(const Session& session) {
  return is_relu(session) ? "The same: `relu`." : "`" + session.dims().activation + "`. config.json says which.";
}

}  // namespace

extern const Lesson lesson_09_feed_forward{
    .id = "09_feed_forward",
    .title = "Feed-forward",
    .question = "What happens to each word alone?",
    .minutes = 8,
    .needs = {"08_add_norm"},
    .builds = {"*.feed_forward.hidden", "*.feed_forward.activation", "*.feed_forward.output", "encoder.memory"},
    .formula = "FFN(x) = max(0, x W_1 + b_1) W_2 + b_2",
    .source = "Vaswani et al. (2017), section 3.3, equation 2",
    .values = {{"firing", firing_in_row},
               {"fewest_and_most", fewest_and_most},
               {"curve", curve},
               {"the_others", the_others},
               {"the_function", the_function}},
    .steps = {{.title = "Each row alone",
               .says = "Self-attention let every token take something from the others. The second sub-layer of "
                       "a layer lets each token work with what it now has. No row reads another one here.\n\n"
                       "We follow one row of `x`, that of {row encoder.layers.0.self_attn.norm 4}, as add & "
                       "norm left it.",
               .body = Show{.names = {"encoder.layers.0.self_attn.norm"}, .zoom = Zoom::row, .at = {kRow, 0}}},
              {.title = "One hidden feature by hand",
               .says = "`hidden` = x W_1 + b_1. A column of W_1 is a pattern: the row of the token is held "
                       "against it, element by element, and the products are added up. The result is large "
                       "where the row fits the pattern, and below 0 where it goes against it. Here is pattern "
                       "{col encoder.layers.0.feed_forward.hidden 417}.",
               .body = Show{.names = {"encoder.layers.0.feed_forward.hidden"}, .zoom = Zoom::cell, .at = {kRow, 417}},
               .because = "The dot product of lesson 04 once more. Here a token meets a learned pattern instead of "
                          "another token."},
              {.title = "One row: {d_ff} patterns",
               .says = "W_1 has {d_ff} such columns, so the row of {d_model} features becomes a row of {d_ff} "
                       "*hidden* features.",
               .body = Show{.names = {"encoder.layers.0.feed_forward.hidden"}, .zoom = Zoom::row, .at = {kRow, 0}}},
              {.title = "Predict: how many fire?",
               .says = "Next comes `activation`: a function is applied to every cell, each for itself. In this "
                       "model it is `{activation}`. {curve} A feature that is above 0 afterwards is said to "
                       "*fire*.\n\n"
                       "How many of the {d_ff} hidden features fire for {row "
                       "encoder.layers.0.feed_forward.activation 4}?",
               .body = Predict{.choices = {"fewer than a tenth", "a tenth to a half", "more than half"},
                               .answer = [](const Session& s) -> std::size_t {
                                 const std::size_t firing = n_firing(activation(s), followed(s)),
                                                   all = activation(s).cols;
                                 if (10 * firing < all) return 0;
                                 return 2 * firing <= all ? 1 : 2;
                               }}},
              {.title = "Hidden, and what fires",
               .says = "{firing} of {d_ff} fire. {the_others} These are the ones that fire, and for how many of "
                       "the sentence's {T_src} tokens each does.",
               .body = Table{.of = "row {row encoder.layers.0.feed_forward.activation 4} of "
                                   "`encoder.layers.0.feed_forward.activation`, what is above 0",
                             .grid = table::firing},
               .because = "Over all tokens of this sentence, {fewest_and_most} fire in a row of this layer. A "
                          "pattern answers to some tokens and is silent for the others."},
              {.title = "Try it: no activation",
               .says = "Without the function between them, the two matrices would be one: (x W_1 + b_1) W_2 + "
                       "b_2 is x (W_1 W_2) + (b_1 W_2 + b_2). However large d_ff is, nothing would be "
                       "gained.\n\n"
                       "The same model with `activation` = `hidden`.",
               .body = Try{.change = change::forget_activation, .shows = {"best.weights"}},
               .because = "All {d_ff} features now speak at once, those that should be silent too."},
              {.title = "Back to {d_model} features: one cell",
               .says = "`output` = activation W_2 + b_2. Row *k* of W_2 is what the network adds when feature "
                       "*k* fires, and how strongly it fires is the factor. Here is the first feature of the "
                       "answer.",
               .body = Show{.names = {"encoder.layers.0.feed_forward.output"}, .zoom = Zoom::cell, .at = {kRow, 0}},
               .because = "W_1 says when, W_2 says what."},
              {.title = "The answer",
               .says = "The whole matrix: a row for each token, as wide as what was read. So it can be added to "
                       "it.",
               .body = Show{.names = {"encoder.layers.0.feed_forward.output"}}},
              {.title = "Row by row is all at once",
               .says = "Every row put through the network alone, against all rows together, in every layer of "
                       "the encoder and the decoder.",
               .body = Proof{.bound = 1e-12, .measure = proof::row_by_row_is_all_at_once},
               .because = "This is why the paper calls the network *position-wise*: the same weights for every "
                          "token, and no way from one token to another. Tokens meet in attention only."},
              {.title = "The code",
               .says = "`stage.project` is x W + b, the same function that made query, key and value in lesson "
                       "03.",
               .body = Code{"engine/stages/feed_forward.cpp", "feed_forward"}},
              {.title = "The function in the middle",
               .says = "",
               .body =
                   Departure{.paper = "max(0, x), which is called ReLU.",
                             .model =
                                 "{the_function} The OPUS-MT checkpoints from English to French have `swish`, x / (1 + "
                                 "e^−x)."}},
              {.title = "Sizes and biases",
               .says = "",
               .body = Departure{.paper = "d_model = 512 and d_ff = 2048. Equation 2 has both biases, b_1 and b_2.",
                                 .model = "d_model = {d_model} and d_ff = {d_ff}. The biases: the same."}},
              {.title = "An encoder layer is complete",
               .says = "Add & norm follows (lesson 08), and what comes out is the result of the layer. Here is "
                       "the whole layer in code: attention, add & norm, feed-forward, add & norm.",
               .body = Code{"engine/stages/layers.cpp", "encoder_layer"},
               .because = "The second add & norm adds `after_self`, what the feed-forward network read, and not "
                          "`x`, what the layer read."},
              {.title = "Layer upon layer",
               .says = "The encoder has {n_layers} layers. Each reads the rows that the one before has left, "
                       "and has weights of its own. Here is the row of {row encoder.memory 4}, as each of them "
                       "leaves it.",
               .body = Show{.names = {"encoder.layers.L*.feed_forward.norm"}, .zoom = Zoom::row, .at = {kRow, 0}}},
              {.title = "The memory",
               .says = "What the last layer leaves is the encoder's result. It is called `memory`: {T_src} "
                       "rows, one for each source token, each made with the help of all the others (lesson 07). "
                       "The decoder reads it in lesson 10.",
               .body = Show{.names = {"encoder.memory"}},
               .because = "The sentence is not squeezed into one row: a longer sentence has a longer memory."}},
    .mistakes = {{69,
                  "The activation is forgotten, or another one is taken than the checkpoint was trained "
                  "with. Without any, `activation` equals `hidden`; with ReLU in the place of `swish` "
                  "nothing is below 0."},
                 {63,
                  "The second add & norm adds the input of the layer, and not what the feed-forward "
                  "network has read. Every shape is right, and what self-attention found is lost from the "
                  "sum."},
                 {70,
                  "The activation is applied after the second matrix too. `output` has no numbers well "
                  "below 0, so the sum behind it can hardly make a feature smaller."}},
    .why =
        "Attention brings together what stands at different places. What follows from it is "
        "worked out here, one token at a time.\nTwo matrices with a bend between them can say "
        "*if this pattern, then add that*, {d_ff} times in every layer."};

}  // namespace glass::lesson
