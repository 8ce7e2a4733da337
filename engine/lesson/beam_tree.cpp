#include "engine/lesson/beam_tree.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/search/rules.hpp"

namespace glass::lesson {
namespace {

using Node = BeamTree::Node;

/// The log-probability that a row gave to a token which then was taken.
double log_probability_of(std::int64_t id, const search::RowScores& scores, const search::Settings& settings) {
  const auto found = std::find_if(scores.best.begin(), scores.best.end(),
                                  [&](const search::Candidate& candidate) { return candidate.id == id; });
  if (found == scores.best.end()) throw std::out_of_range("beam_tree_of: a token that was not proposed");
  return search::log_probability(*found, scores, settings);
}

/// Grows a tree from a record; remembers which row each node is.
class Builder {
 public:
  Builder(const SearchRecord& record, const search::Settings& settings) : record_(record), settings_(settings) {}

  BeamTree tree(const std::vector<search::Hypothesis>& found) {
    add_rows();
    for (std::size_t rank = 0; rank < found.size(); ++rank) add_translation(found[rank].ids, rank);
    for (Node& node : tree_.nodes) {
      std::stable_sort(node.children.begin(), node.children.end(),
                       [&](std::size_t a, std::size_t b) { return tree_.nodes[a].sum > tree_.nodes[b].sum; });
    }
    return std::move(tree_);
  }

 private:
  std::size_t add(std::size_t parent, std::int64_t token) {
    const Node& before = tree_.nodes.at(parent);
    const double sum = before.sum + log_probability_of(token, *scores_.at(parent), settings_);
    tree_.nodes.push_back({token, parent, before.step + 1, sum, {}, {}});
    tree_.nodes[parent].children.push_back(tree_.nodes.size() - 1);
    return tree_.nodes.size() - 1;
  }

  void add_rows() {
    std::vector<std::size_t> before;
    for (const std::vector<SearchRecord::Row>& step : record_.steps()) {
      std::vector<std::size_t> now;
      for (const SearchRecord::Row& row : step) {
        if (before.empty()) tree_.nodes.push_back({row.token, 0, 0, 0, {}, {}});
        now.push_back(before.empty() ? 0 : add(before.at(row.parent), row.token));
        scores_.push_back(&row.scores);
      }
      before = std::move(now);
    }
    tree_.last_step = tree_.nodes.empty() ? 0 : tree_.nodes.back().step;
  }

  void add_translation(const search::Ids& ids, std::size_t rank) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::vector<std::size_t>& children = tree_.nodes.at(at).children;
      const auto child = std::find_if(children.begin(), children.end(),
                                      [&](std::size_t node) { return tree_.nodes[node].token == ids[i]; });
      const bool was_read = child != children.end() && i + 1 < ids.size();
      at = was_read ? *child : add(at, ids[i]);
    }
    tree_.nodes[at].rank = rank;
  }

  const SearchRecord& record_;
  const search::Settings& settings_;
  BeamTree tree_;
  std::vector<const search::RowScores*> scores_;  ///< of the nodes that are rows, which come first
};

std::size_t n_branches(const BeamTree& tree) {
  std::size_t n = 1;
  for (const Node& node : tree.nodes) n += node.children.size() > 1 ? node.children.size() : 0;
  return n;
}

/// The dropped leaf that ended first; of several the least probable one.
std::optional<std::size_t> first_dropped(const BeamTree& tree) {
  std::optional<std::size_t> first;
  for (std::size_t k = 1; k < tree.nodes.size(); ++k) {
    const Node& node = tree.nodes[k];
    const bool reachable =
        tree.nodes[node.parent].children.end() !=
        std::find(tree.nodes[node.parent].children.begin(), tree.nodes[node.parent].children.end(), k);
    if (node.rank || !node.children.empty() || !reachable) continue;
    const auto earlier = [&](const Node& a, const Node& b) {
      return a.step != b.step ? a.step < b.step : a.sum < b.sum;
    };
    if (!first || earlier(node, tree.nodes[*first])) first = k;
  }
  return first;
}

/// Takes a leaf out, and what of its beam leads to nothing else.
void cut(BeamTree& tree, std::size_t leaf) {
  while (leaf != 0 && tree.nodes[leaf].children.empty() && !tree.nodes[leaf].rank) {
    const std::size_t parent = tree.nodes[leaf].parent;
    std::erase(tree.nodes[parent].children, leaf);
    leaf = parent;
  }
}

}  // namespace

BeamTree beam_tree_of(const SearchRecord& record, const std::vector<search::Hypothesis>& found,
                      const search::Settings& settings) {
  return Builder(record, settings).tree(found);
}

std::size_t prune(BeamTree& tree, std::size_t most) {
  std::size_t n_cut = 0;
  while (n_branches(tree) > most) {
    const std::optional<std::size_t> leaf = first_dropped(tree);
    if (!leaf) break;
    cut(tree, *leaf);
    ++n_cut;
  }
  return n_cut;
}

}  // namespace glass::lesson
