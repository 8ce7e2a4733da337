#include <cmath>

#include "engine/lesson/beam_tree.hpp"
#include "engine/lesson/cells.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/reference/scorer.hpp"
#include "engine/screen/width.hpp"
#include "engine/search/rules.hpp"
#include "engine/search/search.hpp"

namespace glass::lesson::table {
namespace {

constexpr std::size_t kLines = 30, kSteps = 24, kRoom = 44;

/// A search that was watched.
struct Watched {
  search::Settings settings;
  std::vector<std::vector<SearchRecord::Row>> steps;
  std::vector<search::Hypothesis> found;
  BeamTree tree;
};

Watched watch(const Session& session, const search::Settings& settings, std::size_t least) {
  ReferenceScorer scorer(session.model().weights, paper_stages());
  SearchRecord record(scorer, least);
  std::vector<search::Hypothesis> found = search::search(record, {session.source_ids()}, settings).front();
  BeamTree tree = beam_tree_of(record, found, settings);
  return {settings, record.steps(), std::move(found), std::move(tree)};
}

/// The pieces of a branch within so many columns: what does not fit is left out behind the first.
std::string joined(std::vector<std::string> pieces, std::size_t columns) {
  const auto join = [&] {
    std::string text;
    for (const std::string& piece : pieces) text += (text.empty() ? "" : " ") + piece;
    return text;
  };
  std::string text = join();
  if (screen::width(text) <= columns || pieces.size() < 3) return narrow(text, columns);
  pieces[1] = "…";
  while (screen::width(text = join()) > columns && pieces.size() > 3) pieces.erase(pieces.begin() + 2);
  return narrow(text, columns);
}

/// Writes a tree of beams, one line a branch.
class TreeWriter {
 public:
  TreeWriter(const Session& session, const Watched& search) : session_(session), search_(search) {}

  screen::Grid grid() {
    write(0, "", "");
    return std::move(grid_);
  }

 private:
  using Node = BeamTree::Node;

  [[nodiscard]] const Node& node(std::size_t index) const { return search_.tree.nodes.at(index); }

  [[nodiscard]] std::string fate(const Node& end) const {
    if (!end.children.empty()) return "";
    if (end.rank) {
      const std::string score = "score " + fixed(search_.found.at(*end.rank).score, 3);
      return *end.rank == 0 ? "✓ best, " + score : "ended, " + score;
    }
    return end.step == search_.tree.last_step ? "was still running" : "dropped";
  }

  void write(std::size_t at, const std::string& lead, const std::string& below) {
    std::vector<std::string> pieces = {target_piece(session_, node(at).token)};
    while (node(at).children.size() == 1) {
      at = node(at).children.front();
      pieces.push_back(target_piece(session_, node(at).token));
    }
    const std::size_t room = kRoom - std::min(screen::width(lead), kRoom / 2);
    grid_.rows.push_back({lead + joined(std::move(pieces), room), fixed(node(at).sum, 2), fate(node(at))});
    const std::vector<std::size_t>& children = node(at).children;
    for (std::size_t k = 0; k < children.size(); ++k) {
      const bool is_last = k + 1 == children.size();
      write(children[k], below + (is_last ? "└ " : "├ "), below + (is_last ? "  " : "│ "));
    }
  }

  const Session& session_;
  const Watched& search_;
  screen::Grid grid_{{"beam", "log p", "what became of it"}, {}, {false, true, false}};
};

}  // namespace

screen::Grid greedy_steps(const Session& session) {
  search::Settings settings = quick_settings(session);
  settings.num_beams = 1;
  const Watched search = watch(session, settings, 3);
  screen::Grid grid{{"step", "reads", "best, %", "2nd", "3rd", "takes"}, {}, {true}};
  for (std::size_t step = 0; step < std::min(search.steps.size(), kSteps); ++step) {
    const SearchRecord::Row& row = search.steps[step].front();
    std::vector<std::string> cells = {std::to_string(step + 1), narrow(target_piece(session, row.token), 8)};
    for (std::size_t k = 0; k < 3; ++k) {
      if (k >= row.scores.best.size()) {
        cells.emplace_back();
        continue;
      }
      const search::Candidate& next = row.scores.best[k];
      const double p = std::exp(search::log_probability(next, row.scores, settings));
      cells.push_back(narrow(target_piece(session, next.id), 8) + " " + percent(p));
    }
    cells.push_back(narrow(target_piece(session, search.found.front().ids.at(step)), 8));
    grid.rows.push_back(std::move(cells));
  }
  if (search.steps.size() > kSteps) grid.rows.push_back({"…", std::to_string(search.steps.size() - kSteps) + " more"});
  return grid;
}

screen::Grid beam_tree(const Session& session) {
  Watched search = watch(session, quick_settings(session), 0);
  const std::size_t n_cut = prune(search.tree, kLines - 1);
  screen::Grid grid = TreeWriter(session, search).grid();
  if (n_cut > 0) grid.rows.push_back({"… " + std::to_string(n_cut) + " more beams, all dropped", "", ""});
  return grid;
}

screen::Grid n_best(const Session& session) {
  const Watched search = watch(session, quick_settings(session), 0);
  screen::Grid grid{{"rank", "translation", "tokens", "sum of log p", "score"}, {}, {true, false, true, true, true}};
  for (std::size_t rank = 0; rank < search.found.size(); ++rank) {
    const search::Hypothesis& found = search.found[rank];
    const auto length = static_cast<double>(found.ids.size());
    grid.rows.push_back(
        {std::to_string(rank + 1), session.model().tokenizer.decode(found.ids), std::to_string(found.ids.size()),
         fixed(found.score * std::pow(length, search.settings.length_penalty), 3), fixed(found.score, 3)});
  }
  return grid;
}

}  // namespace glass::lesson::table
