#include "engine/stages/seam.hpp"

#include <cmath>
#include <stdexcept>

namespace glass {

Mat Seam::operator()(std::string_view leaf, Mat value) const {
  if (!on()) return value;
  const MatrixView view{value.memptr(),
                        value.n_rows,
                        value.n_cols,
                        1,
                        static_cast<std::ptrdiff_t>(value.n_rows),
                        Element::f64};
  const std::optional<Matrix> edited = pass(leaf, view);
  if (!edited) return value;
  return Mat(edited->values.data(), edited->rows, edited->cols);
}

Ids Seam::operator()(std::string_view leaf, const Ids& value) const {
  if (!on()) return value;
  const std::optional<Matrix> edited = pass(
      leaf, MatrixView{value.data(), value.size(), 1, 1, 0, Element::i64});
  if (!edited) return value;
  if (edited->cols != 1)
    throw std::runtime_error(full_name(leaf) + ": an edit left " +
                             shape(edited->rows, edited->cols) +
                             ", expected one column");
  Ids ids;
  for (const double number : edited->values) {
    if (number != std::rint(number) || std::abs(number) > 9e15)
      throw std::runtime_error(full_name(leaf) + ": an edit left " +
                               std::to_string(number) +
                               ", which is no whole number");
    ids.push_back(static_cast<std::int64_t>(number));
  }
  return ids;
}

}  // namespace glass
