#include "engine/stages/stages.hpp"

#include "engine/stages/add_norm.hpp"
#include "engine/stages/attention.hpp"
#include "engine/stages/embed.hpp"
#include "engine/stages/feed_forward.hpp"
#include "engine/stages/heads.hpp"
#include "engine/stages/layers.hpp"
#include "engine/stages/mask.hpp"
#include "engine/stages/output.hpp"

namespace glass {

Stages paper_stages() {
  return {.lookup = lookup,
          .positions = positions,
          .project = project,
          .split_heads = split_heads,
          .scores = scores,
          .padding = padding,
          .causal = causal,
          .mask = mask,
          .softmax = softmax,
          .mix = mix,
          .join_heads = join_heads,
          .norm = norm,
          .activation = activation,
          .log_softmax = log_softmax,
          .shift_right = shift_right,
          .embed = embed,
          .attention = attention,
          .cross_attention = cross_attention,
          .add_norm = add_norm,
          .feed_forward = feed_forward,
          .encoder_layer = encoder_layer,
          .decoder_layer = decoder_layer,
          .logits = logits};
}

}  // namespace glass
