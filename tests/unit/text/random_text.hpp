#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace glass::test {

/// Strings such as no editor would write: letters of many scripts, combining marks, emoji and joiners, all kinds of
/// spaces, control characters, broken UTF-8, special tokens, language codes and long runs. The same at every run.
class RandomText {
 public:
  /// @param words  some of the strings are made of these
  RandomText(std::uint64_t seed, std::vector<std::string> words);

  std::string operator()();

 private:
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
  char32_t between(char32_t first, char32_t last) { return first + static_cast<char32_t>(below(last - first + 1)); }
  std::string atom();
  std::string rare();

  std::mt19937_64 random_;
  std::vector<std::string> words_;
};

}  // namespace glass::test
