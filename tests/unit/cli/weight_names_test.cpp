#include "engine/cli/weight_names.hpp"

#include "tests/support/catch.hpp"

using namespace glass;
using cli::WeightName;

namespace {

std::vector<WeightName> weights(std::string_view matrix) {
  return cli::weights_of(parse_name(matrix).value(), {{1, 2, 3}, {1, 2, 3}, 4, 5, 2.0, "relu"});
}

std::string text(std::string_view matrix) {
  std::string result;
  for (const WeightName& each : weights(matrix)) {
    result += each.name + " = " + each.tensor + (each.transposed ? " transposed; " : "; ");
  }
  return result;
}

}  // namespace

TEST_CASE("weight names: every stage's weights have the letters of its formula") {
  const std::string at = "encoder.layers.0.", from = "model.encoder.layers.0.";
  CHECK(text(at + "self_attn.query") == at + "self_attn.W_Q = " + from + "self_attn.q_proj.weight transposed; " + at +
                                            "self_attn.b_Q = " + from + "self_attn.q_proj.bias; ");
  CHECK(weights(at + "self_attn.key")[0].name == at + "self_attn.W_K");
  CHECK(weights(at + "self_attn.value")[1].name == at + "self_attn.b_V");
  CHECK(weights(at + "self_attn.output")[0].tensor == from + "self_attn.out_proj.weight");
  CHECK(weights(at + "self_attn.output")[0].name == at + "self_attn.W_O");
  CHECK(text(at + "self_attn.norm") == at + "self_attn.gamma = " + from + "self_attn_layer_norm.weight; " + at +
                                           "self_attn.beta = " + from + "self_attn_layer_norm.bias; ");
  CHECK(text(at + "feed_forward.hidden") == at + "feed_forward.W_1 = " + from + "fc1.weight transposed; " + at +
                                                "feed_forward.b_1 = " + from + "fc1.bias; ");
  CHECK(weights(at + "feed_forward.output")[0].name == at + "feed_forward.W_2");
  CHECK(weights(at + "feed_forward.norm")[0].tensor == from + "final_layer_norm.weight");
  CHECK(weights("decoder.layers.0.encoder_attn.key")[0].name == "decoder.layers.0.encoder_attn.W_K");
  CHECK(text("decoder.embed.tokens") == "decoder.embed.E = model.decoder.embed_tokens.weight; ");
  CHECK(text("encoder.embed.positions") == "encoder.embed.P = model.encoder.embed_positions.weight; ");
  CHECK(text("decoder.logits") == "decoder.W = lm_head.weight transposed; decoder.b = final_logits_bias; ");
}

TEST_CASE("weight names: what needs no weights has none") {
  for (const char* matrix : {"encoder.ids", "encoder.embed.scaled", "encoder.layers.0.self_attn.head.1.scores",
                             "encoder.layers.0.self_attn.residual", "encoder.memory", "decoder.log_probabilities"}) {
    CHECK(weights(matrix).empty());
  }
}
