#include "engine/trace/token_match.hpp"

#include <algorithm>

#include "engine/trace/nearest.hpp"
#include "engine/trace/placeholder.hpp"

namespace glass {
namespace {

constexpr std::string_view kWordStart = "\u2581";  // ▁
constexpr std::size_t kCompared = 64;              ///< bytes of a text that are compared with every piece

std::string_view bare(std::string_view piece) {
  if (piece.starts_with(kWordStart)) piece.remove_prefix(kWordStart.size());
  return piece;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

/// What `_how` may stand for.
std::string with_word_starts(std::string_view text) { return replaced(std::string(text), "_", kWordStart); }

}  // namespace

bool stands_for(std::string_view text, std::string_view piece, Freedom freedom) {
  if (piece == text || piece == with_word_starts(text)) return true;
  if (freedom == Freedom::exact) return false;
  if (!text.empty() && bare(piece) == text) return true;
  return freedom == Freedom::ignore_case && stands_for(lower(text), lower(piece), Freedom::bare);
}

Positions pieces_of_word(std::string_view text, const std::vector<std::string>& pieces, WordRule rule) {
  const std::string written = with_word_starts(text);
  const std::string_view spelt = bare(written);
  const std::vector<Word> words = words_of_pieces(pieces, rule);
  for (const bool any_case : {false, true}) {
    Positions found;
    for (const Word& word : words) {
      const bool same = any_case ? lower(word.name) == lower(spelt) : word.name == spelt;
      for (std::size_t position = word.begin; same && position < word.end; ++position) found.push_back(position);
    }
    if (!found.empty()) return found;
  }
  return {};
}

std::size_t nearest_piece(std::string_view text, const std::vector<std::string>& pieces) {
  const std::string written = lower(with_word_starts(text.substr(0, kCompared)));
  const std::string_view spelt = bare(written);
  std::vector<std::size_t> distances;
  for (const std::string& piece : pieces) distances.push_back(edit_distance(spelt, lower(bare(piece))));
  return static_cast<std::size_t>(std::min_element(distances.begin(), distances.end()) - distances.begin());
}

}  // namespace glass
