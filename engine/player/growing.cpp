#include "engine/player/growing.hpp"

#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/figures.hpp"
#include "engine/trace/derived.hpp"

namespace glass::player {
namespace {

screen::Figure whole(const lesson::Session& session, const Growing& growing) {
  if (!growing.averaged) return lesson::figure_of(session.plain(), growing.weights);
  std::string heads = to_string(growing.weights);
  heads.replace(heads.find(".head.") + 6, std::to_string(growing.weights.head).size(), "H*");
  return lesson::figure_of(session, lesson::Derive{DerivedOp::mean, {heads}});
}

}  // namespace

screen::Figure figure_of(const lesson::Session& session, const Growing& growing) {
  const screen::Figure all = whole(session, growing);
  screen::Figure figure = lesson::first_rows(all, std::min(growing.rows, all.values.rows));
  for (std::size_t i = 0; i < figure.values.rows; ++i) figure.marks.push_back({i, best(figure.values.view(), i), true});
  return figure;
}

std::string told(const lesson::Session& session, const Growing& growing) {
  const screen::Figure figure = figure_of(session, growing);
  const std::size_t row = figure.values.rows - 1, col = best(figure.values.view(), row);
  const Labels& labels = session.labels();
  return "Step " + std::to_string(row + 1) + ": reads `" + labels.target_read.at(row) + "`, predicts `" +
         labels.target_predicted.at(row) + "`, looks most at `" + labels.source.at(col) + "` (" +
         lesson::percent(figure.values(row, col)) + " %).";
}

}  // namespace glass::player
