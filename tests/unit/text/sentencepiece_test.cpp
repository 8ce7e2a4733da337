#include "engine/text/sentencepiece.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/text/model_builder.hpp"

namespace {

using namespace glass::text;
using glass::test::small_model;
using Pieces = std::vector<Piece>;
using Texts = std::vector<std::string>;

SentencePieceModel with_bytes(SentencePieceModel model) {
  model.byte_fallback = true;
  for (int byte = 0; byte < 256; ++byte) {
    model.pieces.push_back({piece_of_byte(static_cast<unsigned char>(byte)), 0, PieceType::byte});
  }
  return model;
}

SentencePiece shipped() { return SentencePiece::load(glass::test::root() / "data/model/source.spm"); }

}  // namespace

TEST_CASE("sentencepiece: a piece knows the bytes of the text that it came from", "[text]") {
  const SentencePiece model(small_model(ModelType::bpe, {"ab", "▁ab", "▁", "a", "b"}));
  CHECK(model.segment("ab  ab") == Pieces{{"▁ab", 4, 0, 2}, {"▁ab", 4, 2, 6}});
}

TEST_CASE("sentencepiece: unknown neighbours are one piece", "[text]") {
  const SentencePiece model(small_model(ModelType::bpe, {"▁", "a"}));
  CHECK(model.segment("日本語a日") == Pieces{{"▁", 3, 0, 0}, {"日本語", 0, 0, 9}, {"a", 4, 9, 10}, {"日", 0, 10, 13}});
}

TEST_CASE("sentencepiece: with byte_fallback the unknown is spelled in bytes", "[text]") {
  const SentencePiece model(with_bytes(small_model(ModelType::bpe, {"▁", "a"})));
  CHECK(model.segment("aé") ==
        Pieces{{"▁", 3, 0, 0}, {"a", 4, 0, 1}, {"<0xC3>", 5 + 0xC3, 1, 1}, {"<0xA9>", 5 + 0xA9, 1, 3}});
  CHECK(model.decode({"▁", "a", "<0xC3>", "<0xA9>", "<0xC3>", "▁", "a"}) == "aé\xEF\xBF\xBD a");
}

TEST_CASE("sentencepiece: a word model cuts before every space", "[text]") {
  const SentencePiece model(small_model(ModelType::word, {"▁one", "▁two"}));
  CHECK(model.segment("one three two") == Pieces{{"▁one", 3, 0, 3}, {"▁three", 0, 3, 9}, {"▁two", 4, 9, 13}});
}

TEST_CASE("sentencepiece: a character model cuts between all characters", "[text]") {
  const SentencePiece model(small_model(ModelType::character, {"▁", "é"}));
  CHECK(model.segment("éé") == Pieces{{"▁", 3, 0, 0}, {"é", 4, 0, 2}, {"é", 4, 2, 4}});
}

TEST_CASE("sentencepiece: pieces become text by hand", "[text]") {
  const SentencePiece model(small_model(ModelType::bpe, {"▁", "▁a", "b▁"}));
  CHECK(model.decode({"▁a", "▁a", "b▁"}) == "a ab ");
  CHECK(model.decode({"<s>", "▁", "▁a", "</s>"}) == "a");                   // control pieces and leading spaces vanish
  CHECK(model.decode({"▁a", "<unk>", "▁what"}) == "a \xE2\x81\x87 ▁what");  // what is no piece stays as it is
  CHECK(model.decode({}).empty());
  SentencePieceModel one = small_model(ModelType::bpe, {"▁", "▁a"});
  one.normaliser.remove_extra_whitespaces = false;
  CHECK(SentencePiece(one).decode({"▁", "▁a"}) == " a");  // only the space put in front is taken away
  one.normaliser.add_dummy_prefix = false;
  CHECK(SentencePiece(one).decode({"▁", "▁a"}) == "  a");
}

TEST_CASE("sentencepiece: somebody else's segmenter takes the place of ours", "[text]") {
  const SentencePiece model = shipped();
  const std::string text = "Hello, how are you?";
  CHECK(model.segment(text, segment) == model.segment(text));
  const Segmenter letters = [](const Texts& characters, const PieceScores&) { return characters; };
  CHECK(model.segment(text, letters).size() == model.characters(text).size());
  CHECK(model.segment(text, letters)[0].text == "▁");
}

TEST_CASE("sentencepiece: a segmenter that loses or changes letters is told where", "[text]") {
  const SentencePiece model(small_model(ModelType::bpe, {"▁", "a", "b"}));
  const auto with = [&](const Texts& pieces) {
    return model.segment("ab", [&](const Texts&, const PieceScores&) { return pieces; });
  };
  CHECK(with({"▁a", "b"}).size() == 2);
  CHECK_THROWS_WITH(with({"▁a"}), "segment: the pieces end before \"b\"; together they must spell the whole text");
  CHECK_THROWS_WITH(with({"▁", "b"}), "segment: piece 1 is \"b\" where the text goes on with \"ab\"");
  CHECK_THROWS_WITH(with({"▁ab", "c"}), "segment: piece 1 is \"c\" where the text goes on with \"\"");
  CHECK_THROWS_WITH(with({"▁", "", "ab"}), "segment: piece 1 is \"\" where the text goes on with \"ab\"");
}

TEST_CASE("sentencepiece: only a BPE model has merges, only a unigram model a lattice", "[text]") {
  CHECK_THROWS_WITH(SentencePiece(small_model(ModelType::unigram, {"a"})).merges("a"),
                    "merges: this SentencePiece model is not of the type bpe");
  CHECK_THROWS_WITH(SentencePiece(small_model(ModelType::bpe, {"a"})).lattice("a"),
                    "lattice: this SentencePiece model is not of the type unigram");
}

TEST_CASE("sentencepiece: a model that fails its own self-test is refused", "[text]") {
  SentencePieceModel model = small_model(ModelType::bpe, {"▁", "ab", "a", "b"});
  model.self_tests = {{"ab", "▁ ab"}};
  CHECK_NOTHROW(SentencePiece(model));
  model.self_tests.push_back({"ba", "▁ba"});
  CHECK_THROWS_WITH(SentencePiece(model),
                    "small.spm: self-test 1: \"ba\" becomes \"▁ b a\" where the file expects \"▁ba\"");
}
