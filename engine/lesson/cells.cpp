#include "engine/lesson/cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "engine/screen/width.hpp"

namespace glass::lesson {
namespace {

std::string printed(const char* format, int digits, double number) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), format, digits, number);
  return text.data();
}

}  // namespace

std::string fixed(double number, int digits) {
  const std::string text = printed("%.*f", digits, number);
  const bool is_zero = text.find_first_of("123456789in") == std::string::npos;
  return is_zero && text.starts_with('-') ? text.substr(1) : text;
}

std::string percent(double share, int digits) {
  const double least = std::pow(10.0, -digits);
  if (share > 0 && 100 * share < least / 2) return "<" + fixed(least, digits);
  return fixed(100 * share, digits);
}

std::string compact(double number) { return std::isnan(number) ? "nan" : printed("%.*g", 4, number); }

std::string exact(double number) {
  constexpr double kWhole = 1e15;
  if (std::isnan(number)) return "nan";
  if (number == std::floor(number) && std::abs(number) < kWhole) return printed("%.*f", 0, number);
  std::array<char, 32> text{};
  const std::to_chars_result end = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end.ptr};
}

std::string narrow(const std::string& piece, std::size_t columns) {
  return screen::clipped(piece, columns, screen::Style{});
}

std::size_t n_unknown(const Session& session) {
  const std::vector<std::int64_t>& ids = session.source_ids();
  const std::int64_t unknown = session.model().tokenizer.unknown(text::Side::source);
  return static_cast<std::size_t>(std::count(ids.begin(), ids.end(), unknown));
}

const std::string& target_piece(const Session& session, std::int64_t id) {
  return session.model().tokenizer.piece(id, text::Side::target);
}

}  // namespace glass::lesson
