#include "engine/trace/labels.hpp"

#include "tests/support/catch.hpp"

using namespace glass;

namespace {

Name name(std::string_view text) { return parse_name(text).value(); }

/// "\u2581Hello ," translated as "\u2581Bonjour ,".
Labels example() {
  const std::vector<std::string> pieces = {"</s>", "\u2581Hello", ",", "\u2581Bonjour", "<pad>"};
  const PieceOf piece = [pieces](std::int64_t id) { return pieces.at(static_cast<std::size_t>(id)); };
  Trace trace;
  Matrix source(3, 1), target(3, 1);
  source.values = {1, 2, 0};
  target.values = {4, 3, 2};
  trace[name("encoder.ids")] = source;
  trace[name("decoder.ids")] = target;
  return labels_of(trace, piece, piece, 0);
}

}  // namespace

TEST_CASE("labels: a source row is its piece, a decoder row the piece it reads and the piece it predicts") {
  const Labels labels = example();
  CHECK(row_label(name("encoder.memory"), 0, labels) == "\u2581Hello");
  CHECK(row_label(name("encoder.memory"), 2, labels) == "</s>");
  CHECK(row_label(name("decoder.embed.sum"), 0, labels) == "<pad> \u25b8 \u2581Bonjour");
  CHECK(row_label(name("decoder.embed.sum"), 1, labels) == "\u2581Bonjour \u25b8 ,");
  CHECK(row_label(name("decoder.logits"), 2, labels) == ", \u25b8 </s>");
}

TEST_CASE("labels: columns are keys, vocabulary or features") {
  const Labels labels = example();
  CHECK(column_label(name("decoder.layers.0.encoder_attn.head.0.weights"), 1, labels) == ",");
  CHECK(column_label(name("decoder.layers.0.self_attn.head.0.scores"), 1, labels) == "\u2581Bonjour");
  CHECK(column_label(name("decoder.logits"), 3, labels) == "\u2581Bonjour");
  CHECK(column_label(name("encoder.memory"), 3, labels) == "3");
  CHECK(column_label(name("encoder.layers.0.self_attn.head.0.query"), 17, labels) == "17");
}

TEST_CASE("labels: where the terminal is not UTF-8 the arrow is > and a word begins with _") {
  const Labels labels = example();
  CHECK(row_label(name("decoder.embed.sum"), 0, labels, Spelling::ascii) == "<pad> > _Bonjour");
  CHECK(column_label(name("decoder.logits"), 1, labels, Spelling::ascii) == "_Hello");
}

TEST_CASE("labels: without ids the indices stand for themselves") {
  const Labels none;
  CHECK(row_label(name("decoder.logits"), 2, none) == "2");
  CHECK(row_label(name("encoder.memory"), 1, none) == "1");
  CHECK(column_label(name("decoder.logits"), 12, none) == "12");
  CHECK(row_label(name("encoder.memory"), 99, example()) == "99");
  CHECK(row_label(name("decoder.logits"), 99, example()) == "99");
}
