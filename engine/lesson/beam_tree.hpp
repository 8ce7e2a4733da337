#pragma once

#include <optional>
#include <vector>

#include "engine/lesson/search_record.hpp"
#include "engine/search/settings.hpp"

namespace glass::lesson {

/// Every beam that ran in a recorded search of one sentence, as a tree: a node is a token that was read, a path from
/// the root a beam. What ended is a leaf that nobody read.
struct BeamTree {
  struct Node {
    std::int64_t token = 0;
    std::size_t parent = 0;             ///< of the root: itself
    std::size_t step = 0;               ///< tokens before it, the root having none
    double sum = 0;                     ///< of the log-probabilities so far
    std::optional<std::size_t> rank;    ///< of a translation that ends here: 0 is the best
    std::vector<std::size_t> children;  ///< the most probable first
  };
  std::vector<Node> nodes;    ///< [0] is the start token; a parent stands before its children
  std::size_t last_step = 0;  ///< of what was read when the search ended
};

/// @param found     what the search came to, best first
/// @param settings  with which it ran
/// @throws std::out_of_range if these are not of one search
[[nodiscard]] BeamTree beam_tree_of(const SearchRecord& record, const std::vector<search::Hypothesis>& found,
                                    const search::Settings& settings);

/// Takes dropped beams out of the tree, those that ended first of all, until it has at most so many branches (a branch
/// goes from one fork to the next). Translations stay.
/// @return how many beams were taken out
std::size_t prune(BeamTree& tree, std::size_t n_branches);

}  // namespace glass::lesson
