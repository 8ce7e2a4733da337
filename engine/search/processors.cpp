#include "engine/search/processors.hpp"

#include <algorithm>
#include <iterator>

namespace glass::search {

namespace {

void ban(std::int64_t id, std::vector<Change>& changes) { changes.push_back({.id = id, .kind = Change::Kind::ban}); }

bool ends_with(const Ids& prefix, Ids::const_iterator first, Ids::const_iterator last) {
  const auto length = std::distance(first, last);
  return std::ssize(prefix) >= length && std::equal(first, last, prefix.end() - length);
}

bool is_end(const Ids& word, const Settings& settings) {
  return word.size() == 1 && std::count(settings.eos_ids.begin(), settings.eos_ids.end(), word.front()) > 0;
}

bool last_is_forced(const Ids& prefix, const Settings& settings) {
  return !settings.forced_eos_ids.empty() && prefix.size() + 1 == settings.max_length;
}

}  // namespace

void penalise_repetition(const Ids& prefix, const Settings& settings, std::vector<Change>& changes) {
  if (settings.repetition_penalty == 1.0) return;
  Ids seen = prefix;
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (const std::int64_t id : seen) {
    changes.push_back({.id = id, .kind = Change::Kind::penalise, .factor = settings.repetition_penalty});
  }
}

void ban_repeated_ngrams(const Ids& prefix, const Settings& settings, std::vector<Change>& changes) {
  const std::size_t size = settings.no_repeat_ngram_size;
  if (size == 0 || prefix.size() < size) return;
  const auto before = static_cast<std::ptrdiff_t>(size) - 1;
  for (auto first = prefix.begin(); std::distance(first, prefix.end()) > before; ++first) {
    if (ends_with(prefix, first, first + before)) ban(*(first + before), changes);
  }
}

void ban_bad_words(const Ids& prefix, const Settings& settings, std::vector<Change>& changes) {
  for (const Ids& word : settings.bad_words_ids) {
    const bool fits = word.size() == 1 || word.size() <= prefix.size();
    if (fits && !is_end(word, settings) && ends_with(prefix, word.begin(), std::prev(word.end()))) {
      ban(word.back(), changes);
    }
  }
}

void ban_early_end(const Ids& prefix, const Settings& settings, std::vector<Change>& changes) {
  if (prefix.size() >= settings.min_length) return;
  for (const std::int64_t id : settings.eos_ids) ban(id, changes);
}

void force_first(const Ids& prefix, const Settings& settings, std::vector<Change>& changes) {
  if (prefix.size() != 1 || !settings.forced_bos_id || last_is_forced(prefix, settings)) return;
  changes.push_back({.id = *settings.forced_bos_id, .kind = Change::Kind::only});
}

void force_end(const Ids& prefix, const Settings& settings, std::vector<Change>& changes) {
  if (!last_is_forced(prefix, settings)) return;
  for (const std::int64_t id : settings.forced_eos_ids) changes.push_back({.id = id, .kind = Change::Kind::only});
}

std::vector<Processor> all_processors() {
  return {penalise_repetition, ban_repeated_ngrams, ban_bad_words, ban_early_end, force_first, force_end};
}

}  // namespace glass::search
