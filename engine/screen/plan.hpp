#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/screen/figure.hpp"

namespace glass::screen {

/// A row or column that is shown, or how many are left out in its place.
struct Shown {
  std::size_t index = 0;
  std::size_t left_out = 0;
};

/// Which `most` of `count` are shown: `wanted` ones as far as there is room, the first and the last, and from both ends
/// what else fits.
[[nodiscard]] std::vector<Shown> shown(std::size_t count, std::size_t most, const std::vector<std::size_t>& wanted);

/// Where everything of a figure stands.
struct Plan {
  const Figure* figure = nullptr;
  Style style;
  std::size_t indent = 0;
  std::size_t label_columns = 0;
  std::size_t gap = 1;  ///< columns between labels and cells
  std::size_t cell_columns = 0;
  int digits = 0;
  bool named = false;        ///< the columns' labels are words, which have no room below heat
  double full = 1;           ///< the magnitude of a full heat
  double low = 0, high = 0;  ///< the smallest and the largest finite number of the matrix
  std::vector<Shown> rows;
  std::vector<std::vector<Shown>> blocks;  ///< the columns of each
  std::map<std::pair<std::size_t, std::size_t>, Mark> marks;

  /// What stands where columns are left out, " … ".
  [[nodiscard]] std::string ellipsis() const;
  /// The columns of a column of cells, or of the gap in its place.
  [[nodiscard]] std::size_t columns_of(const Shown& item) const;
  /// The mark of a cell; nullptr if it has none.
  [[nodiscard]] const Mark* mark(std::size_t row, std::size_t col) const;
  [[nodiscard]] std::string row_label(std::size_t i) const;
  [[nodiscard]] std::string col_label(std::size_t j) const;
  /// "   rows 3–20, columns 5–14", the axes that a focus cuts; nothing where all is shown.
  /// @param widest  with the largest indices in place of the real ones
  [[nodiscard]] std::string part(bool widest) const;
  /// How much of a full heat a number is, -1 to 1; NaN and infinities have none.
  [[nodiscard]] double strength(double value) const;
};

/// `most` of `count` without a gap: `index` stands in the middle of them, but near the edges.
[[nodiscard]] std::vector<Shown> window(std::size_t count, std::size_t most, std::size_t index);

/// The columns of the longest text that number() makes of a number between two.
[[nodiscard]] std::size_t widest_number(double low, double high, int digits);

/// Rows, labels, cells and columns of a figure that has a focus. The focus alone decides what is looked at: no label of
/// a column that is not shown is spelt where there are many.
void place_window(Plan& plan);

/// @throws std::invalid_argument as draw() says
[[nodiscard]] Plan planned(const Figure& figure, const Style& style, std::size_t indent);

}  // namespace glass::screen
