#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "engine/screen/grid.hpp"
#include "engine/trace/derived.hpp"

namespace glass {
struct Experiment;
}

namespace glass::lesson {

class Session;

/// What a lesson's author writes: paragraphs with an empty line between, `names` in backticks, *emphasis*, and in
/// braces what only the trace knows (see expand.hpp), so that no number is typed.
using Text = std::string;

/// Which cell a step speaks of. Negative counts from the end; beyond the matrix means its last row or column.
struct At {
  int row = 0, col = 0;
};

/// How near we look.
enum class Zoom {
  cell,    ///< one number and the arithmetic behind it, its row beside it
  row,     ///< one row
  matrix,  ///< every number, with heat behind it
  heat,    ///< no numbers: several matrices fit on one screen
  growing  ///< heat of its first row, of more and more rows, of all: as generation makes them
};

/// Nothing but what the step says.
struct Prose {};

/// Matrices of the trace. A name may begin with `best.` (the head that aligns words best) or `best_layer.` (its layer's
/// cross-attention), and `H*` or `L*` in it stand for every head or layer.
struct Show {
  std::vector<std::string> names;
  Zoom zoom = Zoom::matrix;
  At at{};
  bool padded = false;     ///< of the same sentence with padding behind it
  bool predicted = false;  ///< of the vocabulary's columns, that of the token which the row predicts
  bool largest = false;    ///< of the row's cells, that with the largest number
};

/// A matrix that the contract does not name, computed from those that it does, and shown with that expression.
struct Derive {
  DerivedOp op;
  std::vector<std::string> operands;  ///< as in Show
  Zoom zoom = Zoom::matrix;
};

/// A cross-attention table of words (word_sum) at initialisation and after each epoch of the training: data/model has
/// them of the course's own pair (history.npz).
struct Epochs {
  std::string name;  ///< as in Show
};

/// The function as it is compiled.
struct Code {
  std::string file, function;
};

/// What the paper says and what this model does; "The same." where readers expect otherwise.
struct Departure {
  Text paper, model;
};

/// What a proof found: the largest difference, or why it does not apply to this sentence or model.
struct Measured {
  double value = 0;
  std::string not_here{};
};

/// A claim (what the step says) that is computed and holds if the measured number is at most `bound`.
struct Proof {
  double bound = 0;
  Measured (*measure)(const Session&, const Experiment&) = nullptr;  ///< of the plain model, or a changed one
};

/// A question (what the step says) with two to four answers, of which the trace decides.
struct Predict {
  std::vector<Text> choices;
  std::function<std::size_t(const Session&)> answer;
};

/// An experiment on the running model: before, after, what stayed equal, and what became of the translation.
struct Try {
  void (*change)(const Session&, Experiment&) = nullptr;
  std::vector<std::string> shows{};  ///< names to lay side by side, before and after
  bool lists = false;                ///< print which decoder matrices stay bit-equal, and which change first
};

/// A table of what is read off the trace, with the expression over contract names that it is derived by.
struct Table {
  Text of;
  screen::Grid (*grid)(const Session&) = nullptr;
};

using Body = std::variant<Prose, Show, Derive, Epochs, Code, Departure, Proof, Predict, Try, Table>;

/// One screen of a lesson.
struct Step {
  Text title, says;
  Body body = Prose{};
  Text because{};  ///< one or two lines after it: why
};

/// A mistake seen in the wild, by its number in the catalogue.
struct Told {
  int id;
  Text says;
};

/// A value that only this lesson's text uses: `{name}`.
struct Value {
  std::string name;
  std::function<std::string(const Session&)> text;
};

/// A lesson: a question, and the steps to its answer. The folder's name is its id.
struct Lesson {
  std::string id;  ///< "04_scores"
  Text title, question;
  int minutes = 5;
  std::vector<std::string> needs;  ///< ids of the lessons before
  std::vector<std::string>
      builds;      ///< patterns over contract rows (`*.head.H.scores`); verified in every layer and case
  Text formula{};  ///< as in the paper
  Text source;     ///< where in the paper
  std::vector<Value> values{};
  std::vector<Step> steps;
  std::vector<Told> mistakes{};
  Text why;
};

}  // namespace glass::lesson
