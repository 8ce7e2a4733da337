#include "engine/stages/layers.hpp"

namespace glass {

Mat encoder_layer(const Stages& stage, const EncoderLayerWeights& weights,
                  const Mat& x, const Visible& visible, const Seam& trace) {
  const Seam self_attn = trace.in("self_attn");
  const Mat attended =
      stage.attention(stage, weights.self_attn, {x, x, visible}, self_attn);
  const Mat after_self =
      stage.add_norm(stage, x, attended, weights.self_attn.norm, self_attn);

  const Seam feed_forward = trace.in("feed_forward");
  const Mat fed = stage.feed_forward(stage, weights.feed_forward,
                                     after_self, feed_forward);
  return stage.add_norm(stage, after_self, fed, weights.feed_forward.norm,
                        feed_forward);
}

Mat decoder_layer(const Stages& stage, const DecoderLayerWeights& weights,
                  const DecoderInput& in, const Seam& trace) {
  const Seam self_attn = trace.in("self_attn");
  const Mat attended = stage.attention(stage, weights.self_attn,
                                       {in.y, in.y, in.causal}, self_attn);
  const Mat after_self = stage.add_norm(stage, in.y, attended,
                                        weights.self_attn.norm, self_attn);

  const Seam cross = trace.in("encoder_attn");
  const Mat crossed =
      stage.cross_attention(stage, weights.encoder_attn,
                            {after_self, in.memory, in.padding}, cross);
  const Mat after_cross = stage.add_norm(stage, after_self, crossed,
                                         weights.encoder_attn.norm, cross);

  const Seam feed_forward = trace.in("feed_forward");
  const Mat fed = stage.feed_forward(stage, weights.feed_forward,
                                     after_cross, feed_forward);
  return stage.add_norm(stage, after_cross, fed, weights.feed_forward.norm,
                        feed_forward);
}

}  // namespace glass
