#include "tests/unit/lesson/sessions.hpp"

#include "engine/stages/embed.hpp"
#include "tests/support/paths.hpp"

namespace glass::test {
namespace {

lesson::Topic topic(const std::string& text, std::optional<std::string> target, bool shipped) {
  lesson::Topic topic;
  topic.text = text;
  topic.target = std::move(target);
  topic.data = root() / "data";
  topic.shipped_model = shipped;
  return topic;
}

Model reshaped_model() {
  Model model = shipped_model();
  model.dims.encoder.n_heads = 2;
  model.dims.decoder.n_heads = 8;
  model.dims.activation = "gelu";
  Weights weights = *model.weights;
  const Mat halves = positions(weights.max_positions, model.dims.d_model);
  const arma::uword half = halves.n_cols / 2;
  const Mat table = arma::join_rows(halves.tail_cols(half), halves.head_cols(half));
  weights.encoder_embed.positions = weights.decoder_embed.positions = table;
  for (EncoderLayerWeights& layer : weights.encoder) {
    layer.self_attn.n_heads = 2;
    layer.feed_forward.activation = "gelu";
  }
  for (DecoderLayerWeights& layer : weights.decoder) {
    layer.self_attn.n_heads = layer.encoder_attn.n_heads = 8;
    layer.feed_forward.activation = "gelu";
  }
  model.weights = std::make_shared<const Weights>(std::move(weights));
  return model;
}

}  // namespace

const Model& shipped_model() {
  static const Model model = Model::load(root() / "data" / "model");
  return model;
}

const lesson::Session& course_session() {
  static const lesson::Session session(shipped_model(), [] {
    lesson::Topic course;
    course.data = root() / "data";
    return course;
  }());
  return session;
}

lesson::Session session_on(const std::string& text, std::optional<std::string> target) {
  return {shipped_model(), topic(text, std::move(target), true)};
}

lesson::Session foreign_session(const std::string& text, std::optional<std::string> target) {
  static const Model model = Model::load(data("oracle/models/tiny-swish-unigram"));
  return {model, topic(text, std::move(target), false)};
}

lesson::Session reshaped_session(const std::string& text, std::optional<std::string> target) {
  static const Model model = reshaped_model();
  return {model, topic(text, std::move(target), false)};
}

}  // namespace glass::test
