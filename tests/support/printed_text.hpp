#pragma once

#include <string>
#include <vector>

namespace glass::test {

/// Where a printed text differs from the one it should be, in a sentence; empty if nowhere. Compared word by word:
/// numbers may be off by one unit of the last digit printed (processors round differently), and shades (` ░▒▓█` with
/// the
/// `-` of negative ones), which stand for numbers that are printed elsewhere, are passed over.
[[nodiscard]] std::string first_difference(const std::string& expected, const std::string& got);

/// The words of a text in alphabetical order, without heat and frames: what is left when lines break elsewhere.
[[nodiscard]] std::vector<std::string> words_sorted(const std::string& text);

/// The text without the escape sequences of colours.
[[nodiscard]] std::string without_colours(const std::string& text);

/// The text without what only stands where there is no colour: shades, backticks and asterisks.
[[nodiscard]] std::string without_marks(const std::string& text);

/// The ids of the lessons, in order: the folders lessons/NN_name.
[[nodiscard]] std::vector<std::string> lesson_ids();

}  // namespace glass::test
