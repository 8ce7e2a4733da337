#include "engine/lesson/figures.hpp"

#include <algorithm>

#include "engine/lesson/names.hpp"
#include "engine/trace/npz.hpp"
#include "engine/trace/placeholder.hpp"

namespace glass::lesson {
namespace {

bool counts_tokens(Axis axis) { return axis == Axis::source || axis == Axis::target; }

screen::Scale scale_of(const Row& row) {
  if (row.name.ends_with(".weights")) return screen::Scale::share;
  if (row.name.ends_with("ids")) return screen::Scale::none;
  return row.op == Op::given ? screen::Scale::flag : screen::Scale::signed_;
}

/// What rows and columns of an attention table are: who asks, who is asked.
bool asks(const Row& row) { return counts_tokens(row.rows) && counts_tokens(row.cols); }

std::vector<std::string> labels(std::size_t count, const std::function<std::string(std::size_t)>& label) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(label(i));
  return result;
}

/// "layer 1, head 0"
std::string panel_of(Name name) {
  std::string text = name.layer < 0 ? "" : "layer " + std::to_string(name.layer);
  if (name.head >= 0) text += ", head " + std::to_string(name.head);
  return text;
}

std::vector<std::string> word_names(const std::vector<Word>& words) {
  std::vector<std::string> names;
  for (const Word& word : words) names.push_back(word.name);
  return names;
}

/// The target words as decoder rows show them: what is read, and the word whose first piece is predicted.
std::vector<std::string> predicting(const std::vector<Word>& words, const Labels& labels) {
  std::vector<std::string> names;
  for (const Word& word : words) names.push_back(labels.target_read.at(word.begin) + " ▸ " + word.name);
  return names;
}

Grouping grouping(const Session& session) { return grouping_of(session.labels(), WordRule::plain, WordRule::french); }

/// What the operands' labels become under the operation.
void label(screen::Figure& figure, const Session& session, const Derive& derive, const screen::Figure& first) {
  figure.row_labels = first.row_labels;
  figure.col_labels = first.col_labels;
  figure.row_axis = first.row_axis;
  figure.col_axis = first.col_axis;
  figure.fold = first.fold;
  if (derive.op == DerivedOp::word_sum) {
    const Grouping words = grouping(session);
    figure.row_labels = predicting(words.target, session.labels());
    figure.col_labels = word_names(words.source);
    figure.row_axis = "target words (read ▸ first piece predicts)";
    figure.col_axis = "source words";
  } else if (derive.op == DerivedOp::likeness) {
    figure.col_labels = figure_of(session.plain(), name_of(session, derive.operands.back())).row_labels;
    figure.col_axis = figure.row_axis;
    figure.fold = true;
  } else if (derive.op == DerivedOp::entropy) {
    figure.col_labels = {"bits"};
    figure.col_axis = "";
  }
}

std::vector<Name> operands(const Session& session, const Derive& derive) {
  std::vector<Name> names;
  for (const std::string& text : derive.operands) {
    for (const Name name : names_of(session, text)) names.push_back(name);
  }
  return names;
}

/// Rows [first, first + count).
screen::Figure rows_of(const screen::Figure& figure, std::size_t first, std::size_t count) {
  screen::Figure part = figure;
  part.values = Matrix(count, figure.values.cols);
  part.row_labels.clear();
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < figure.values.cols; ++j) part.values(i, j) = figure.values(first + i, j);
    part.row_labels.push_back(figure.row_labels.at(first + i));
  }
  return part;
}

}  // namespace

std::string axis_text(Axis axis) {
  switch (axis) {
    case Axis::one:
      return "";
    case Axis::source:
      return "source tokens";
    case Axis::target:
      return "target tokens, read ▸ predicts";
    case Axis::d_model:
      return "features";
    case Axis::d_k:
      return "features of the head";
    case Axis::d_ff:
      return "hidden features";
    case Axis::vocab_size:
      return "the vocabulary";
  }
  return "";
}

screen::Figure figure_of(const Pass& pass, Name name) {
  const Row& row = glass::row_of(name);
  screen::Figure figure;
  figure.title = to_string(name);
  figure.panel = panel_of(name);
  figure.values = pass.trace.at(name);
  figure.row_labels = labels(figure.values.rows, [&](std::size_t i) { return row_label(name, i, pass.labels); });
  figure.col_labels = labels(figure.values.cols, [&](std::size_t j) { return column_label(name, j, pass.labels); });
  if (row.cols == Axis::one) figure.col_labels = {row.name.ends_with("ids") ? "id" : "real"};
  figure.row_axis = axis_text(row.rows) + (asks(row) ? " (ask)" : "");
  figure.col_axis = asks(row) ? (row.cols == Axis::source ? "source tokens (are asked)" : "tokens read (are asked)")
                              : axis_text(row.cols);
  figure.scale = scale_of(row);
  figure.digits = row.op == Op::given ? 0 : 2;
  figure.fold = counts_tokens(row.cols);
  return figure;
}

std::string panels_title(const Session& session, const std::vector<std::string>& texts) {
  std::vector<Name> names;
  for (const std::string& text : texts) {
    for (const Name name : names_of(session, text)) names.push_back(name);
  }
  const Name first = names.at(0);
  const auto differ = [&](auto part) {
    return std::any_of(names.begin(), names.end(), [&](Name name) { return part(name) != part(first); });
  };
  if (differ([](Name name) { return name.row; })) return "";
  std::string title = to_string(first);
  if (differ([](Name name) { return name.layer; }))
    title = replaced(title, ".layers." + std::to_string(first.layer) + ".", ".layers.L.");
  if (differ([](Name name) { return name.head; }))
    title = replaced(title, ".head." + std::to_string(first.head) + ".", ".head.H.");
  return title;
}

screen::Figure row_of(const screen::Figure& figure, std::size_t row) {
  screen::Figure single = rows_of(figure, row, 1);
  single.title += ", row " + std::to_string(row);
  single.row_axis.clear();
  return single;
}

screen::Figure first_rows(const screen::Figure& figure, std::size_t count) {
  screen::Figure part = rows_of(figure, 0, count);
  part.panel = count == 1 ? "after 1 step" : "after " + std::to_string(count) + " steps";
  return part;
}

std::vector<screen::Figure> epoch_figures(const Session& session, const Epochs& epochs) {
  const Npz history(session.topic().data / "model" / "history.npz");
  const Name name = name_of(session, epochs.name);
  const Grouping words = grouping(session);
  std::vector<screen::Figure> figures;
  for (std::size_t epoch = 0;; ++epoch) {
    const std::string key = "epoch." + std::to_string(epoch) + "." + to_string(name);
    if (std::find(history.names().begin(), history.names().end(), key) == history.names().end()) break;
    const Array array = history.read(key);
    screen::Figure figure;
    figure.title = key;
    figure.panel = "epoch " + std::to_string(epoch);
    figure.values = glass::derive(DerivedOp::word_sum, {array.view()}, words);
    figure.scale = screen::Scale::share;
    figure.form = screen::Form::heat;
    figure.row_labels = word_names(words.target);
    figure.col_labels = word_names(words.source);
    figure.row_axis = "target words";
    figure.col_axis = "source words";
    figures.push_back(std::move(figure));
  }
  return figures;
}

Matrix derived_from(const Trace& trace, const Session& session, const Derive& derive) {
  std::vector<MatrixView> views;
  for (const Name name : operands(session, derive)) views.push_back(trace.at(name).view());
  return glass::derive(derive.op, views, derive.op == DerivedOp::word_sum ? grouping(session) : Grouping{});
}

screen::Figure figure_of(const Session& session, const Derive& derive) {
  const std::vector<Name> names = operands(session, derive);
  std::vector<std::string> texts;
  for (const Name name : names) texts.push_back(to_string(name));
  const screen::Figure first = figure_of(session.plain(), names.at(0));
  screen::Figure figure;
  figure.title = expression(derive.op, texts);
  figure.values = derived_from(session.trace(), session, derive);
  const bool shares = derive.op == DerivedOp::mean || derive.op == DerivedOp::word_sum;
  figure.scale = shares ? first.scale : screen::Scale::signed_;
  label(figure, session, derive, first);
  return figure;
}

}  // namespace glass::lesson
