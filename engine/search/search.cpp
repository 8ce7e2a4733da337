#include "engine/search/search.hpp"

#include <utility>

#include "engine/search/beam.hpp"
#include "engine/search/greedy.hpp"

namespace glass::search {

std::vector<std::vector<Hypothesis>> search(Scorer& scorer, const std::vector<Ids>& sentences, const Settings& settings,
                                            const Rules& rules) {
  if (settings.num_beams != 1) return beam(scorer, sentences, settings, rules);
  std::vector<std::vector<Hypothesis>> found;
  for (Hypothesis& hypothesis : greedy(scorer, sentences, settings, rules)) found.push_back({std::move(hypothesis)});
  return found;
}

}  // namespace glass::search
