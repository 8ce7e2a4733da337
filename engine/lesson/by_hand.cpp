#include "engine/lesson/by_hand.hpp"

#include <algorithm>
#include <cmath>

#include "engine/lesson/cells.hpp"

namespace glass::lesson {
namespace {

constexpr int kDigits = 1;

/// A number as an operand: negative ones in parentheses.
std::string operand(double number) {
  const std::string text = fixed(number, kDigits);
  return text.starts_with('-') ? "(" + text + ")" : text;
}

double sum_of_products(const Matrix& left, std::size_t i, const Matrix& right, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < left.cols; ++k) sum += left(i, k) * right(j, k);
  return sum;
}

std::string products(const Matrix& left, std::size_t i, const Matrix& right, std::size_t j) {
  std::string text;
  for (std::size_t k = 0; k < left.cols; ++k)
    text += (k == 0 ? "" : " + ") + operand(left(i, k)) + " × " + operand(right(j, k));
  return text;
}

/// The words of a name without the numbers of layer and head: "encoder", "layers", "self_attn", "head", "query".
std::vector<std::string> words(const std::string& name) {
  std::vector<std::string> result;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    result.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

/// Where a name stands: "encoder", "encoder.embed", "encoder.layers.0".
std::string place_of(const std::vector<std::string>& words) {
  if (words.size() < 3) return words.at(0);
  return words.at(0) + "." + words.at(1) + (words.at(1) == "layers" ? "." + words.at(2) : "");
}

/// One stretch of names: what stands there, in order, and how often.
struct Stretch {
  std::string place;
  std::size_t first, last;
  bool is_layer;
  std::vector<std::pair<std::string, std::size_t>> parts;

  void add(const std::string& part) {
    if (parts.empty() || parts.back().first != part) parts.emplace_back(part, 0);
    ++parts.back().second;
  }

  [[nodiscard]] std::string text() const {
    std::string result;
    for (const auto& [part, count] : parts)
      result += (result.empty() ? "" : "  ") + part + (is_layer ? " " + std::to_string(count) : "");
    return result;
  }
};

std::vector<Stretch> stretches(const std::vector<Name>& names) {
  std::vector<Stretch> result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::vector<std::string> parts = words(to_string(names[i]));
    const std::string place = place_of(parts);
    const bool is_layer = parts.at(1) == "layers";
    if (result.empty() || result.back().place != place) result.push_back({place, i, i, is_layer, {}});
    result.back().last = i;
    result.back().add(is_layer ? parts.at(3) : parts.back());
  }
  return result;
}

}  // namespace

FewRows rounded(const Matrix& matrix, const std::vector<std::string>& labels, const std::vector<std::size_t>& rows,
                std::size_t n_cols) {
  FewRows few{{}, Matrix(rows.size(), std::min(n_cols, matrix.cols))};
  const double unit = std::pow(10.0, kDigits);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    few.labels.push_back(labels.at(rows[i]));
    for (std::size_t j = 0; j < few.values.cols; ++j) few.values(i, j) = std::round(matrix(rows[i], j) * unit) / unit;
  }
  return few;
}

screen::Grid dot_product(const FewRows& rows, std::size_t left, std::size_t right) {
  screen::Grid grid{{"feature", rows.labels.at(left), "", rows.labels.at(right), "", "product"},
                    {},
                    {true, true, false, true, false, true}};
  for (std::size_t k = 0; k < rows.values.cols; ++k) {
    const double a = rows.values(left, k), b = rows.values(right, k);
    grid.rows.push_back({std::to_string(k), fixed(a, kDigits), "×", fixed(b, kDigits), "=", fixed(a * b, 2 * kDigits)});
  }
  const double sum = sum_of_products(rows.values, left, rows.values, right);
  grid.rows.push_back({"", "", "", "sum", "=", fixed(sum, 2 * kDigits)});
  return grid;
}

screen::Grid product_scheme(const FewRows& left, const FewRows& right) {
  const std::size_t n = left.values.cols;
  screen::Grid grid{{""}, {}, std::vector<bool>(n + 2 + right.values.rows, true)};
  grid.right.front() = false;
  for (std::size_t k = 0; k < n; ++k) grid.headers.push_back(std::to_string(k));
  grid.headers.emplace_back();
  grid.headers.insert(grid.headers.end(), right.labels.begin(), right.labels.end());
  for (std::size_t k = 0; k < n; ++k) {
    std::vector<std::string> row(n + 1);
    row.push_back(std::to_string(k));
    for (std::size_t j = 0; j < right.values.rows; ++j) row.push_back(fixed(right.values(j, k), kDigits));
    grid.rows.push_back(row);
  }
  for (std::size_t i = 0; i < left.values.rows; ++i) {
    std::vector<std::string> row{left.labels.at(i)};
    for (std::size_t k = 0; k < n; ++k) row.push_back(fixed(left.values(i, k), kDigits));
    row.emplace_back();
    for (std::size_t j = 0; j < right.values.rows; ++j)
      row.push_back(fixed(sum_of_products(left.values, i, right.values, j), 2 * kDigits));
    grid.rows.push_back(row);
  }
  return grid;
}

screen::Grid matrix_product(const FewRows& left, const FewRows& right) {
  screen::Grid grid{{"row", "column", "products, added up", "", "cell"}, {}, {false, false, false, false, true}};
  for (std::size_t i = 0; i < left.values.rows; ++i) {
    for (std::size_t j = 0; j < right.values.rows; ++j) {
      const double sum = sum_of_products(left.values, i, right.values, j);
      grid.rows.push_back({left.labels.at(i), right.labels.at(j), products(left.values, i, right.values, j), "=",
                           fixed(sum, 2 * kDigits)});
    }
  }
  return grid;
}

screen::Grid in_order(const std::vector<Name>& names, const Dims& dims, const Lengths& lengths) {
  screen::Grid grid{{"matrices", "where", "which", "the last is"}, {}, {true, false, false, true}};
  for (const Stretch& stretch : stretches(names)) {
    const std::string first = std::to_string(stretch.first + 1), last = std::to_string(stretch.last + 1);
    const auto [n_rows, n_cols] = shape_of(names[stretch.last], dims, lengths);
    grid.rows.push_back({first == last ? first : first + "-" + last, stretch.place, stretch.text(),
                         std::to_string(n_rows) + " × " + std::to_string(n_cols)});
  }
  return grid;
}

}  // namespace glass::lesson
