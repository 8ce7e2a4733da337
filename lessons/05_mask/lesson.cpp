/// \file
/// Lesson 05: who may look at whom?
#include "engine/lesson/lesson.hpp"

#include <cmath>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/reference/model.hpp"

namespace glass::lesson {
namespace {

std::string padding_piece(const Session& session) {
  const text::Tokenizer& tokenizer = session.model().tokenizer;
  return "`" + tokenizer.piece(tokenizer.pad(), text::Side::source) + "`";
}

/// How many keys the first decoder row may see.
std::size_t seen_by_first_row(const Session& session) {
  const Matrix& masked_scores = session.at("decoder.layers.0.self_attn.head.0.masked_scores");
  std::size_t seen = 0;
  for (std::size_t j = 0; j < masked_scores.cols; ++j) seen += std::isfinite(masked_scores(0, j)) ? 1 : 0;
  return seen;
}

}  // namespace

extern const Lesson lesson_05_mask{
    .id = "05_mask",
    .title = "Masks",
    .question = "Who may look at whom?",
    .minutes = 8,
    .needs = {"04_scores"},
    .builds = {"encoder.visible", "*.masked_scores"},
    .formula = "masked_scores(i, j) = scores(i, j) if query i may see key j, else −∞",
    .source = "Vaswani et al. (2017), section 3.2.3 (and 3.1, on positions that follow)",
    .values = {{"pad", padding_piece}},
    .steps = {{.title = "Two things to hide",
               .says = "In lesson 04 every token asked every other one. Two kinds of token must not be looked "
                       "at: those that are not there, and those that are not there yet.\n\n"
                       "First, those that are not there. Sentences are computed many at a time, as one block, "
                       "and a block needs rows of equal length. Short sentences are filled up with {pad}: "
                       "*padding*. For this lesson our sentence has some, too. (As filling, {pad} has to be "
                       "hidden. As the start token of the decoder it is a real token, and is seen.)\n\n"
                       "`encoder.visible` remembers which tokens are real: 1 for a token of the sentence, 0 for "
                       "padding.",
               .body = Show{.names = {"encoder.visible"}, .padded = true}},
              {.title = "One score, hidden",
               .says = "Padding has a row in every matrix, so it has a query, a key and scores like any token. "
                       "Here is the score that {row encoder.visible 0} gives the last token of padding. It was "
                       "computed, and now it is replaced.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.masked_scores"},
                            .zoom = Zoom::cell,
                            .at = {0, -1},
                            .padded = true}},
              {.title = "The matrix, with padding hidden",
               .says = "The columns of {pad} are −∞ (`-inf`) from top to bottom: whoever asks, padding may not "
                       "be looked at. All other scores are what they were.\n\n"
                       "The *rows* of {pad} are not hidden. They are computed like the others, and nobody reads "
                       "them.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.masked_scores"}, .padded = true},
               .because = "A mask is about keys: about who may be looked at."},
              {.title = "Why −∞ and not 0?",
               .says = "The next lesson turns a row of scores into shares: it takes exp of each score and "
                       "divides by the sum. A score of 0 does not mean *nothing*, since exp(0) is 1. A score of "
                       "−∞ does: exp(−∞) is exactly 0.\n\n"
                       "Here is the first row after that step. The shares of {pad} are 0, and the others sum to "
                       "1 without them.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.0.weights"}, .zoom = Zoom::row, .padded = true}},
              {.title = "The code: which keys are real",
               .says = "The mask of padding has one row for each query, all the same: the marks of the real "
                       "tokens.\n\n"
                       "We name masks for what is *allowed*: visible(i, j) = 1 means that query *i* may look at "
                       "key *j*. Libraries do not agree on this. In some of them 1 (or true) means hidden, and "
                       "a mask that is carried from one to the other hides what should be seen.",
               .body = Code{"engine/stages/mask.cpp", "padding"}},
              {.title = "The code: hiding",
               .says = "One function for both kinds of mask. It does not know why a key is hidden. `find` gives "
                       "the cells where the condition holds.",
               .body = Code{"engine/stages/mask.cpp", "mask"}},
              {.title = "Padding changes nothing",
               .says = "If the mask is right, a sentence does not notice its padding. We run the whole model "
                       "with and without it, and compare the encoder's result (`memory`) in the rows of real "
                       "tokens, and the decoder's final numbers (`logits`, lesson 11).",
               .body = Proof{.bound = 1e-12, .measure = proof::padding_changes_nothing},
               .because = "This is the test to write first for any model that computes several sentences at once. "
                          "It fails if one single attention forgets the mask."},
              {.title = "−∞, or a large negative number",
               .says = "",
               .body =
                   Departure{
                       .paper =
                           "Section 3.2.3: scores that must not be used are set to −∞. About padding the paper says "
                           "nothing; every program that computes several sentences at once needs it.",
                       .model =
                           "Hugging Face's code adds the most negative floating-point number to a hidden score, and "
                           "Marian's own program another large negative number. We write −∞, as in the paper."}},
              {.title = "Both ways give the same weights",
               .says = "The weights after adding −1e9 to hidden scores, against those after −∞, in every head "
                       "of the model.",
               .body = Proof{.bound = 1e-12, .measure = proof::large_negative_is_minus_inf},
               .because = "exp of so low a number is too small for a computer to hold; it becomes 0, too. A mask "
                          "that adds −1 would not do: exp(−1) is more than a third."},
              {.title = "Predict: the first decoder row",
               .says = "Now the second thing to hide: tokens that are not there yet. The decoder writes from "
                       "left to right: each row reads one token and predicts the next. In its self-attention "
                       "the tokens that are read ask each other, and a row must not look at tokens that come "
                       "after its own.\n\n"
                       "Row 0 reads {start}, the start token, and predicts the first piece. Which tokens may it "
                       "look at?",
               .body = Predict{.choices = {"none: nothing stands before it", "itself alone",
                                           "all {T_tgt}: it has to begin the sentence"},
                               .answer = [](const Session& session) -> std::size_t {
                                 const std::size_t seen = seen_by_first_row(session);
                                 return seen < 2 ? seen : 2;
                               }},
               .because = "A row may look at its own token: it is read, so it is known. What is hidden is the "
                          "token that the row has to predict, and that one is read in the next row."},
              {.title = "The causal mask",
               .says = "Everything above the line from top left to bottom right is −∞. Row *i* sees columns 0 "
                       "to *i*. In a row's label, the token to the right of `▸` is the one to predict. Its own "
                       "column is the first one that is hidden (the last row predicts {end}, which has no "
                       "column).",
               .body = Show{.names = {"decoder.layers.0.self_attn.head.0.masked_scores"}},
               .because = "It is called *causal*: what comes later cannot be a cause of what comes before."},
              {.title = "The code: no look ahead",
               .says = "In translation the future does not exist yet, so what is there to hide? In training, "
                       "the whole right translation is known, and all rows are computed at once. Without the "
                       "mask a row could copy its answer from the next row instead of learning to predict "
                       "it.\n\n"
                       "`trimatl` keeps the lower triangle of a matrix, with the diagonal, and puts 0 elsewhere.",
               .body = Code{"engine/stages/mask.cpp", "causal"}},
              {.title = "The future is not read",
               .says = "We put another token in the last place of the target and compute everything again. All "
                       "earlier rows of all decoder matrices stay as they were (the scores before the mask "
                       "excepted: they are what the mask hides).",
               .body = Proof{.bound = 1e-12, .measure = proof::future_is_not_read},
               .because = "So a row is computed once and stays right while the sentence grows. Lesson 12 relies on "
                          "it."},
              {.title = "Cross-attention: padding of the source",
               .says = "Where the decoder asks the encoder (lesson 10), the source sentence is finished: "
                       "nothing in it is the future. Only its padding is hidden. Rows are target tokens, "
                       "columns are source tokens, and there is no triangle.",
               .body = Show{.names = {"decoder.layers.0.encoder_attn.head.0.masked_scores"}, .padded = true},
               .because = "Three attentions, two masks: padding in the encoder and in cross-attention, the future "
                          "in the decoder's self-attention. Padding behind a target is hidden already: it comes "
                          "later than every real token."},
              {.title = "Try it: see the future",
               .says = "The same model, its decoder without the causal mask. Below are the weights, which "
                       "lesson 06 explains: each row's shares over the tokens that it may see.",
               .body = Try{.change = change::see_the_future, .shows = {"decoder.layers.0.self_attn.head.0.weights"}},
               .because = "Shares above the diagonal are looks at what is to be predicted. In generation too, "
                          "earlier rows are computed again and now see what has been written since. The "
                          "translation may still be readable, so reading it is no proof of a right mask. This "
                          "model was trained without such looks. In training, where the whole target is there, a "
                          "model with them would learn to copy the next token instead of predicting it."}},
    .mistakes = {{39,
                  "Hidden scores are set to 0, or to 1e-9 where −1e9 was meant. A hidden key then gets a "
                  "share of exp(0 − largest) / sum: small at times, but not 0."},
                 {42,
                  "The mask is inverted: real tokens are hidden and padding is seen. The scores are finite "
                  "exactly where ours are −∞."},
                 {43,
                  "The triangle is flipped, upper for lower. The first row sees every token and the last "
                  "one only itself."}},
    .why =
        "A mask is how a computation on whole blocks stays true to single sentences, and how "
        "training on whole sentences stays true to writing them word by word.\n−∞ hides "
        "completely, because exp(−∞) is exactly 0."};

}  // namespace glass::lesson
