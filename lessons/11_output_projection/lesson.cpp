/// \file
/// Lesson 11: how does a vector become a word?
#include "engine/lesson/lesson.hpp"

#include <algorithm>
#include <numeric>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/expand.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/screen/figure.hpp"
#include "engine/trace/derived.hpp"

namespace glass::lesson {
namespace {

const Matrix& log_probabilities(const Session& session) { return session.at("decoder.log_probabilities"); }

/// The row whose best token is the least certain one.
std::size_t open_row(const Session& session) {
  const Matrix& rows = log_probabilities(session);
  const auto certainty = [&](std::size_t row) { return rows(row, best(rows.view(), row)); };
  std::size_t open = 0;
  for (std::size_t row = 1; row < rows.rows; ++row) {
    if (certainty(row) < certainty(open)) open = row;
  }
  return open;
}

/// The three most probable tokens of that row, in the order of their ids.
std::vector<std::size_t> three_best(const Session& session) {
  const Matrix& rows = log_probabilities(session);
  const std::size_t row = open_row(session);
  std::vector<std::size_t> ids(rows.cols);
  std::iota(ids.begin(), ids.end(), std::size_t{0});
  std::stable_sort(ids.begin(), ids.end(), [&](std::size_t a, std::size_t b) { return rows(row, a) > rows(row, b); });
  ids.resize(std::min<std::size_t>(3, ids.size()));
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string code(const std::string& text) { return "`" + text + "`"; }

Value choice(const std::string& name, std::size_t index) {
  return {name, [index](const Session& s) {
            const std::vector<std::size_t> ids = three_best(s);
            return code(s.labels().vocabulary(ids.at(std::min(index, ids.size() - 1))));
          }};
}

std::string text_read(const Session& session) {
  std::string text;
  for (std::size_t row = 0; row <= open_row(session); ++row)
    text += (row == 0 ? "" : " ") + code(session.labels().target_read.at(row));
  return text;
}

/// Whether the target that is followed goes on with the most probable token there.
std::string and_the_target(const Session& session) {
  const std::size_t row = open_row(session);
  const std::string& wanted = session.labels().target_predicted.at(row);
  return best(log_probabilities(session).view(), row) == static_cast<std::size_t>(session.target_ids().at(row))
             ? "The target that we follow goes on with it."
             : "The target that we follow goes on with " + code(wanted) +
                   ". That is what the decoder reads next, whatever it would have written itself; lesson 12 "
                   "comes to it.";
}

/// The probability of the start token where it is largest.
std::string start_token_share(const Session& session) {
  const Matrix shares = derive(DerivedOp::exponential, {log_probabilities(session).view()});
  const auto id = static_cast<std::size_t>(session.at("decoder.ids")(0, 0));
  double most = 0;
  for (std::size_t row = 0; row < shares.rows; ++row) most = std::max(most, shares(row, id));
  return most < 1e-2 ? screen::number(100 * most, 4) + " %" : screen::number(100 * most, 0) + " %";
}

/// What the trace shows of the start token's row in the table.
std::string start_token_row(const Session& session) {
  const Matrix& tokens = session.at("decoder.embed.tokens");
  for (std::size_t j = 0; j < tokens.cols; ++j) {
    if (tokens(0, j) != 0) return "is not 0 in this model, although most checkpoints have zeros there";
  }
  return "is all zeros (lesson 02), so every product is 0 and what remains is the bias";
}

/// The probability of the cell that is computed by hand.
std::string that_probability(const Session& session) {
  const Matrix shares = derive(DerivedOp::exponential, {session.at("decoder.log_probabilities").view()});
  return screen::number(
      shares(index_of(8, shares.rows), static_cast<std::size_t>(session.target_ids().at(index_of(8, shares.rows)))), 3);
}

}  // namespace

extern const Lesson lesson_11_output_projection{
    .id = "11_output_projection",
    .title = "Output projection",
    .question = "How does a vector become a word?",
    .minutes = 8,
    .needs = {"10_cross_attention"},
    .builds = {"decoder.logits", "decoder.log_probabilities"},
    .formula = "P(next token) = softmax(y Eᵀ + b)",
    .source = "Vaswani et al. (2017), section 3.4; the formula is ours, the paper has words",
    .values = {{"that_probability", that_probability},
               {"text_read", text_read},
               {"and_the_target", and_the_target},
               {"start_share", start_token_share},
               {"start_row", start_token_row},
               choice("first", 0),
               choice("second", 1),
               choice("third", 2)},
    .steps =
        {{.title = "What the decoder leaves",
          .says = "Every row of the decoder has read one token, has looked back at the ones before it and "
                  "across at the source. What the last of the {n_decoder_layers} layers leaves is a row of "
                  "{d_model} numbers for each position. We call it `y` (the x of the formula above).\n\n"
                  "These numbers are no word yet. Now they have to say which token comes next. Here is "
                  "{row decoder.logits 8}, as each layer leaves it; the last one counts.",
          .body = Show{.names = {"decoder.layers.L*.feed_forward.norm"}, .zoom = Zoom::row, .at = {8, 0}}},
         {.title = "A row against a row of the table",
          .says = "The model knows its {vocab_size} tokens as rows of the embedding table (lesson 02), and "
                  "a row of the table has {d_model} numbers too. So we hold `y` against a row of the "
                  "table, with a dot product, and add a learned bias. The result is called a *logit*. (In "
                  "this place the table is called `lm_head.weight`; where it is tied, that is the table of "
                  "lesson 02.)\n\n"
                  "How strongly is {predicted 8} proposed after {row decoder.logits 8}? This one number "
                  "says it.",
          .body = Show{.names = {"decoder.logits"}, .zoom = Zoom::cell, .at = {8, 0}, .predicted = true},
          .because = "{d_model} products, of which the largest are shown, and the bias. It is the measure of "
                     "lesson 04: large where the two rows point the same way."},
         {.title = "One row: {vocab_size} logits",
          .says = "Every row of the table gets its logit: one for each token that could come next. Of "
                  "{vocab_size} columns only the edges fit here.",
          .body = Show{.names = {"decoder.logits"}, .zoom = Zoom::row, .at = {8, 0}},
          .because = "All rows at once are one matrix product, y Eᵀ + b, with the table as E: {shape "
                     "decoder.logits}."},
         {.title = "One table, three uses",
          .says = "",
          .body =
              Departure{
                  .paper = "\"we share the same weight matrix between the two embedding layers and the pre-softmax "
                           "linear transformation\" (section 3.4).",
                  .model = "The same: what a token looks like when it is read is what `y` has to look like to write "
                           "it."}},
         {.title = "No √d_model on the way out",
          .says = "",
          .body = Departure{.paper =
                                "\"In the embedding layers, we multiply those weights by √d_model\" (section 3.4): not "
                                "in the output.",
                            .model = "The same. The factor {scale} of lesson 02 belongs to reading alone."}},
         {.title = "A bias for every token",
          .says = "",
          .body =
              Departure{.paper = "\"The usual learned linear transformation\" (section 3.4). A bias is not mentioned.",
                        .model = "Each token has a number of its own that is added to its logit, whatever the text: "
                                 "`final_logits_bias` in the checkpoint."}},
         {.title = "From logits to probabilities",
          .says = "A logit can be any number. The softmax (lesson 06), over the whole vocabulary, turns a "
                  "row of them into probabilities.\n\n"
                  "We record their logarithms, `log_probabilities`: the logit, minus the logarithm of the "
                  "sum of all exponentials of the row. A probability is exp(log_probability).",
          .body = Show{.names = {"decoder.log_probabilities"}, .zoom = Zoom::cell, .at = {8, 0}, .predicted = true},
          .because = "Here the probability itself is {that_probability}. A probability of 1 has the logarithm "
                     "0; the less probable, the further below. The probability of a whole sentence is a "
                     "product of many small numbers, its logarithm a plain sum. Lesson 12 needs it."},
         {.title = "Every row sums to 1",
          .says = "exp(log_probabilities), added up over all {vocab_size} tokens, row by row.",
          .body = Proof{.bound = 1e-12, .measure = proof::probabilities_sum_to_one}},
         {.title = "Predict: what comes next?",
          .says = "The source is *{source}*. The decoder has read {text_read}. Of all rows of this pass, "
                  "this is the one whose best token has the smallest probability. Which token does it find "
                  "most probable now?",
          .body = Predict{.choices = {"{first}", "{second}", "{third}"},
                          .answer = [](const Session& s) -> std::size_t {
                            const std::vector<std::size_t> ids = three_best(s);
                            const std::size_t most = best(log_probabilities(s).view(), open_row(s));
                            return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), most) - ids.begin());
                          }},
          .because = "{and_the_target}"},
         {.title = "The best five of every row",
          .says = "For each row, what it reads and the five tokens that it finds most probable next, in "
                  "per cent.",
          .body = Table{.of = "exp(decoder.log_probabilities), the five largest of every row", .grid = table::top_five},
          .because = "The model gives no single word. It gives a probability for each of {vocab_size} tokens; "
                     "choosing one is another matter, and the next lesson's."},
         {.title = "The token that may not be said",
          .says = "{start} starts the target, and is also put behind short sentences as padding. It is no "
                  "word, but it has a column like all others. Its row of the table {start_row}.\n\n"
                  "So it always keeps a share, here at most {start_share} in a row. The search never "
                  "chooses it; how, is in lesson 12. The last column of this model is {col decoder.logits "
                  "-1}:",
          .body = Show{.names = {"decoder.logits"}, .zoom = Zoom::cell, .at = {4, -1}}},
         {.title = "Try it: no bias",
          .says = "The same model without the bias of the logits. Everything before the logits stays as it "
                  "is.",
          .body = Try{.change = change::forget_bias},
          .because = "Each logit moves by an amount that depends on its token only. Where the best token is "
                     "far ahead of the others, it stays the best: the translation alone may not show this "
                     "mistake."},
         {.title = "The code: logits",
          .says = "`lm_head` holds the table and the bias. `stage.project` is the x W + b of lesson 03.",
          .body = Code{"engine/stages/output.cpp", "logits"}},
         {.title = "The code: log_softmax",
          .says = "The largest logit of the row is subtracted first, for the reason of lesson 06: no "
                  "exponential can overflow then.",
          .body = Code{"engine/stages/output.cpp", "log_softmax"}}},
    .mistakes = {{73,
                  "The bias of the logits is forgotten. The difference to the right logits is the same row "
                  "in every position: that row is the bias."},
                 {74,
                  "The table is multiplied by √d_model here too. Every logit but for its bias is √d_model "
                  "times too large, and the softmax becomes all or nothing."},
                 {76,
                  "A second softmax on top of the probabilities, or logarithms to the base 10. The order "
                  "of the tokens stays right, so greedy translation does not notice; after a double "
                  "softmax the sums of a beam search do."}},
    .why =
        "A token is written by the same row with which it is read, so what training learns about "
        "a token on one side serves the other.\nA probability for every token, and not one "
        "answer, is what lets a search weigh whole sentences."};

}  // namespace glass::lesson
