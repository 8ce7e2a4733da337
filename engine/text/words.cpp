#include "engine/text/words.hpp"

#include "engine/text/utf8.hpp"

namespace glass::text {

std::vector<Part> segment_words(const PieceTable& pieces, std::string_view normalised) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < normalised.size();) {
    const std::size_t size = announced_size(normalised.substr(at));
    const bool new_word = at == 0 || normalised.substr(at, size) == kSpaceSymbol;
    if (new_word) parts.push_back({at, at, 0});
    at += size;
    parts.back().end = at;
  }
  for (Part& part : parts) part.id = pieces.id(normalised.substr(part.begin, part.end - part.begin));
  return parts;
}

std::vector<Part> segment_characters(const PieceTable& pieces, std::string_view normalised) {
  std::vector<Part> parts;
  for (std::size_t begin = 0; begin < normalised.size();) {
    const std::size_t size = pieces.first_symbol(normalised.substr(begin));
    parts.push_back({begin, begin + size, pieces.id(normalised.substr(begin, size))});
    begin += size;
  }
  return parts;
}

}  // namespace glass::text
