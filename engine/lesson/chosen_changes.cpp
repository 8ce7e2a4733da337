#include "engine/lesson/chosen_changes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/text/utf8.hpp"

namespace glass::lesson::change {
namespace {

constexpr double kLargest = 1e100;  ///< its square, and the sum of many such squares, is still a number
constexpr double kHidden = -std::numeric_limits<double>::infinity();

Matrix column_of(const Ids& ids) {
  Matrix column(ids.size(), 1);
  std::copy(ids.begin(), ids.end(), column.values.begin());
  return column;
}

void require_name(const Session& session, Name name) {
  check(exists(name, session.dims()), "this model has no matrix named " + to_string(name));
}

std::string cell_text(const NamedCell& cell) {
  return to_string(cell.name) + " (" + std::to_string(cell.row) + ", " + std::to_string(cell.col) + ")";
}

/// Refuses a number that is no id of the side that reads it.
void require_id(const Session& session, const NamedCell& cell, double value) {
  const Weights& weights = *session.model().weights;
  const bool encodes = row_of(cell.name).name == "encoder.ids";
  const std::size_t n_ids = (encodes ? weights.encoder_embed : weights.decoder_embed).table->n_cols;
  const bool known = value == std::rint(value) && value >= 0 && value < static_cast<double>(n_ids);
  check(known, cell_text(cell) + " cannot be " + compact(value) + ": the vocabulary has the ids 0 to " +
                   std::to_string(n_ids - 1));
}

void require_mark(const Session& session, const NamedCell& cell, double value) {
  check(value == 0 || value == 1,
        cell_text(cell) + " cannot be " + compact(value) + ": a token is visible, 1, or padding, 0");
  Mat marks = recorded(session.trace(), cell.name);
  marks(cell.row, cell.col) = value;
  check(arma::any(arma::vectorise(marks)),
        cell_text(cell) + " cannot be 0: no other token is visible, and a query must see something");
}

/// Whether hiding this key leaves its query another.
bool may_hide(const Session& session, const NamedCell& cell) {
  if (!row_of(cell.name).name.ends_with(".masked_scores")) return false;
  Mat scores = recorded(session.trace(), cell.name);
  scores(cell.row, cell.col) = kHidden;
  return arma::any(scores.row(cell.row) > kHidden);
}

void require_number(const Session& session, const NamedCell& cell, double value) {
  const std::string& row = row_of(cell.name).name;
  if (row.ends_with(".ids")) return require_id(session, cell, value);
  if (row.ends_with(".visible")) return require_mark(session, cell, value);
  if (value == kHidden && may_hide(session, cell)) return;
  check(std::abs(value) <= kLargest,
        cell_text(cell) + " cannot be " + compact(value) + ": it takes a number between -1e100 and 1e100");
}

}  // namespace

void swap_source_for(const Session& session, const std::string& text, Experiment& experiment) {
  check(text::is_valid_utf8(text), "the other source is not valid UTF-8: " + text::quote(text));
  check(!text::strip(text).empty(), "the other source is blank; the encoder needs a sentence of at least one word");
  const Ids ids = session.model().source_ids(text);
  const std::size_t most = session.model().weights->max_positions;
  check(ids.size() <= most, "the other source has " + std::to_string(ids.size()) +
                                " tokens, but the model has positions for " + std::to_string(most));
  experiment.edits.push_back([ids](Name name, Matrix& value, const Trace&) {
    if (row_of(name).name == "encoder.ids") value = column_of(ids);
    if (row_of(name).name == "encoder.visible") value = column_of(Ids(ids.size(), 1));
  });
}

void switch_off_head(const Session& session, Name name, Experiment& experiment) {
  require_name(session, name);
  check(name.head >= 0, to_string(name) + " does not belong to a single head, so there is none to switch off");
  const Name context = with_leaf(name, "context");
  experiment.edits.push_back([context](Name passing, Matrix& value, const Trace&) {
    if (passing == context) value = Matrix(value.rows, value.cols);
  });
}

void hide_word(const Session& session, std::size_t word, Experiment& experiment) {
  const std::vector<std::string>& pieces = session.labels().source;
  const std::vector<Word> words = words_of_pieces(pieces, WordRule::plain);
  check(word < words.size(), "the source has no word " + std::to_string(word) + "; its words count from 0 to " +
                                 std::to_string(words.size() - 1));
  const Word& hidden = words[word];
  check(hidden.end - hidden.begin < pieces.size(),
        "the source's only word, " + text::quote(hidden.name) + ", cannot be hidden: a query must see something");
  hide_pieces(hidden.begin, hidden.end, experiment);
}

void hide_pieces(std::size_t begin, std::size_t end, Experiment& experiment) {
  experiment.stages.cross_attention = [begin, end, attend = experiment.stages.cross_attention](
                                          const Stages& stage, const AttentionWeights& weights, const Question& in,
                                          const Seam& trace) {
    Visible rest = in.visible;
    for (std::size_t j = begin; j < std::min<std::size_t>(end, rest.n_cols); ++j) rest.col(j).zeros();
    return attend(stage, weights, {in.x, in.memory, rest}, trace);
  };
}

void set_number(const Session& session, const NamedCell& cell, double value, Experiment& experiment) {
  require_name(session, cell.name);
  const Matrix& matrix = session.trace().at(cell.name);
  check(cell.row < matrix.rows && cell.col < matrix.cols,
        to_string(cell.name) + " is " + shape(matrix.rows, matrix.cols) + "; it has no cell (" +
            std::to_string(cell.row) + ", " + std::to_string(cell.col) + ")");
  require_number(session, cell, value);
  experiment.edits.push_back([cell, value](Name name, Matrix& passing, const Trace&) {
    if (name == cell.name && cell.row < passing.rows && cell.col < passing.cols) passing(cell.row, cell.col) = value;
  });
}

}  // namespace glass::lesson::change
