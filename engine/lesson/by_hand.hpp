#pragma once

#include <string>
#include <vector>

#include "engine/screen/grid.hpp"
#include "engine/trace/contract.hpp"
#include "engine/trace/matrix.hpp"

namespace glass::lesson {

/// A few labelled rows of a matrix.
struct FewRows {
  std::vector<std::string> labels;
  Matrix values;
};

/// The first `n_cols` columns of some rows, rounded to one digit behind the point. Products of such numbers have two,
/// and so have their sums: what is printed is exact, and whoever multiplies by hand gets the same.
[[nodiscard]] FewRows rounded(const Matrix& matrix, const std::vector<std::string>& labels,
                              const std::vector<std::size_t>& rows, std::size_t n_cols);

/// A dot product, a line for each column: the two numbers and their product; below them the sum.
[[nodiscard]] screen::Grid dot_product(const FewRows& rows, std::size_t left, std::size_t right);

/// left times right^T laid out as one does it on paper (Falk's scheme): left at the left, right^T above, and each cell
/// of the result where its row and its column meet.
[[nodiscard]] screen::Grid product_scheme(const FewRows& left, const FewRows& right);

/// left times right^T, a line for each cell of the result: whose row, whose column, the products, their sum.
[[nodiscard]] screen::Grid matrix_product(const FewRows& left, const FewRows& right);

/// Names in the order of computation, a line for each stretch of one place (encoder.embed, encoder.layers.0): which
/// ones they are, counted from 1; what they are called, or of a layer its parts with how many each has; the shape of
/// the last.
[[nodiscard]] screen::Grid in_order(const std::vector<Name>& names, const Dims& dims, const Lengths& lengths);

}  // namespace glass::lesson
