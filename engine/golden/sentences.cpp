#include "engine/golden/sentences.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace glass::golden {

std::map<std::string, Pair> read_sentences(const std::filesystem::path& file) {
  std::map<std::string, Pair> pairs;
  std::ifstream stream(file);
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    const std::size_t first = line.find('\t'), last = line.rfind('\t');
    if (std::count(line.begin(), line.end(), '\t') != 2) {
      throw std::runtime_error(
          file.string() + ": line " + std::to_string(number) +
          " is not CASE, SOURCE and TARGET with a tab between; data/recipes/make_golden writes it");
    }
    pairs[line.substr(0, first)] = {line.substr(first + 1, last - first - 1), line.substr(last + 1)};
  }
  return pairs;
}

}  // namespace glass::golden
