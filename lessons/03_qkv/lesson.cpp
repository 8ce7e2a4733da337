/// \file
/// Lesson 03: why three copies of the same word?
#include "engine/lesson/lesson.hpp"

#include <algorithm>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"

namespace glass::lesson {
namespace {

std::vector<Name> query_heads(const Session& session) {
  return names_of(session, "encoder.layers.0.self_attn.head.H*.query");
}

/// The column of `query` in which column `col` of a head is found, number by number.
std::size_t column_in_query(const Session& session, Name head, std::size_t col) {
  const Matrix &query = session.at("encoder.layers.0.self_attn.query"), &part = session.trace().at(head);
  std::size_t found = 0;
  const auto same = [&](std::size_t i, std::size_t j) { return query(i, j) == part(i, col); };
  const auto all_same = [&](std::size_t j) {
    for (std::size_t i = 0; i < query.rows; ++i)
      if (!same(i, j)) return false;
    return true;
  };
  while (found < query.cols && !all_same(found)) ++found;
  return found;
}

screen::Grid columns_of_heads(const Session& session) {
  screen::Grid grid{{"head", "from", "to"}, {}, {false, true, true}};
  for (const Name head : query_heads(session)) {
    const std::size_t last = session.trace().at(head).cols - 1;
    grid.rows.push_back({"`head." + std::to_string(head.head) + ".query`",
                         "column " + std::to_string(column_in_query(session, head, 0)),
                         "column " + std::to_string(column_in_query(session, head, last))});
  }
  return grid;
}

}  // namespace

extern const Lesson lesson_03_qkv{
    .id = "03_qkv",
    .title = "Query, key, value",
    .question = "Why three copies of the same word?",
    .minutes = 8,
    .needs = {"02_embed"},
    .builds = {"*.query", "*.key", "*.value"},
    .formula = "Q = x W_Q, K = x W_K, V = x W_V",
    .source = "Vaswani et al. (2017), section 3.2.2",
    .values = {{"heads", [](const Session& session) { return std::to_string(query_heads(session).size()); }}},
    .steps = {{.title = "A token has three jobs",
               .says = "From here to lesson 07 tokens exchange information. This is *attention*, and in it "
                       "every token has three jobs: it asks, it is found, and it hands something over.\n\n"
                       "A dictionary works like this. A reader comes with a *query*. Every entry has a *key*, "
                       "by which it is found, and a *value*, which the reader takes away. The key is one word, "
                       "the value an explanation: they need not look alike.\n\n"
                       "Two things are different here. The query is held against all keys, and each of them "
                       "fits more or less (lesson 04). And the reader takes a mixture away, with more of the "
                       "values whose keys fit better (lessons 06 and 07).\n\n"
                       "We begin with what lesson 02 left: one row of {d_model} features for each token. Here "
                       "is the row of {row encoder.embed.sum 4}. In the formulas it is a row of *x*.",
               .body = Show{.names = {"encoder.embed.sum"}, .zoom = Zoom::row, .at = {4, 0}}},
              {.title = "With one copy, the table is a mirror",
               .says = "Could the row itself do all three jobs? Then *x* would ask, and *x* would be asked. "
                       "Here every row of *x* is held against every row of *x*: each cell is the dot product of "
                       "two rows.\n\n"
                       "Fold the table along the line from top left to bottom right, and equal numbers meet. "
                       "What {row encoder.embed.sum 0} finds in {row encoder.embed.sum -1} is exactly what {row "
                       "encoder.embed.sum -1} finds in {row encoder.embed.sum 0}.",
               .body = Derive{.op = DerivedOp::likeness, .operands = {"encoder.embed.sum", "encoder.embed.sum"}},
               .because = "A language is not like this: a verb may have to find its subject to get its form, while "
                          "the subject does not need the verb. So asking and being asked must be two different "
                          "things."},
              {.title = "One number of a query, by hand",
               .says = "So the row is turned into three new rows, each by weights of its own. Below is one "
                       "number of the first of them, feature 0 of what {row encoder.layers.0.self_attn.query 4} "
                       "asks.\n\n"
                       "Every feature of the token's row is multiplied by a weight from W_Q, the products are "
                       "added, and one more learned number, the *bias*, is added to the sum. W_Q has {d_model} "
                       "× {d_model} weights. Training found them, and they are the same for every token and "
                       "every sentence. (The checkpoint keeps W_Q turned on its side, as `q_proj.weight`: the "
                       "weights for feature 0 are its row 0.)",
               .body = Show{.names = {"encoder.layers.0.self_attn.query"}, .zoom = Zoom::cell, .at = {4, 0}}},
              {.title = "One row in, three rows out",
               .says = "Done for all {d_model} features, this gives one row. Done with W_K and with W_V, it "
                       "gives two more.\n\n"
                       "All three are made of the same row of *x*. They differ because the weights differ, and "
                       "the weights differ because training needed them for three different jobs.",
               .body = Show{.names = {"encoder.layers.0.self_attn.query", "encoder.layers.0.self_attn.key",
                                      "encoder.layers.0.self_attn.value"},
                            .zoom = Zoom::row,
                            .at = {4, 0}},
               .because = "No person has decided what a feature means. Feature 0 of the query has to do with "
                          "feature 0 of the key, because lesson 04 multiplies these two; it has nothing to do with "
                          "feature 0 of the value."},
              {.title = "The matrix: every token asks",
               .says = "All tokens at once are one matrix product, *x* times W_Q, with the bias added to every "
                       "row. The columns in the middle are left out here.",
               .body = Show{.names = {"encoder.layers.0.self_attn.query"}},
               .because = "Row *i* depends on row *i* of *x* alone. Up to here no token knows of another one."},
              {.title = "The code of the map",
               .says = "One function makes all three; `linear` is one pair of W and b: for queries, keys or "
                       "values.",
               .body = Code{"engine/stages/heads.cpp", "project"}},
              {.title = "Predict: who gets column 1?",
               .says = "A row of {d_model} features is a lot for one question. This layer asks {heads} smaller "
                       "questions instead: the columns of `query` are divided among {heads} *heads*, and each "
                       "head gets {cols encoder.layers.0.self_attn.head.0.query} of them. `key` and `value` are "
                       "divided in the same way.\n\n"
                       "Columns and heads count from 0. Column 0 of `query` becomes column 0 of head 0. What "
                       "becomes of column 1?",
               .body = Predict{.choices = {"column 1 of head 0: a head gets a block of columns",
                                           "column 0 of head 1: each head gets a column in turn",
                                           "that depends on the token"},
                               .answer = [](const Session& session) -> std::size_t {
                                 const Name head = query_heads(session).front();
                                 const std::size_t last = session.trace().at(head).cols - 1;
                                 return last > 0 && column_in_query(session, head, 1) == 1 ? 0 : 1;
                               }}},
              {.title = "Where the heads begin and end",
               .says = "Read off the matrices: for the first and the last column of each head, the column of "
                       "`query` that holds the same numbers.",
               .body = Table{.of = "columns of `encoder.layers.0.self_attn.query`", .grid = columns_of_heads},
               .because = "Head *h* is columns h · d_k to (h + 1) · d_k − 1, where d_k is the number of columns of "
                          "a head."},
              {.title = "A head is a range of columns",
               .says = "The same as a claim: column *j* of head *h* is column h · d_k + j of the whole, for "
                       "queries, keys and values, in every layer.",
               .body = Proof{.bound = 0, .measure = proof::head_is_a_range_of_columns},
               .because = "Nothing is computed here, only cut. Another order of columns would do as well in "
                          "training; with weights that were trained for this order it is fatal, as the experiment "
                          "at the end shows."},
              {.title = "The code of the cut",
               .says = "`x.cols(first, last)` is a range of columns in Armadillo, the library that does our "
                       "matrix products.",
               .body = Code{"engine/stages/heads.cpp", "split_heads"}},
              {.title = "One big map, or a small one for each head?",
               .says = "The paper gives every head its own W_Q, with d_model rows and d_k columns. Here there "
                       "is one W_Q for all heads, and the result is cut. Many readers ask whether that is the "
                       "same.\n\n"
                       "It is. Column *j* of *x* W_Q is made with column *j* of W_Q and no other. So the "
                       "columns of W_Q that belong to head *h* are that head's own map. Computed both ways, for "
                       "every head of the model:",
               .body = Proof{.bound = 1e-12, .measure = proof::one_projection_cut_is_many},
               .because = "The paper has several heads so that the model can look at several places, in several "
                          "ways, at once (section 3.2.2). Each of these maps reads the *whole* row of *x*. Cutting "
                          "*x* first, and giving every head only its part of the row, would be something else."},
              {.title = "Biases, and the size of a head",
               .says = "",
               .body =
                   Departure{.paper =
                                 "Section 3.2.2: the projections are plain matrices, without a bias. A head has d_k = "
                                 "d_model / h features, h being the number of heads.",
                             .model = "Queries, keys and values have a bias each: x W + b.\n\n"
                                      "The size of a head: The same. {d_model} features, {heads} heads, {cols "
                                      "encoder.layers.0.self_attn.head.0.query} for each."}},
              {.title = "The heads, side by side",
               .says = "The queries of all {heads} heads of this layer, as shades: rows are tokens, columns are "
                       "the head's features. Every head asks in its own way.",
               .body = Show{.names = {"encoder.layers.0.self_attn.head.H*.query"}, .zoom = Zoom::heat}},
              {.title = "With two maps, the mirror is gone",
               .says = "We hold every query of head 0 against every key of head 0, as we did with *x* itself. "
                       "Row {row encoder.embed.sum 0}, column {row encoder.embed.sum -1} is one number now, and "
                       "row {row encoder.embed.sum -1}, column {row encoder.embed.sum 0} is another one.",
               .body = Derive{.op = DerivedOp::likeness,
                              .operands = {"encoder.layers.0.self_attn.head.0.query",
                                           "encoder.layers.0.self_attn.head.0.key"}},
               .because = "This is why asking and being asked are two versions. That the value is a third one lets "
                          "a token be found by one thing and hand over another. Lesson 04 takes this table up."},
              {.title = "Try it: deal the columns out in turn",
               .says = "The same model with the other cut: head *h* gets columns h, h + {heads}, and so on. "
                       "Column 1 of head 0 is now what column {heads} of `query` was. All shapes fit, and "
                       "nothing complains. Every query still meets the key that was cut in the same way; only "
                       "the heads are mixed up.",
               .body = Try{.change = change::interleave_heads},
               .because = "Each head now works with a few features of every trained head, and asks none of the "
                          "questions that it was trained for."}},
    .mistakes = {{15,
                  "W is used transposed, x Wᵀ for x W. It is square, so nothing complains, and every "
                  "number is wrong. Your query is then exactly *x* times the transpose of the right "
                  "matrix, plus the bias."},
                 {18,
                  "W_Q and W_K change places. Your query is then our key. In self-attention the scores "
                  "come out as the transpose of the right ones, and look healthy."},
                 {23,
                  "The heads are made by reshaping the numbers from tokens × d_model to heads × tokens × "
                  "d_k, without swapping the axes. The shape is right and the numbers are the same ones in "
                  "the same order, but a head now holds all features of a few tokens instead of a few "
                  "features of all tokens."}},
    .why =
        "With one copy of each token, what A finds in B would be what B finds in A, and a token "
        "could be found only by what it hands over. Three maps make three jobs of it.\nOne map "
        "cut into heads asks several small questions for the price of a large one."};

}  // namespace glass::lesson
