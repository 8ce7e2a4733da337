#include "tests/support/printed_text.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <regex>
#include <sstream>

#include "tests/support/paths.hpp"

namespace glass::test {
namespace {

using Words = std::vector<std::string>;

/// A word of nothing but shades and strokes: a row of a heat map without colour.
bool is_heat(const std::string& word) {
  static const std::regex heat("(?:[-~=%.:*#]|\xE2\x89\xA1|\xC2\xB7)+");
  return std::regex_match(word, heat);
}

const char* const kShades = "-?-?(?:\xE2\x96\x91|\xE2\x96\x92|\xE2\x96\x93|\xE2\x96\x88)+";  // ░ ▒ ▓ █

std::string without_shades(const std::string& text) {
  static const std::regex shades(kShades);
  return std::regex_replace(text, shades, " ");
}

Words words_of(const std::string& text) {
  std::istringstream stream(without_shades(text));
  Words words{std::istream_iterator<std::string>(stream), {}};
  std::erase_if(words, is_heat);
  return words;
}

/// One unit of the last digit of a printed number.
double unit(const std::string& number) {
  const std::size_t point = number.find('.');
  const std::size_t exponent = std::min(number.find('e'), number.size());
  const double digits = point == std::string::npos ? 0 : static_cast<double>(exponent - point - 1);
  const double power = exponent < number.size() ? std::stod(number.substr(exponent + 1)) : 0;
  return std::pow(10.0, power - digits);
}

/// Equal but for numbers that are off by one unit.
bool same(const std::string& expected, const std::string& got) {
  if (expected == got) return true;
  static const std::regex number(R"(-?\d+(\.\d+)?(e[+-]\d+)?)");
  if (std::regex_replace(expected, number, "#") != std::regex_replace(got, number, "#")) return false;
  std::sregex_iterator ours(expected.begin(), expected.end(), number), theirs(got.begin(), got.end(), number);
  for (; ours != std::sregex_iterator() && theirs != std::sregex_iterator(); ++ours, ++theirs) {
    const std::string one = ours->str(), other = theirs->str();
    const bool counted = one.find('.') == std::string::npos;  // a whole number is a count: nothing is rounded
    if (counted ? one != other : std::abs(std::stod(one) - std::stod(other)) > 1.001 * unit(one)) return false;
  }
  return true;
}

}  // namespace

std::string first_difference(const std::string& expected, const std::string& got) {
  const Words ours = words_of(expected), theirs = words_of(got);
  for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
    if (same(ours[i], theirs[i])) continue;
    const std::size_t from = i < 6 ? 0 : i - 6;
    std::string before;
    for (std::size_t j = from; j < i; ++j) before += ours[j] + " ";
    return "after \"" + before + "\": expected \"" + ours[i] + "\", got \"" + theirs[i] + "\"";
  }
  if (ours.size() == theirs.size()) return "";
  return "expected " + std::to_string(ours.size()) + " words, got " + std::to_string(theirs.size());
}

Words words_sorted(const std::string& text) {
  static const std::regex frame("(?:\xE2[\x94-\x96][\x80-\xBF])+");
  Words words = words_of(text);
  std::erase_if(words, [](const std::string& word) { return std::regex_match(word, frame); });
  std::sort(words.begin(), words.end());
  return words;
}

std::string without_colours(const std::string& text) {
  static const std::regex colour("\x1b\\[[0-9;]*m");
  return std::regex_replace(text, colour, "");
}

std::string without_marks(const std::string& text) {
  std::string result = without_shades(text);
  std::erase_if(result, [](char c) { return c == '`' || c == '*'; });
  return result;
}

Words lesson_ids() {
  Words ids;
  for (const auto& entry : std::filesystem::directory_iterator(root() / "lessons")) {
    if (std::filesystem::exists(entry.path() / "lesson.cpp")) ids.push_back(entry.path().filename());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace glass::test
