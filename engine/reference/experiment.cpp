#include "engine/reference/experiment.hpp"

#include "engine/stages/output.hpp"

namespace glass {

Mat run(const Weights& weights, const Stages& stage, const Source& source, const Ids& read, const Seam& trace) {
  const Memory memory = encode(weights, stage, source, trace);
  return propose(weights, stage, decode(weights, stage, memory, read, trace), trace);
}

double log_probability(const Mat& logits, const Ids& target) {
  check(logits.n_rows == target.size(), "log_probability: logits are " + shape(logits) + " but the target has " +
                                            std::to_string(target.size()) + " ids");
  const Mat log_probabilities = log_softmax(logits);
  double sum = 0;
  for (std::size_t i = 0; i < target.size(); ++i) sum += log_probabilities(i, static_cast<arma::uword>(target[i]));
  return sum;
}

}  // namespace glass
