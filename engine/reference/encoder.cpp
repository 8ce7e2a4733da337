#include "engine/reference/encoder.hpp"

namespace glass {

Source source_of(Ids ids) {
  Ids visible(ids.size(), 1);
  return {std::move(ids), std::move(visible)};
}

Memory encode(const Weights& weights, const Stages& stage, const Source& source, const Seam& trace) {
  const Seam encoder = trace.in("encoder");
  const Ids ids = encoder("ids", source.ids);
  const Ids visible = encoder("visible", source.visible);
  check(!ids.empty(), "encode: the source has no tokens; it ends with end-of-sentence at least");
  check(ids.size() <= weights.max_positions, "the source has " + std::to_string(ids.size()) +
                                                 " tokens, but the model has positions for " +
                                                 std::to_string(weights.max_positions));
  check(visible.size() == ids.size(), "encode: " + std::to_string(ids.size()) + " ids but " +
                                          std::to_string(visible.size()) + " marks of visibility");

  const Visible padding = stage.padding(visible, ids.size());
  Mat x = stage.embed(stage, weights.encoder_embed, ids, encoder.in("embed"));
  for (std::size_t l = 0; l < weights.encoder.size(); ++l) {
    x = stage.encoder_layer(stage, weights.encoder[l], x, padding, encoder.in("layers", l));
  }
  return {encoder("memory", x), visible};
}

}  // namespace glass
