#include "engine/reference/decoder.hpp"

namespace glass {

Mat decode(const Weights& weights, const Stages& stage, const Memory& memory, const Ids& ids, const Seam& trace) {
  const Seam decoder = trace.in("decoder");
  const Ids read = decoder("ids", ids);
  check(!read.empty(), "decode: there is no token to read; the first is the start token");
  check(read.size() <= weights.max_positions, "the target has " + std::to_string(read.size()) +
                                                  " tokens, but the model has positions for " +
                                                  std::to_string(weights.max_positions));

  const Visible causal = stage.causal(read.size());
  const Visible padding = stage.padding(memory.visible, read.size());
  Mat y = stage.embed(stage, weights.decoder_embed, read, decoder.in("embed"));
  for (std::size_t l = 0; l < weights.decoder.size(); ++l) {
    y = stage.decoder_layer(stage, weights.decoder[l], {y, memory.rows, causal, padding}, decoder.in("layers", l));
  }
  return y;
}

Mat propose(const Weights& weights, const Stages& stage, const Mat& y, const Seam& trace) {
  const Seam decoder = trace.in("decoder");
  const Mat logits = stage.logits(stage, y, weights.lm_head, decoder);
  if (decoder.on()) (void)decoder("log_probabilities", stage.log_softmax(logits));
  return logits;
}

}  // namespace glass
