#include "engine/player/growing.hpp"

#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/figures.hpp"
#include "engine/trace/derived.hpp"

namespace glass::player {

std::optional<lesson::Derive> derived(const Growing& growing) {
  if (!growing.averaged) return std::nullopt;
  std::string heads = to_string(growing.weights);
  heads.replace(heads.find(".head.") + 6, std::to_string(growing.weights.head).size(), "H*");
  return lesson::Derive{DerivedOp::mean, {heads}};
}

screen::Figure figure_of(const lesson::Session& session, const Growing& growing) {
  const std::optional<lesson::Derive> average = derived(growing);
  const screen::Figure all =
      average ? lesson::figure_of(session, *average) : lesson::figure_of(session.plain(), growing.weights);
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
