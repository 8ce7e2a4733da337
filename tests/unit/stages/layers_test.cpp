#include "engine/stages/layers.hpp"

#include <vector>

#include "engine/stages/add_norm.hpp"
#include "engine/stages/attention.hpp"
#include "engine/stages/feed_forward.hpp"
#include "engine/stages/mask.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"
#include "tests/support/random_model.hpp"

using namespace glass;
using test::difference;

namespace {

/// One layer of either kind on random numbers: 3 target rows, 5 source rows, d_model 12.
struct Example {
  std::shared_ptr<const Weights> weights = test::random_model(test::small_dims(), 1);
  const EncoderLayerWeights& encoder = weights->encoder.at(0);
  const DecoderLayerWeights& decoder = weights->decoder.at(0);
  test::Random random{2};
  Mat memory = random.matrix(5, 12);
  Mat y = random.matrix(3, 12);
  Ids real = {1, 1, 1, 1, 1};

  [[nodiscard]] Mat encode() const { return encoder_layer(paper_stages(), encoder, memory, padding(real, 5), Seam()); }
  [[nodiscard]] Mat decode() const {
    return decoder_layer(paper_stages(), decoder, {y, memory, causal(3), padding(real, 3)}, Seam());
  }
};

}  // namespace

TEST_CASE("encoder_layer: attention to itself, then feed-forward, each with its own add and norm", "[stages][layers]") {
  const Example e;
  const Stages stage = paper_stages();
  const Mat& x = e.memory;
  const Mat attended = attention(stage, e.encoder.self_attn, {x, x, padding(e.real, 5)}, Seam());
  const Mat after_self = norm(x + attended, e.encoder.self_attn.norm);
  const Mat fed = feed_forward(stage, e.encoder.feed_forward, after_self, Seam());
  CHECK(difference(e.encode(), norm(after_self + fed, e.encoder.feed_forward.norm)) == 0);
}

TEST_CASE("decoder_layer: itself under the causal mask, then the memory under its padding, then feed-forward",
          "[stages][layers]") {
  Example e;
  e.real = {1, 1, 1, 0, 0};
  const Stages stage = paper_stages();
  const Mat attended = attention(stage, e.decoder.self_attn, {e.y, e.y, causal(3)}, Seam());
  const Mat after_self = norm(e.y + attended, e.decoder.self_attn.norm);
  const Mat crossed = attention(stage, e.decoder.encoder_attn, {after_self, e.memory, padding(e.real, 3)}, Seam());
  const Mat after_cross = norm(after_self + crossed, e.decoder.encoder_attn.norm);
  const Mat fed = feed_forward(stage, e.decoder.feed_forward, after_cross, Seam());
  CHECK(difference(e.decode(), norm(after_cross + fed, e.decoder.feed_forward.norm)) == 0);
}

TEST_CASE("decoder_layer: a row reads what stands before it, no later row and no padding", "[stages][layers]") {
  Example e;
  e.real = {1, 1, 1, 1, 0};
  const Mat before = e.decode();
  e.y.row(2).fill(3);
  e.memory.row(4).fill(1e6);
  CHECK(difference(e.decode().head_rows(2), before.head_rows(2)) == 0);
  e.y.row(0) *= -1;
  CHECK(difference(e.decode().row(1), before.row(1)) > 1e-3);
}

TEST_CASE("layers: the composites are taken from the table", "[stages][layers]") {
  const Example e;
  std::vector<std::string> called;
  Stages stage = paper_stages();
  const auto spy = [&called](const std::string& who) {
    return [&called, who](const Stages&, const AttentionWeights&, const Question& in, const Seam&) {
      called.push_back(who + " " + std::to_string(in.x.n_rows) + " ask " + std::to_string(in.memory.n_rows));
      return in.x;
    };
  };
  stage.attention = spy("attention");
  stage.cross_attention = spy("cross_attention");
  stage.feed_forward = [&](const Stages&, const FeedForwardWeights&, const Mat& x, const Seam&) {
    called.push_back("feed_forward");
    return x;
  };
  stage.add_norm = [&](const Stages&, const Mat& x, const Mat&, const LayerNorm& weights, const Seam&) {
    called.push_back("add_norm " + weights.name.substr(weights.name.find_last_of('.') + 1));
    return x;
  };
  (void)decoder_layer(stage, e.decoder, {e.y, e.memory, causal(3), padding(e.real, 3)}, Seam());
  CHECK(called == std::vector<std::string>{"attention 3 ask 3", "add_norm self_attn_layer_norm",
                                           "cross_attention 3 ask 5", "add_norm encoder_attn_layer_norm",
                                           "feed_forward", "add_norm final_layer_norm"});
}
