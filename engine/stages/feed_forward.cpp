#include "engine/stages/feed_forward.hpp"

#include "engine/trace/activation.hpp"

namespace glass {

Mat activation(const Mat& hidden, const std::string& name) {
  Mat active = hidden;
  active.transform(activation_function(name));
  return active;
}

Mat feed_forward(const Stages& stage, const FeedForwardWeights& weights,
                 const Mat& x, const Seam& trace) {
  const Mat hidden = trace("hidden", stage.project(x, weights.hidden));
  const Mat active =
      trace("activation", stage.activation(hidden, weights.activation));
  return trace("output", stage.project(active, weights.output));
}

}  // namespace glass
