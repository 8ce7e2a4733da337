/// \file
/// Lesson 00: what am I looking at?
#include "engine/lesson/lesson.hpp"

#include <algorithm>

#include "engine/lesson/expand.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/trace/derived.hpp"

namespace glass::lesson {
namespace {

/// Every token's row against every token's row.
Matrix likeness(const Session& session) {
  const MatrixView rows = session.at("encoder.embed.tokens").view();
  return derive(DerivedOp::likeness, {rows, rows});
}

/// The token that the lesson asks about: one in the middle of the sentence.
std::size_t asked(const Session& session) { return session.labels().source.size() / 2; }

std::string piece(const Session& session, std::size_t token) { return "`" + session.labels().source.at(token) + "`"; }

/// Of the other tokens, the one whose row is most like that of the asked one.
std::size_t partner(const Session& session) {
  const Matrix table = likeness(session);
  const std::size_t row = asked(session);
  std::size_t found = row == 0 ? 1 : 0;
  for (std::size_t j = 0; j < table.cols; ++j) {
    if (j != row && table(row, j) > table(row, found)) found = j;
  }
  return found;
}

/// The target is given; what the model itself would say.
std::string own_words(const Session& session) {
  const std::string own = table::n_best(session).rows.at(0).at(1);
  const std::string given = "The lessons give the decoder the target *" + session.target() + "*. ";
  if (own == session.target()) return given + "Left alone, this model writes the same (lesson 12).";
  return given + "Left alone, this model writes *" + own + "* (lesson 12).";
}

}  // namespace

extern const Lesson lesson_00_start{
    .id = "00_start",
    .title = "Start",
    .question = "What am I looking at?",
    .minutes = 5,
    .needs = {},
    .builds = {"*"},
    .formula = "",
    .source = "",
    .values = {{"own", own_words},
               {"asked", [](const Session& s) { return piece(s, asked(s)); }},
               {"partner", [](const Session& s) { return piece(s, partner(s)); }}},
    .steps = {{.title = "A sentence becomes a table of numbers",
               .says = "This course takes one translation apart, *{source}* → *{target}*. A model that holds "
                       "{n_parameters} learned numbers does the arithmetic, and every number on the way can be "
                       "looked at. School mathematics is enough.\n\n"
                       "The text is cut into pieces, called *tokens*, and every token gets a row of {d_model} "
                       "numbers. This is the table of the source: a row is a token, a column is a *feature*.",
               .body = Show{.names = {"encoder.embed.tokens"}},
               .because = "Nobody decided what a feature means. In *training* the model saw many sentence pairs; "
                          "each time, all its learned numbers were changed a little, so that the right next piece "
                          "became more probable. One pass over all pairs is an *epoch*.\n\n"
                          "A darker shade is a larger number; `…` stands for columns that are left out. `▁` marks "
                          "the beginning of a word, {end} the end of the sentence (lesson 01)."},
              {.title = "A dot product says how alike two rows are",
               .says = "Two rows are compared by one number, their *dot product*: multiply feature by feature, "
                       "then add up. Equal signs make a product positive, different signs make it negative. "
                       "Think of a row as an arrow: two arrows of one direction get a large number, at a right "
                       "angle 0, in opposite directions a negative one; longer arrows get larger numbers.\n\n"
                       "Three features of two tokens, small enough for pencil and paper:",
               .body = Table{.of = "`encoder.embed.scaled` (the rows above, times {scale}; lesson 02 says why), each "
                                   "rounded to one digit from its full value",
                             .grid = table::dot_product_by_hand},
               .because = "Three features say little about two words. The model uses all {d_model}."},
              {.title = "A matrix product: many dot products",
               .says = "Now two rows against two other rows. On the left stands a 2 × 3 table: two tokens, "
                       "three features. Above stands another one, turned on its side to 3 × 2. Each cell of the "
                       "result, 2 × 2, is the dot product of the row to its left and the column above it.",
               .body = Table{.of = "`encoder.embed.scaled`, rounded to one digit", .grid = table::product_scheme},
               .because = "This is a *matrix product*. Turning a table on its side is written with a raised T: A "
                          "Bᵀ."},
              {.title = "The same four cells, spelt out",
               .says = "Row from the left, column from above, multiply, add up.",
               .body = Table{.of = "", .grid = table::product_by_hand},
               .because = "That is the whole rule. Most steps of the model are such products of larger tables."},
              {.title = "Predict: the best partner",
               .says = "The same with whole rows, every token against every token. Against which row is the dot "
                       "product of {asked} the largest?",
               .body = Predict{.choices = {"against {partner}, the best of the other tokens",
                                           "against itself, the row of {asked}", "it is the same against all of them"},
                               .answer = [](const Session& s) -> std::size_t {
                                 const Matrix table = likeness(s);
                                 const double itself = table(asked(s), asked(s)), other = table(asked(s), partner(s));
                                 return itself == other ? 2 : itself > other ? 1 : 0;
                               }},
               .because = "A row against itself adds up squares, and no square is negative. Another row could only "
                          "win by being much longer."},
              {.title = "Every token against every token",
               .says = "One dot product in every cell. On the diagonal, from the upper left to the lower right, "
                       "each token meets itself.",
               .body = Derive{.op = DerivedOp::likeness, .operands = {"encoder.embed.tokens", "encoder.embed.tokens"}},
               .because = "The shade behind a number shows how large it is. The cells above the diagonal repeat "
                          "those below it, because a·b = b·a."},
              {.title = "Like words get like rows",
               .says = "The model knows {vocab_size} pieces, each with a row of its own. For some pieces of the "
                       "sentence, here are the ones most like them. The *cosine* is the dot product divided by "
                       "the lengths of both arrows (the length is the root of a row's dot product with itself): "
                       "1 for the same direction, 0 for a right angle.",
               .body = Table{.of = "the table of embeddings, all {vocab_size} rows", .grid = table::nearest_pieces},
               .because = "Nobody typed in which pieces belong together. In a trained model, pieces that are used "
                          "alike end up with rows that are alike. Some neighbours surprise: very frequent pieces, "
                          "and very rare ones, become alike too."},
              {.title = "The picture that this course explains",
               .says = "While the model writes, each new piece looks back at the source, in shares that add up "
                       "to 1. That is *attention*. A row is one step of writing; a column is a source token; a "
                       "fuller cell is a larger share.\n\n"
                       "At every step the model has read one token and predicts the next. The label of a row "
                       "has both, as `read ▸ predicts`. It begins with {start}, which is only a start sign "
                       "(lesson 01).",
               .body = Show{.names = {"best.weights"}, .zoom = Zoom::heat},
               .because = "In the row {row best.weights 3} the largest share, {peakshare best.weights 3}, goes to "
                          "{peak best.weights 3}. How shares are computed is told in lessons 03 to 06; how the two "
                          "languages meet, in lesson 10."},
              {.title = "One translation, {n_names} matrices",
               .says = "These are all the tables of numbers, or *matrices*, that are computed for this "
                       "sentence, in their order. The encoder reads the source and ends with `encoder.memory`. "
                       "The decoder reads the target as far as it is written, looks into the memory, and ends "
                       "with a probability for every piece to be the next.",
               .body = Table{.of = "a number behind a part counts its matrices", .grid = table::all_names_in_order},
               .because = "`./lessons/run translate --log \"{source}\"` prints a line for each as it is computed. "
                          "{own}"},
              {.title = "How to read the screens",
               .says = "- `encoder.layers.0.self_attn.head.0.scores` is a name: which side, which layer, which "
                       "part of it, which head, which matrix. Counting starts at 0. `L` and `H` in a name stand "
                       "for every layer and head.\n- *Where we are*, the map at the beginning of a lesson, has "
                       "all names; those in `[ ]` are built in that lesson.\n- The size of a matrix is rows × "
                       "columns, with what they count: {shape encoder.memory} for `encoder.memory`.\n- The "
                       "shade behind a number compares it with the largest of its matrix. In colour, blue is "
                       "positive and orange is negative. Where there are only shades, a negative cell begins "
                       "with `-`, or is drawn with strokes.\n- Numbers are rounded for showing. The model "
                       "computes with all digits, so the last one may seem to be off.\n- Signs: × multiplies "
                       "numbers, Σ adds up, √ is the square root, exp(x) is e to the power of x, and A Bᵀ is a "
                       "matrix product as above."},
              {.title = "The course",
               .says = "Every lesson answers one question, and explains its words when it comes to them. The "
                       "last column says which lessons it builds on.",
               .body = Table{.of = "", .grid = table::course_map}},
              {.title = "How to go on",
               .says = "- `./lessons/run list` shows all lessons, and which of them are done.\n- `./lessons/run "
                       "01` opens a lesson, by its number or its name.\n- `./lessons/run 01 --step 3` shows one "
                       "screen of it; its number is at the right of its title.\n- `./lessons/run 01 --text "
                       "\"Where is the station?\"` shows the same lesson with your sentence, and the model's "
                       "own translation of it as the target; `--target \"...\"` gives another one.\n- "
                       "`./lessons/run translate \"Where is the station?\"` only translates.\n\n"
                       "*Predict* asks before it shows: decide first, then read on. A *proof* is a claim that "
                       "has been computed for this sentence while you read; `✓` means that it holds. (With "
                       "`--measure` a lesson prints how large the difference was.)\n\n"
                       "The last line of a lesson counts the matrices that were verified. For the course's own "
                       "sentences, seven *cases*, they are compared with what PyTorch computed; for a sentence "
                       "of your own, every cell is computed a second time from its formula."}},
    .mistakes = {},
    .why =
        "Tables, dot products and shares: the whole model is made of little else.\nWhat looks "
        "like understanding is a long chain of such steps, and each of them can be checked by "
        "hand."};

}  // namespace glass::lesson
