#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace glass::golden {

/// The texts of a golden case: what its ids were made of.
struct Pair {
  std::string source, target;
};

/// Reads `sentences.tsv`: case, source and target, with a tab between, one case a line.
/// @return the pairs by case; empty if there is no such file
/// @throws std::runtime_error naming file and line if a line does not have three parts
[[nodiscard]] std::map<std::string, Pair> read_sentences(const std::filesystem::path& file);

}  // namespace glass::golden
