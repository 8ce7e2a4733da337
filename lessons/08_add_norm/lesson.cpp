/// \file
/// Lesson 08: why add the input back, and why normalise?
#include "engine/lesson/lesson.hpp"

#include <cmath>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/screen/figure.hpp"

namespace glass::lesson {
namespace {

/// All numbers of a matrix without their signs, added up.
double size_of(const Matrix& matrix) {
  double size = 0;
  for (const double value : matrix.values) size += std::abs(value);
  return size;
}

bool every_row_adds_up_to_nothing(const Matrix& matrix) {
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < matrix.cols; ++j) sum += matrix(i, j);
    if (std::abs(sum) > 1e-6) return false;
  }
  return true;
}

}  // namespace

extern const Lesson lesson_08_add_norm{
    .id = "08_add_norm",
    .title = "Add & norm",
    .question = "Why add the input back, and why normalise?",
    .minutes = 9,
    .needs = {"07_self_attention"},
    .builds = {"*.residual", "*.norm"},
    .formula = "LayerNorm(x + Sublayer(x))",
    .source = "Vaswani et al. (2017), section 3.1; LayerNorm is by Ba et al. (2016)",
    .values = {{"x_size", [](const Session& s) { return screen::number(size_of(s.at("encoder.embed.sum")), 0); }},
               {"output_size",
                [](const Session& s) { return screen::number(size_of(s.at("encoder.layers.0.self_attn.output")), 0); }},
               {"flat_rows",
                [](const Session& s) -> std::string {
                  return s.topic().shipped_model ? "two rows of the golden case flat-row"
                                                 : "two random rows, the first one nearly flat";
                }}},
    .steps = {{.title = "A sub-layer has answered",
               .says = "Self-attention is one *sub-layer*. It has read `x`, which in layer 0 is "
                       "`encoder.embed.sum` (the end of lesson 02), and has answered with `output`. Both have a "
                       "row for each token and a column for each feature: {shape "
                       "encoder.layers.0.self_attn.output}.\n\n"
                       "After every sub-layer of the model the same two things happen. The answer is added to "
                       "what was read, and the sum is normalised. The paper calls the two together *Add & Norm*.",
               .body = Show{.names = {"encoder.layers.0.self_attn.output"}}},
              {.title = "Predict: what was read, or the answer?",
               .says = "We take all numbers of `x`, leave out their signs and add them up; then the same with "
                       "`output`. Which of the two sums is larger?",
               .body = Predict{.choices = {"that of `x`, which was read", "that of `output`, the answer"},
                               .answer = [](const Session& s) -> std::size_t {
                                 return size_of(s.at("encoder.embed.sum")) >
                                                size_of(s.at("encoder.layers.0.self_attn.output"))
                                            ? 0
                                            : 1;
                               }},
               .because = "The sums are {x_size} and {output_size}. Either way `x` goes into the sum as it is. The "
                          "sub-layer does not have to say again what is already there; it says what is to change."},
              {.title = "Add: one cell by hand",
               .says = "`residual` = x + output, cell by cell. Here is the first feature of {row "
                       "encoder.layers.0.self_attn.residual 4}.",
               .body = Show{.names = {"encoder.layers.0.self_attn.residual"}, .zoom = Zoom::cell, .at = {4, 0}}},
              {.title = "Read, answered, added: one row",
               .says = "The same token in all three matrices.",
               .body = Show{.names = {"encoder.embed.sum", "encoder.layers.0.self_attn.output",
                                      "encoder.layers.0.self_attn.residual"},
                            .zoom = Zoom::row,
                            .at = {4, 0}}},
              {.title = "The residual",
               .says = "Done for every token. In He et al. (2016), where the idea comes from, *residual* means "
                       "the change that a sub-layer learns. Here it is the name of the sum x + output.",
               .body = Show{.names = {"encoder.layers.0.self_attn.residual"}}},
              {.title = "Try it: no residual",
               .says = "The same model, with `output` in the place of x + output after every sub-layer.",
               .body = Try{.change = change::forget_residual, .shows = {"best.weights"}},
               .because = "All rows of the table are alike now: which token a row stands for, and at which place, "
                          "now reaches the next sub-layer only as far as the answer repeats it. The sub-layers "
                          "were trained to answer with a change, so they repeat little."},
              {.title = "Why normalise?",
               .says = "Nothing keeps the numbers of a sum at one size. Each row of `residual` has its own mean "
                       "and its own spread (the root of its variance), and every further sum moves both.\n\n"
                       "The weights of the next sub-layer are the same for every row. So each row is brought to "
                       "one size before it is read: mean 0 and variance 1, and then a learned size and shift "
                       "for each feature. That is layer normalisation.",
               .body =
                   Table{.of = "rows of `encoder.layers.0.self_attn.residual` and `.norm`", .grid = table::row_spread},
               .because = "Before, the rows differ; after, they are much alike. How it is done comes next."},
              {.title = "Norm: one cell by hand",
               .says = "First the mean of the whole row is taken, then its variance: the squared distances from "
                       "the mean, added up and divided by {d_model}, the number of features. The root of the "
                       "variance measures the spread.\n\n"
                       "The cell's own number, minus the mean, divided by the root, is normalised. Last it is "
                       "multiplied by γ (gamma), and β (beta) is added.",
               .body = Show{.names = {"encoder.layers.0.self_attn.norm"}, .zoom = Zoom::cell, .at = {4, 0}},
               .because = "γ and β are learned: one number each for every feature, the same for all tokens. With "
                          "them training can give a feature back the size that the next sub-layer needs."},
              {.title = "One row, before and after",
               .says = "Mean and variance are taken over the features of one token. No row reads another one "
                       "here.",
               .body = Show{.names = {"encoder.layers.0.self_attn.residual", "encoder.layers.0.self_attn.norm"},
                            .zoom = Zoom::row,
                            .at = {4, 0}},
               .because = "The variance is divided by d_model, not by d_model − 1. Some libraries do the latter "
                          "unless they are told otherwise."},
              {.title = "The norm",
               .says = "The whole matrix. The next sub-layer reads this, and nothing else.",
               .body = Show{.names = {"encoder.layers.0.self_attn.norm"}}},
              {.title = "Before γ and β, the mean is 0",
               .says = "We norm every `residual` of the encoder and the decoder with γ = 1 and β = 0. Every row "
                       "has mean 0.",
               .body = Proof{.bound = 1e-12, .measure = proof::norm_has_mean_zero}},
              {.title = "Predict: and after γ and β?",
               .says = "The numbers of a row with mean 0 add up to 0. Do the numbers of each row of "
                       "`encoder.layers.0.self_attn.norm` add up to 0?",
               .body = Predict{.choices = {"yes, in every row", "no, not in every row"},
                               .answer = [](const Session& s) -> std::size_t {
                                 return every_row_adds_up_to_nothing(s.at("encoder.layers.0.self_attn.norm")) ? 0 : 1;
                               }},
               .because = "γ multiplies each feature by its own factor and β adds its own amount. A test of a norm "
                          "must look at the numbers before that, or put γ and β in as well."},
              {.title = "A row that is nearly flat",
               .says = "If all numbers of a row are nearly the same, its variance is nearly 0, and we divide by "
                       "its root. So a small number is added under the root, called ε (epsilon): 1e-5.\n\n"
                       "The row, minus its mean, is multiplied by 1 / √(variance + ε). In an ordinary row one "
                       "cannot see whether ε is there; in a made-up, nearly flat one it decides.",
               .body = Table{.of = "{flat_rows}", .grid = table::epsilon}},
              {.title = "ε stands inside the root",
               .says = "Our norm of the nearly flat rows, against the golden case that PyTorch computed.",
               .body = Proof{.bound = 1e-9, .measure = proof::epsilon_inside_the_root}},
              {.title = "How large is ε?",
               .says = "",
               .body =
                   Departure{.paper = "Names no ε: LayerNorm is taken from Ba et al. (2016).",
                             .model =
                                 "ε = 1e-5, as Hugging Face's code has it for every Marian checkpoint. Marian's own "
                                 "program has a smaller one; in an ordinary row nobody can tell."}},
              {.title = "First add, then norm",
               .says = "",
               .body =
                   Departure{.paper =
                                 "The output of each sub-layer is LayerNorm(x + Sublayer(x)). The norm comes after the "
                                 "sum: *post-norm*.",
                             .model =
                                 "The same. Most newer models, GPT-2 and Llama among them, turn it round, x + "
                                 "Sublayer(Norm(x)): *pre-norm*. It is easier to train when there are many layers."}},
              {.title = "Try it: norm first",
               .says = "The weights of this model, which were trained post-norm, in layers that norm first.",
               .body = Try{.change = change::norm_before, .shows = {"best.weights"}},
               .because = "No shape changes and nothing complains: both kinds of layer have the same weights. A "
                          "pre-norm model has one more norm, at the end of each stack."},
              {.title = "The code: norm",
               .says = "`y.each_col()` and `y.each_row()` do the same to every column or row. `arma::mean(x, "
                       "1)` is the mean of each row, `%=` multiplies cell by cell.",
               .body = Code{"engine/stages/add_norm.cpp", "norm"}},
              {.title = "The code: add, then norm",
               .says = "The end of every sub-layer. `trace` records the matrix under its name and hands it on.",
               .body = Code{"engine/stages/add_norm.cpp", "add_norm"}}},
    .mistakes = {{59,
                  "The residual is forgotten: LayerNorm(Sublayer(x)). The first wrong matrix differs from "
                  "the right one by exactly `x`, before the norm."},
                 {64,
                  "The variance is divided by d_model − 1. Before γ and β every number is too small by the "
                  "same factor, √((d_model − 1) / d_model), which is so near to 1 that the translation "
                  "seldom changes."},
                 {67,
                  "The mean is taken over the tokens and not over the features. Then the columns have mean "
                  "0 instead of the rows, and a row that stands alone comes out as β, whatever was in it."}},
    .why =
        "With the sum, a sub-layer has to learn only a change. In training the sum also lets the "
        "error reach the lowest layer without passing through every sub-layer above.\nThe norm "
        "keeps each row at one size, so that weights fit every token and every layer."};

}  // namespace glass::lesson
