#include "engine/trace/path.hpp"

#include "tests/support/complete_example.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using Names = std::vector<std::string>;

namespace {

Path path_in_example(const std::string& from, const std::string& to) {
  const test::CompleteExample example;
  return path(example.sources(), from, to);
}

}  // namespace

TEST_CASE("path: the shortest chain goes around the attention, which gives six more ways") {
  const Path way = path_in_example("encoder.embed.sum", test::kSelf + ".residual");
  CHECK(way.names == Names{"encoder.embed.sum", test::kSelf + ".residual"});
  CHECK(way.ways == 7);  // as query, key or value of one of two heads
}

TEST_CASE("path: a weight travels through each head, and the first is told") {
  const Path way = path_in_example(test::kTensor + ".q_proj.weight", test::kSelf + ".output");
  const std::string head = test::kSelf + ".head.0.";
  CHECK(way.names == Names{test::kTensor + ".q_proj.weight", test::kSelf + ".query", head + "query", head + "scores",
                           head + "masked_scores", head + "weights", head + "context", test::kSelf + ".context",
                           test::kSelf + ".output"});
  CHECK(way.ways == 2);
}

TEST_CASE("path: a tied table is found under each of its names") {
  CHECK(path_in_example("model.shared.weight", "decoder.logits").names ==
        Names{"model.shared.weight", "decoder.logits"});
  CHECK(path_in_example("model.shared.weight", "encoder.embed.scaled").names ==
        Names{"model.shared.weight", "encoder.embed.tokens", "encoder.embed.scaled"});
}

TEST_CASE("path: against the direction of computation there is no way") {
  const Path back = path_in_example("decoder.logits", "encoder.memory");
  CHECK(back.names.empty());
  CHECK(back.ways == 0);
  CHECK(path_in_example("encoder.memory", "model.shared.weight").names.empty());
  CHECK(path_in_example("decoder.ids", "encoder.memory").names.empty());
}

TEST_CASE("path: from a matrix to itself the only way is its name") {
  const Path way = path_in_example("encoder.memory", "encoder.memory");
  CHECK(way.names == Names{"encoder.memory"});
  CHECK(way.ways == 1);
}

TEST_CASE("path: an unknown name is refused") {
  CHECK(test::message_of([] { (void)path_in_example("encoder.memories", "decoder.logits"); }) ==
        "encoder.memories is neither a matrix of this model nor a tensor of its checkpoint");
  CHECK(test::message_of([] { (void)path_in_example("encoder.memory", "decoder.layers.1.encoder_attn.query"); }) ==
        "decoder.layers.1.encoder_attn.query is neither a matrix of this model nor a tensor of its checkpoint");
}
