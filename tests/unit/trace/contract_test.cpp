#include "engine/trace/contract.hpp"

#include <set>

#include "tests/support/catch.hpp"

using namespace glass;
using Texts = std::vector<std::string>;

namespace {

/// Two encoder layers of two heads, three decoder layers of four.
Dims dims() { return {{2, 2, 7}, {3, 4, 9}, 8, 11, 2.5, "relu"}; }

Name name(std::string_view text) {
  const std::optional<Name> found = parse_name(text);
  INFO(std::string(text));
  REQUIRE(found);
  return *found;
}

Texts operands(std::string_view text) { return operands_of(name(text), dims()); }

}  // namespace

TEST_CASE("contract: every name is read back as it is written") {
  const std::vector<Name> all = all_names(dims());
  for (const Name each : all) CHECK(parse_name(to_string(each)) == each);
  CHECK(std::set<Name>(all.begin(), all.end()).size() == all.size());
}

TEST_CASE("contract: a model has exactly the names that the design lists") {
  // Per attention: 3 + 7 a head + context, output, residual, norm; per feed-forward: 5; embed: 4.
  const std::size_t encoder = 2 + 4 + 2 * (7 + 2 * 7 + 5) + 1;
  const std::size_t decoder = 1 + 4 + 3 * (2 * (7 + 4 * 7) + 5) + 2;
  CHECK(all_names(dims()).size() == encoder + decoder);
  for (const Name each : all_names(dims())) CHECK(exists(each, dims()));
}

TEST_CASE("contract: no matrix is computed before its operands") {
  std::set<std::string> known;
  for (const Name each : all_names(dims())) {
    for (const std::string& operand : operands_of(each, dims())) {
      INFO(to_string(each) << " reads " << operand);
      CHECK((is_tensor(operand) || known.contains(operand)));
    }
    known.insert(to_string(each));
  }
}

TEST_CASE("contract: operands have their layer, head and side filled in") {
  CHECK(operands("encoder.embed.tokens") == Texts{"encoder.ids", "model.encoder.embed_tokens"});
  CHECK(operands("encoder.layers.0.self_attn.query") ==
        Texts{"encoder.embed.sum", "model.encoder.layers.0.self_attn.q_proj"});
  CHECK(operands("encoder.layers.1.self_attn.value") ==
        Texts{"encoder.layers.0.feed_forward.norm", "model.encoder.layers.1.self_attn.v_proj"});
  CHECK(operands("encoder.layers.1.self_attn.residual") ==
        Texts{"encoder.layers.0.feed_forward.norm", "encoder.layers.1.self_attn.output"});
  CHECK(operands("encoder.layers.1.self_attn.norm") ==
        Texts{"encoder.layers.1.self_attn.residual", "model.encoder.layers.1.self_attn_layer_norm"});
  CHECK(operands("encoder.layers.1.self_attn.head.1.masked_scores") ==
        Texts{"encoder.layers.1.self_attn.head.1.scores", "encoder.visible"});
  CHECK(operands("encoder.memory") == Texts{"encoder.layers.1.feed_forward.norm"});
  CHECK(operands("decoder.layers.2.self_attn.head.3.masked_scores") ==
        Texts{"decoder.layers.2.self_attn.head.3.scores"});
  CHECK(operands("decoder.layers.2.encoder_attn.query") ==
        Texts{"decoder.layers.2.self_attn.norm", "model.decoder.layers.2.encoder_attn.q_proj"});
  CHECK(operands("decoder.layers.2.encoder_attn.key") ==
        Texts{"encoder.memory", "model.decoder.layers.2.encoder_attn.k_proj"});
  CHECK(operands("decoder.layers.2.encoder_attn.head.0.masked_scores") ==
        Texts{"decoder.layers.2.encoder_attn.head.0.scores", "encoder.visible"});
  CHECK(operands("decoder.layers.1.encoder_attn.context") ==
        Texts{"decoder.layers.1.encoder_attn.head.0.context", "decoder.layers.1.encoder_attn.head.1.context",
              "decoder.layers.1.encoder_attn.head.2.context", "decoder.layers.1.encoder_attn.head.3.context"});
  CHECK(operands("decoder.layers.1.feed_forward.residual") ==
        Texts{"decoder.layers.1.encoder_attn.norm", "decoder.layers.1.feed_forward.output"});
  CHECK(operands("decoder.layers.1.feed_forward.norm") ==
        Texts{"decoder.layers.1.feed_forward.residual", "model.decoder.layers.1.final_layer_norm"});
  CHECK(operands("decoder.logits") == Texts{"decoder.layers.2.feed_forward.norm", "lm_head"});
  CHECK(operands("encoder.ids").empty());
}

TEST_CASE("contract: each operation says how each of its operands is read") {
  for (const Row& row : contract()) {
    INFO(row.name);
    CHECK(reads(row.op).size() == row.operands.size());
  }
}

TEST_CASE("contract: every row says what it means, and every computed one its formula") {
  for (const Row& row : contract()) {
    INFO(row.name);
    CHECK_FALSE(row.meaning.empty());
    CHECK(row.formula.empty() == (row.op == Op::given));
  }
}

TEST_CASE("contract: shapes follow from the sizes and both lengths") {
  using Shape = std::pair<std::size_t, std::size_t>;
  const auto shape = [](std::string_view text) { return shape_of(name(text), dims(), {5, 3}); };
  CHECK(shape("encoder.ids") == Shape{5, 1});
  CHECK(shape("decoder.ids") == Shape{3, 1});
  CHECK(shape("decoder.embed.positions") == Shape{3, 8});
  CHECK(shape("encoder.layers.0.self_attn.head.1.key") == Shape{5, 4});
  CHECK(shape("decoder.layers.0.self_attn.head.3.key") == Shape{3, 2});
  CHECK(shape("decoder.layers.0.encoder_attn.head.3.value") == Shape{5, 2});
  CHECK(shape("decoder.layers.0.encoder_attn.head.3.weights") == Shape{3, 5});
  CHECK(shape("decoder.layers.0.self_attn.head.3.weights") == Shape{3, 3});
  CHECK(shape("encoder.layers.1.feed_forward.hidden") == Shape{5, 7});
  CHECK(shape("decoder.layers.1.feed_forward.activation") == Shape{3, 9});
  CHECK(shape("decoder.log_probabilities") == Shape{3, 11});
}

TEST_CASE("contract: what is not exactly a name is none") {
  const std::string wrong = GENERATE(
      "", "encoder", "encoder.id", "encoder.ids.", "encoder.layers.L.self_attn.query",
      "encoder.layers.01.self_attn.query", "encoder.layers.-1.self_attn.query", "encoder.layers..self_attn.query",
      "encoder.layers.0.encoder_attn.query", "encoder.layers.99999999999.self_attn.query",
      "encoder.layers.0.self_attn.head.H.query", "encoder.layers.0.self_attn.head.1", "Encoder.ids",
      "encoder.layers.0x.self_attn.query", "decoder.memory", "encoder.layers.0.self_attn.head.0.head.0.query",
      "encoder.layers.L-1.feed_forward.norm");
  INFO(wrong);
  CHECK_FALSE(parse_name(wrong));
}

TEST_CASE("contract: a name exists only in a model with such a layer and head") {
  CHECK(exists(name("encoder.layers.1.self_attn.head.1.query"), dims()));
  CHECK_FALSE(exists(name("encoder.layers.2.self_attn.query"), dims()));
  CHECK_FALSE(exists(name("encoder.layers.1.self_attn.head.2.query"), dims()));
  CHECK(exists(name("decoder.layers.2.self_attn.head.3.query"), dims()));
  CHECK_FALSE(exists({name("encoder.ids").row, 0, -1}, dims()));
}

TEST_CASE("contract: the nearest names to a misspelt one come first") {
  CHECK(nearest_names("encoder.layers.0.self_atn.query", dims(), 1) == Texts{"encoder.layers.0.self_attn.query"});
  CHECK(nearest_names("decoder.logit", dims(), 1) == Texts{"decoder.logits"});
  CHECK(nearest_names("x", dims()).size() == 3);
}
