/// \file
/// Lesson 02: what does a token start out as, and how does it know its place?
#include "engine/lesson/lesson.hpp"

#include <algorithm>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/reference/model.hpp"

namespace glass::lesson {
namespace {

const checkpoint::Config& config(const Session& session) { return session.model().checkpoint.config(); }

std::string code(const std::string& text) { return "`" + text + "`"; }

/// A token in the middle of the sentence, and its neighbour.
std::size_t middle(const Session& session) { return session.labels().source.size() / 2; }

bool same_rows(const Matrix& a, const Matrix& b, std::size_t row) {
  for (std::size_t j = 0; j < a.cols; ++j) {
    if (a(row, j) != b(row, j)) return false;
  }
  return true;
}

bool is_zero(const Matrix& matrix, std::size_t row) { return same_rows(matrix, Matrix(matrix.rows, matrix.cols), row); }

std::string start_row(const Session& session) {
  return is_zero(session.at("decoder.embed.tokens"), 0)
             ? "Its row in the table is zero, so row 0 of `decoder.embed.sum` is row 0 of the positions "
               "and nothing else: the decoder starts from \"place 0\", without a word."
             : "In this model its row is not zero: the decoder starts from a learned vector and place 0.";
}

std::string scaled(const Session& session) {
  return config(session).scale_embedding
             ? "The same factor, √" + std::to_string(config(session).d_model) + "."
             : "The embeddings are not multiplied (`scale_embedding` is false): the factor is 1.";
}

std::string shared(const Session& session) {
  if (!config(session).share_encoder_decoder_embeddings)
    return "Encoder and decoder have a table each. The output projection has " +
           std::string(config(session).tie_word_embeddings ? "the decoder's." : "one of its own.");
  return "The same: one table, used three times. Only the embeddings are scaled, not the output "
         "projection (lesson 11).";
}

std::string position_source(const Session& session) {
  return session.model().weights->encoder_embed.positions.is_empty()
             ? "The same formula; nothing is learned or stored. Each number is rounded to float32."
             : "The checkpoint stores a table of positions, and the stored numbers are used in place of "
               "the formula.";
}

/// What the first row of the positions looks like: 0 for all zeros, 1 for 0 1 0 1, 2 for zeros then ones, 3 otherwise.
std::size_t first_row(const Session& session) {
  const Matrix& positions = session.at("encoder.embed.positions");
  if (is_zero(positions, 0)) return 0;
  const std::size_t half = (positions.cols + 1) / 2;
  bool in_turn = true, halves = true;
  for (std::size_t j = 0; j < positions.cols; ++j) {
    in_turn = in_turn && positions(0, j) == static_cast<double>(j % 2);
    halves = halves && positions(0, j) == (j < half ? 0.0 : 1.0);
  }
  return in_turn ? 1 : halves ? 2 : 3;
}

}  // namespace

extern const Lesson lesson_02_embed{
    .id = "02_embed",
    .title = "Embed",
    .question = "What does a token start out as, and how does it know its place?",
    .minutes = 8,
    .needs = {"01_tokenize"},
    .builds = {"*.embed.*"},
    .formula =
        "x = E[id] · √d_model + P,   P[p, i] = sin(p / 10000^(2i / d_model)) | cos(p / 10000^(2i "
        "/ d_model))",
    .source = "Vaswani et al. (2017), sections 3.4 and 3.5",
    .values = {{"middle", [](const Session& s) { return code(s.labels().source.at(middle(s))); }},
               {"middle_id", [](const Session& s) { return std::to_string(s.source_ids().at(middle(s))); }},
               {"start_row", start_row},
               {"scaled", scaled},
               {"shared", shared},
               {"position_source", position_source}},
    .steps =
        {{.title = "An id is a row of the table",
          .says = "Lesson 01 ended with ids. The *embedding table* E has {vocab_size} rows, one for each "
                  "piece, and {d_model} columns. An id picks a row: {middle} has the id {middle_id}, so it "
                  "starts out as row {middle_id} of E.",
          .body = Show{.names = {"encoder.embed.tokens"}},
          .because = "A row is copied, nothing is computed. The numbers in it were learned like all other "
                     "weights."},
         {.title = "Times √d_model",
          .says = "Every number of the row is multiplied by {scale}. The positions, which are added next, "
                  "lie between −1 and 1. Beside them the small numbers of E would hardly count.",
          .body = Show{.names = {"encoder.embed.scaled"}, .zoom = Zoom::cell, .at = {4, 0}},
          .because = "The paper gives no reason for the factor; this is the usual explanation."},
         {.title = "Scale, sharing, dropout",
          .says = "",
          .body =
              Departure{.paper =
                            "\"In the embedding layers, we multiply those weights by √d_model.\" Both embeddings and "
                            "the output projection share one table (section 3.4). In training, dropout sets some "
                            "numbers of the sum to zero (section 5.4).",
                        .model = "{scaled} {shared} Dropout is for training; a translation drops nothing."}},
         {.title = "Without places, order cannot be seen",
          .says = "So far {middle} has the same row in every sentence and at every place in it. The "
                  "encoder's attention, which comes next, does not count places either: if two tokens "
                  "change places, their results change places, and nothing else happens. *Dog bites man* "
                  "and *man bites dog* would be one sentence.\n\n"
                  "As a claim: without positions, the first and the last token of the source are "
                  "exchanged; the encoder's result is the same, with these two rows exchanged.",
          .body = Proof{.bound = 1e-12, .measure = proof::order_is_unseen_without_positions},
          .because = "Therefore each place gets a row of its own, P, which is added."},
         {.title = "Predict: the row of place 0",
          .says = "P has a column for each feature. By the formula, the first half of the columns holds "
                  "sines and the second half cosines of an angle that grows with the place p. Places are "
                  "counted from 0. What does the row of place 0 look like?",
          .body = Predict{.choices = {"zeros everywhere", "0, 1, 0, 1 and so on",
                                      "zeros in the first half, ones in the second", "another row"},
                          .answer = first_row},
          .because = "At place 0 every angle is 0, and sin(0) = 0, cos(0) = 1."},
         {.title = "The positions",
          .says = "Row p is added to the token at place p, whatever token that is. In each column the "
                  "angle grows at its own speed.",
          .body = Show{.names = {"encoder.embed.positions"}},
          .because = "The first columns change from row to row; in the last ones hardly anything moves. The "
                     "columns between them are left out here."},
         {.title = "The waves",
          .says = "The same without numbers. Down a column runs a wave, short ones at the left, long ones "
                  "at the right; then the same again for the cosines. (A narrow window leaves out the "
                  "columns in the middle. Negative numbers are drawn with strokes, or orange.)",
          .body = Show{.names = {"encoder.embed.positions"}, .zoom = Zoom::heat}},
         {.title = "How long the waves are",
          .says = "The angle is p / 10000^(2i / d_model): from column to column the wave gets longer by "
                  "the same factor.",
          .body = Table{.of = "", .grid = table::wavelengths},
          .because = "Short waves tell neighbours apart, long ones tell the beginning of a long text from its "
                     "end. The longest wave is far from coming round within any sentence, so no two places "
                     "have the same row."},
         {.title = "One position by hand",
          .says = "The sine of column 1 at the place of {row encoder.embed.positions 3}.",
          .body = Show{.names = {"encoder.embed.positions"}, .zoom = Zoom::cell, .at = {3, 1}}},
         {.title = "The code of the positions",
          .says = "Column by column, row by row, as the formula has it. (`wavelength` is for an angle that "
                  "grows by 1 from place to place; a full wave is 2π times as long, as in the table.)",
          .body = Code{"engine/stages/embed.cpp", "positions"}},
         {.title = "Neighbours are alike",
          .says = "The rows of P against each other, as dot products (lesson 00).",
          .body = Derive{.op = DerivedOp::likeness, .operands = {"encoder.embed.positions", "encoder.embed.positions"}},
          .because = "Along a diagonal the number stays the same: how alike two places are depends only on "
                     "how far apart they are, because sin a · sin b + cos a · cos b = cos(a − b). And for a "
                     "fixed step k, one and the same rotation turns every row p into row p + k; that is why "
                     "the paper chose waves (section 3.5)."},
         {.title = "Halves, not in turn",
          .says = "",
          .body =
              Departure{.paper = "Sine and cosine in turn: column 2i is the sine, column 2i + 1 the cosine of the same "
                                 "angle (section 3.5).",
                        .model = "All sines first, then all cosines: column i is the sine, column i + d_model/2 the "
                                 "cosine. {position_source}"}},
         {.title = "One is the other, columns reordered",
          .says = "Our P with its columns put in the paper's order is the paper's P.",
          .body = Proof{.bound = 0, .measure = proof::interleaved_is_a_permutation},
          .because = "So for a model that is trained from the start the order does not matter, and many texts "
                     "do not mention it."},
         {.title = "Try it: the paper's order",
          .says = "But these weights are trained already: they expect each sine and cosine in its own "
                  "column. The same model, with P in the paper's order. (It is not the target that is "
                  "printed, but what the model writes when it is left alone; lesson 12.)",
          .body = Try{.change = change::interleave_positions},
          .because = "No shape is wrong and no number is out of range. Only a comparison of `embed.positions` "
                     "with the right values finds it."},
         {.title = "The sum: what the first layer reads",
          .says = "Which token, and where: `scaled` and `positions` are added, cell by cell. From here on "
                  "token and place are no longer apart; the model has learned to read both from the sum.",
          .body = Show{.names = {"encoder.embed.sum"}}},
         {.title = "The code of the embedding",
          .says = "The four matrices of this lesson, by name. The engine keeps E with a column for each "
                  "piece, so `lookup` copies columns.",
          .body = Code{"engine/stages/embed.cpp", "embed"}},
         {.title = "The decoder starts with {start}",
          .says = "The decoder does the same with its own tokens. The first one it reads is {start}. "
                  "{start_row}",
          .body = Show{.names = {"decoder.embed.sum"}}}},
    .mistakes = {{5,
                  "The factor √d_model is forgotten. Ours divided by theirs is {scale} in every cell, and "
                  "the positions drown the tokens."},
                 {9,
                  "Sine and cosine in turn instead of in halves, from a tutorial that follows the paper. "
                  "Each row has the right numbers in the wrong columns; row 0 begins 0, 1, 0, 1."},
                 {11,
                  "Places are counted from 1. Row 0 of the positions is then what row 1 should be, and so "
                  "on down; no row is zeros and ones."}},
    .why =
        "A table look-up is the simplest way from a name to a vector: similar use in training "
        "pulls rows together.\nAttention has no notion of order, so the order is put into the "
        "numbers it reads."};

}  // namespace glass::lesson
