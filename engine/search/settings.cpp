#include "engine/search/settings.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace glass::search {

void check(const Settings& settings) {
  const auto need = [](bool holds, const std::string& sentence) {
    if (!holds) throw std::invalid_argument("search: " + sentence);
  };
  need(settings.num_beams >= 1, "num_beams must be at least 1, found 0");
  need(settings.max_length >= 2,
       "max_length must be at least 2, the start token and one more, found " + std::to_string(settings.max_length));
  need(std::isfinite(settings.length_penalty),
       "length_penalty must be finite, found " + std::to_string(settings.length_penalty));
  need(std::isfinite(settings.repetition_penalty) && settings.repetition_penalty > 0,
       "repetition_penalty must be above 0, found " + std::to_string(settings.repetition_penalty));
  need(!settings.eos_ids.empty(), "eos_ids must name at least one end token, found none");
  for (const Ids& word : settings.bad_words_ids) need(!word.empty(), "bad_words_ids must not hold an empty list");
}

}  // namespace glass::search
