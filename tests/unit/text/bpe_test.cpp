#include "engine/text/bpe.hpp"

#include "engine/text/segment.hpp"
#include "engine/text/sentencepiece.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/text/model_builder.hpp"
#include "tests/unit/text/random_text.hpp"

namespace {

using namespace glass::text;
using glass::test::small_model;
using Texts = std::vector<std::string>;

Texts cut(const PieceTable& pieces, const std::string& text) {
  Texts result;
  for (const Part& part : segment_bpe(pieces, text)) result.push_back(text.substr(part.begin, part.end - part.begin));
  return result;
}

PieceTable table(const Texts& pieces) { return PieceTable(small_model(ModelType::bpe, pieces).pieces); }

SentencePieceModel shipped() { return read_sentencepiece_model(glass::test::root() / "data/model/source.spm"); }

}  // namespace

TEST_CASE("bpe: the pair with the highest score is joined first", "[text]") {
  CHECK(cut(table({"bc", "ab", "a", "b", "c"}), "abc") == Texts{"a", "bc"});
  CHECK(cut(table({"ab", "bc", "a", "b", "c"}), "abc") == Texts{"ab", "c"});
}

TEST_CASE("bpe: every merge is recorded with its parts, score and place", "[text]") {
  const PieceTable pieces = table({"lo", "low", "er", "l", "o", "w", "e", "r"});
  const MergeSteps steps = merge_steps(pieces, "lower");
  REQUIRE(steps.merges.size() == 3);
  CHECK(steps.merges[0].left == "l");
  CHECK(steps.merges[0].right == "o");
  CHECK(steps.merges[0].joined() == "lo");
  CHECK(steps.merges[0].score == -1.0F);
  CHECK(steps.merges[0].position == 0);
  CHECK(steps.merges[1].joined() == "low");
  CHECK(steps.merges[2].joined() == "er");
  CHECK(steps.merges[2].position == 3);
  CHECK(steps.after(0) == Texts{"l", "o", "w", "e", "r"});
  CHECK(steps.after(1) == Texts{"lo", "w", "e", "r"});
  CHECK(steps.after(2) == Texts{"low", "e", "r"});
  CHECK(steps.after(3) == Texts{"low", "er"});
  CHECK_THROWS_WITH(steps.after(4), "step 4 of 3 merges");
}

TEST_CASE("bpe: the leftmost of equal merges wins", "[text]") {
  const PieceTable pieces = table({"aa", "a"});
  CHECK(cut(pieces, "aaa") == Texts{"aa", "a"});
  CHECK(cut(pieces, "aaaaa") == Texts{"aa", "aa", "a"});
}

TEST_CASE("bpe: an unused piece serves as a step and is taken apart at the end", "[text]") {
  SentencePieceModel model = small_model(ModelType::bpe, {"ab", "abc", "abcd", "a", "b", "c", "d"});
  model.pieces[3].type = PieceType::unused;
  model.pieces[4].type = PieceType::unused;
  const PieceTable pieces(model.pieces);
  CHECK(cut(pieces, "abc") == Texts{"a", "b", "c"});
  CHECK(cut(pieces, "abcd") == Texts{"abcd"});
}

TEST_CASE("bpe: a user-defined piece is neither cut nor joined", "[text]") {
  SentencePieceModel model = small_model(ModelType::bpe, {"<sep>", "x", "<sep>x"});
  model.pieces[3].type = PieceType::user_defined;
  CHECK(cut(PieceTable(model.pieces), "x<sep>x") == Texts{"x", "<sep>", "x"});
}

TEST_CASE("bpe: the parts are the text, whatever it is", "[text]") {
  const PieceTable pieces(shipped().pieces);
  glass::test::RandomText next(3, {"you", " the", "ing", "\xE2\x96\x81"});
  for (int i = 0; i < 2000; ++i) {
    const std::string text = next();
    std::string together;
    for (const std::string& part : cut(pieces, text)) together += part;
    REQUIRE(together == text);
  }
  CHECK(segment_bpe(pieces, "").empty());
}

TEST_CASE("bpe: the queue gives what the blackboard gives, merge after merge", "[text]") {
  const SentencePiece model(shipped());
  const PieceScores scores = model.scores();
  glass::test::RandomText next(4, {"you", " the", "ing", " Hello", "comment", " vas-tu"});
  for (int i = 0; i < 2000; ++i) {
    const std::string text = next();
    const Texts expected = segment(model.characters(text), scores);
    const MergeSteps steps = model.merges(text);
    REQUIRE(cut(model.pieces(), model.normalise(text).text) == expected);
    REQUIRE(steps.after(steps.merges.size()) == expected);
  }
}

TEST_CASE("bpe: a word of two million letters does not take quadratic time", "[text]") {
  const PieceTable pieces = table({"aa", "aaaa", "aaaaaaaa", "a"});
  CHECK(segment_bpe(pieces, std::string(2'000'000, 'a')).size() == 250'000);
}
