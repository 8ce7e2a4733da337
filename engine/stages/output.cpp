#include "engine/stages/output.hpp"

namespace glass {

Mat logits(const Stages& stage, const Mat& y, const Linear& lm_head,
           const Seam& trace) {
  return trace("logits", stage.project(y, lm_head));
}

Mat log_softmax(const Mat& logits) {
  Mat log_probabilities = logits;
  log_probabilities.each_col() -= arma::vec(arma::max(logits, 1));
  const arma::vec log_sums =
      arma::log(arma::sum(arma::exp(log_probabilities), 1));
  log_probabilities.each_col() -= log_sums;
  return log_probabilities;
}

Ids shift_right(const Ids& target, std::int64_t start) {
  check(!target.empty(),
        "shift_right: the target is empty; it ends with end-of-sentence at "
        "least");
  Ids read = {start};
  read.insert(read.end(), target.begin(), target.end() - 1);
  return read;
}

}  // namespace glass
