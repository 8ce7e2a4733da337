#include "engine/trace/recompute.hpp"

#include <cmath>
#include <limits>
#include <map>

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using glass::test::message_of;

namespace {

constexpr double kHidden = -std::numeric_limits<double>::infinity();

Matrix matrix(std::initializer_list<std::initializer_list<double>> rows) {
  Matrix result(rows.size(), rows.begin()->size());
  std::size_t i = 0;
  for (const auto& row : rows) {
    std::size_t j = 0;
    for (const double value : row) result(i, j++) = value;
    ++i;
  }
  return result;
}

/// One layer a side, two heads of two columns, three source and two target positions, five tokens.
struct Example {
  Trace trace;
  std::map<std::string, Matrix, std::less<>> tensors;

  [[nodiscard]] Sources sources() const {
    return {trace, {{1, 2, 3}, {1, 2, 3}, 4, 5, 2.0, "relu"}, {3, 2}, [this](std::string_view name) {
              const auto found = tensors.find(name);
              return found == tensors.end() ? MatrixView{} : found->second.view();
            }};
  }
  void record(std::string_view name, Matrix value) {
    trace.insert_or_assign(parse_name(name).value(), std::move(value));
  }
  [[nodiscard]] Cell at(std::string_view name, std::size_t i, std::size_t j) const {
    return Recomputation(sources(), parse_name(name).value()).at(i, j);
  }
};

const std::string kSelf = "encoder.layers.0.self_attn";
const std::string kCross = "decoder.layers.0.encoder_attn";

}  // namespace

TEST_CASE("recompute: embedding, by hand") {
  Example e;
  e.record("encoder.ids", matrix({{4}, {0}, {1}}));
  e.tensors["model.encoder.embed_tokens.weight"] =
      matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {0, 0, 0, 0}, {0, 0, 0, 0}, {-9, 10, 11, 12}});
  CHECK(e.at("encoder.embed.tokens", 0, 0).value == -9);
  CHECK(e.at("encoder.embed.tokens", 0, 0).magnitude == 9);
  CHECK(e.at("encoder.embed.tokens", 2, 3).value == 8);
  e.record("encoder.embed.tokens", matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, -12}}));
  CHECK(e.at("encoder.embed.scaled", 2, 3).value == -24);
  e.record("encoder.embed.scaled", matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, -12}}));
  e.record("encoder.embed.positions", matrix({{0, 0, 1, 1}, {1, 2, 3, 4}, {4, 3, 2, 1}}));
  CHECK(e.at("encoder.embed.sum", 2, 3).value == -11);
  CHECK(e.at("encoder.embed.sum", 2, 3).magnitude == 13);
}

TEST_CASE("recompute: positions are sines, then cosines, rounded to float32, unless the checkpoint has a table") {
  Example e;
  CHECK(e.at("decoder.embed.positions", 0, 0).value == 0);
  CHECK(e.at("decoder.embed.positions", 0, 2).value == 1);
  CHECK(e.at("decoder.embed.positions", 1, 0).value == static_cast<double>(static_cast<float>(std::sin(1.0))));
  CHECK(e.at("decoder.embed.positions", 1, 1).value == static_cast<double>(static_cast<float>(std::sin(0.01))));
  CHECK(e.at("decoder.embed.positions", 1, 3).value == static_cast<double>(static_cast<float>(std::cos(0.01))));
  e.tensors["model.decoder.embed_positions.weight"] = matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 9, 9, 9}});
  CHECK(e.at("decoder.embed.positions", 1, 3).value == 8);
}

TEST_CASE("recompute: a linear map reads row i of x and row j of the stored weight") {
  Example e;
  e.record("encoder.embed.sum", matrix({{1, 0, -1, 2}, {0, 0, 0, 1}, {1, 1, 1, 1}}));
  e.tensors["model.encoder.layers.0.self_attn.q_proj.weight"] =
      matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {13, 14, 15, 16}});
  e.tensors["model.encoder.layers.0.self_attn.q_proj.bias"] = matrix({{0.5, -0.5, 100, 0}});
  const Cell cell = e.at(kSelf + ".query", 0, 1);
  CHECK(cell.value == 5 - 7 + 16 - 0.5);
  CHECK(cell.magnitude == 5 + 7 + 16 + 0.5);
  CHECK(e.at(kSelf + ".query", 1, 2).value == 112);
}

TEST_CASE("recompute: one head of attention, by hand") {
  Example e;
  const std::string head = kSelf + ".head.1";
  e.record(kSelf + ".query", matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}}));
  CHECK(e.at(head + ".query", 1, 0).value == 7);
  CHECK(e.at(kSelf + ".head.0.query", 1, 1).value == 6);
  e.record(head + ".query", matrix({{3, -4}, {7, 8}, {11, 12}}));
  e.record(head + ".key", matrix({{1, 1}, {2, 0}, {0, 5}}));
  CHECK_THAT(e.at(head + ".scores", 0, 2).value, check::WithinRel(-20 / std::sqrt(2.0), 1e-15));
  CHECK_THAT(e.at(head + ".scores", 0, 0).magnitude, check::WithinRel(7 / std::sqrt(2.0), 1e-15));
  e.record(head + ".scores", matrix({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}));
  e.record("encoder.visible", matrix({{1}, {1}, {0}}));
  CHECK(e.at(head + ".masked_scores", 2, 1).value == 8);
  CHECK(e.at(head + ".masked_scores", 0, 2).value == kHidden);
  e.record(head + ".masked_scores", matrix({{0, std::log(3.0), kHidden}, {1000, 1000, 1000}, {kHidden, -5, kHidden}}));
  CHECK_THAT(e.at(head + ".weights", 0, 1).value, check::WithinRel(0.75, 1e-15));
  CHECK(e.at(head + ".weights", 0, 2).value == 0);
  CHECK_THAT(e.at(head + ".weights", 1, 2).value, check::WithinRel(1.0 / 3, 1e-15));
  CHECK(e.at(head + ".weights", 2, 1).value == 1);
  CHECK(e.at(head + ".weights", 2, 1).magnitude == 1);
  e.record(head + ".weights", matrix({{0.5, 0.25, 0.25}, {1, 0, 0}, {0, 0, 1}}));
  e.record(head + ".value", matrix({{4, 1}, {8, 2}, {-16, 3}}));
  CHECK(e.at(head + ".context", 0, 0).value == 0);
  CHECK(e.at(head + ".context", 0, 0).magnitude == 8);
  CHECK(e.at(head + ".context", 2, 1).value == 3);
  e.record(kSelf + ".head.0.context", matrix({{1, 2}, {3, 4}, {5, 6}}));
  e.record(head + ".context", matrix({{7, 8}, {9, 10}, {11, 12}}));
  CHECK(e.at(kSelf + ".context", 1, 1).value == 4);
  CHECK(e.at(kSelf + ".context", 1, 2).value == 9);
}

TEST_CASE("recompute: a decoder row sees itself and the past, a cross-attention row every real source token") {
  Example e;
  e.record("encoder.visible", matrix({{1}, {0}, {1}}));
  e.record("decoder.layers.0.self_attn.head.0.scores", matrix({{1, 2}, {3, 4}}));
  CHECK(e.at("decoder.layers.0.self_attn.head.0.masked_scores", 0, 1).value == kHidden);
  CHECK(e.at("decoder.layers.0.self_attn.head.0.masked_scores", 1, 0).value == 3);
  e.record(kCross + ".head.0.scores", matrix({{1, 2, 3}, {4, 5, 6}}));
  CHECK(e.at(kCross + ".head.0.masked_scores", 0, 1).value == kHidden);
  CHECK(e.at(kCross + ".head.0.masked_scores", 0, 2).value == 3);
}

TEST_CASE("recompute: layer normalisation divides the variance by d_model and adds epsilon inside the root") {
  Example e;
  e.record(kSelf + ".residual", matrix({{1, 3, 1, 3}, {5, 5, 5, 5}, {0, 0, 0, 0.004}}));
  e.tensors["model.encoder.layers.0.self_attn_layer_norm.weight"] = matrix({{1, 2, 3, 4}});
  e.tensors["model.encoder.layers.0.self_attn_layer_norm.bias"] = matrix({{0.5, -1, 0, 7}});
  CHECK_THAT(e.at(kSelf + ".norm", 0, 1).value, check::WithinRel(2 / std::sqrt(1 + 1e-5) - 1, 1e-14));
  CHECK(e.at(kSelf + ".norm", 1, 3).value == 7);
  CHECK_THAT(e.at(kSelf + ".norm", 2, 3).value, check::WithinRel(4 * 0.003 / std::sqrt(3e-6 + 1e-5) + 7, 1e-14));
  CHECK_THAT(e.at(kSelf + ".norm", 0, 1).magnitude, check::WithinRel((3 + 2) * 2 / std::sqrt(1 + 1e-5) + 1, 1e-14));
}

TEST_CASE("recompute: feed-forward, memory, logits and their logarithm, by hand") {
  Example e;
  e.record("encoder.layers.0.feed_forward.hidden", matrix({{-1, 0, 2}, {3, -4, 5}, {0, 0, 0}}));
  CHECK(e.at("encoder.layers.0.feed_forward.activation", 0, 0).value == 0);
  CHECK(e.at("encoder.layers.0.feed_forward.activation", 1, 2).value == 5);
  e.record("encoder.layers.0.feed_forward.norm", matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}}));
  CHECK(e.at("encoder.memory", 2, 1).value == 10);
  e.record("decoder.layers.0.feed_forward.norm", matrix({{1, 0, 0, 0}, {0, 0, 0, 2}}));
  e.tensors["lm_head.weight"] = matrix({{1, 2, 3, 4}, {5, 6, 7, 8}, {0, 0, 0, 0}, {0, 0, 0, 1}, {9, 9, 9, 9}});
  CHECK(e.at("decoder.logits", 1, 1).value == 16);
  e.tensors["final_logits_bias"] = matrix({{0, -6, 0, 0, 0}});
  CHECK(e.at("decoder.logits", 1, 1).value == 10);
  e.record("decoder.logits", matrix({{0, 0, 0, 0, 0}, {1000, kHidden, kHidden, kHidden, 1000}}));
  CHECK_THAT(e.at("decoder.log_probabilities", 0, 3).value, check::WithinRel(-std::log(5.0), 1e-15));
  CHECK_THAT(e.at("decoder.log_probabilities", 1, 0).value, check::WithinAbs(-std::log(2.0), 1e-12));
  CHECK(e.at("decoder.log_probabilities", 1, 1).value == kHidden);
}

TEST_CASE("recompute: what the contract cannot be applied to is refused with the reason") {
  Example e;
  const auto refusal = [&](const std::string& name) { return message_of([&] { (void)e.at(name, 0, 0); }); };
  CHECK(refusal("encoder.memory") ==
        "the contract cannot be applied to encoder.memory: encoder.layers.0.feed_forward.norm was not recorded");
  e.record("encoder.layers.0.feed_forward.norm", Matrix(3, 7));
  CHECK(refusal("encoder.memory") ==
        "the contract cannot be applied: encoder.layers.0.feed_forward.norm is 3 x 7, expected 3 x 4");
  e.record("encoder.embed.sum", Matrix(3, 4));
  CHECK(refusal(kSelf + ".key") ==
        "the contract cannot be applied to encoder.layers.0.self_attn.key: the checkpoint has no "
        "model.encoder.layers.0.self_attn.k_proj.weight");
  e.tensors["model.encoder.layers.0.self_attn.k_proj.weight"] = Matrix(4, 3);
  CHECK(refusal(kSelf + ".key") ==
        "the contract cannot be applied: model.encoder.layers.0.self_attn.k_proj.weight is 4 x 3, expected 4 x 4");
  CHECK(refusal("encoder.ids") == "encoder.ids is given: nothing computes it");
  e.record("encoder.ids", matrix({{7}, {0}, {-1}}));
  e.tensors["model.encoder.embed_tokens.weight"] = Matrix(5, 4);
  CHECK(refusal("encoder.embed.tokens") ==
        "the contract cannot be applied: id 7.000000 at position 0 is outside the table of 5 rows");
  CHECK_THROWS_AS(e.at("encoder.embed.tokens", 2, 0), std::runtime_error);
  CHECK(message_of([&] { (void)e.at("encoder.embed.tokens", 3, 0); }) ==
        "encoder.embed.tokens has no cell (3, 0): it is 3 x 4");
}

TEST_CASE("recompute: positions beyond the checkpoint's table are refused") {
  Example e;
  e.tensors["model.decoder.embed_positions.weight"] = Matrix(1, 4);
  CHECK(message_of([&] { (void)e.at("decoder.embed.positions", 1, 0); }) ==
        "the contract cannot be applied: model.decoder.embed_positions.weight is 1 x 4, too few rows for 2 positions");
}
