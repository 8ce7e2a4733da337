#pragma once

#include <armadillo>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/trace/recorder.hpp"

namespace glass {

/// Rows are tokens, columns are features (of weights and scores: rows are queries, columns are keys).
using Mat = arma::mat;
using Ids = std::vector<std::int64_t>;

/// The handle that wraps every equation: `const Mat scores = trace("scores", query * key.t() / std::sqrt(d_k));`
/// It returns its argument, or, where an experiment edits this name, the edited copy. Off, it only hands the matrix on.
class Seam : public Recorder {
 public:
  Seam() = default;
  explicit Seam(Recording& recording) : Recorder(recording) {}

  [[nodiscard]] Seam in(std::string_view place) const {
    return Seam(Recorder::in(place));
  }
  [[nodiscard]] Seam in(std::string_view place, std::size_t index) const {
    return Seam(Recorder::in(place, index));
  }

  [[nodiscard]] Mat operator()(std::string_view leaf, Mat value) const;

  /// The same for a column of ids or of 0 and 1. @throws std::runtime_error if an edit leaves anything but whole
  /// numbers
  [[nodiscard]] Ids operator()(std::string_view leaf,
                               const Ids& value) const;

 private:
  explicit Seam(Recorder recorder) : Recorder(std::move(recorder)) {}
};

/// @throws std::invalid_argument with `complaint` unless `holds`
inline void check(bool holds, const std::string& complaint) {
  if (!holds) throw std::invalid_argument(complaint);
}

/// "37 x 64"
inline std::string shape(const Mat& matrix) {
  return shape(matrix.n_rows, matrix.n_cols);
}

}  // namespace glass
