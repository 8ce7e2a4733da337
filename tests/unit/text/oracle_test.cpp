#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/text/tokenizer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

namespace {

using namespace glass::text;
using Ids = std::vector<std::int64_t>;

constexpr const char* kModel = "oracle/models/tiny-swish-unigram";

nlohmann::json expected(const std::string& name) {
  return nlohmann::json::parse(std::ifstream(glass::test::data("oracle/expected/tiny-swish-unigram") / name));
}

std::vector<std::string> texts(const std::vector<Piece>& pieces) {
  std::vector<std::string> result;
  for (const Piece& piece : pieces) result.push_back(piece.text);
  return result;
}

}  // namespace

TEST_CASE("tokenizer: the pieces of 339 texts are those of the oracle, on both sides", "[text][oracle]") {
  const Tokenizer tokenizer = Tokenizer::load(glass::test::data(kModel));
  const nlohmann::json cases = expected("tokenization.json");
  REQUIRE(cases.size() == 339);
  for (const auto& entry : cases) {
    const auto text = entry["text"].get<std::string>();
    INFO(text);
    const auto source = texts(tokenizer.sentencepiece(Side::source).segment(text));
    const auto target = texts(tokenizer.sentencepiece(Side::target).segment(text));
    CHECK(source == entry["source_pieces"].get<std::vector<std::string>>());
    CHECK(target == entry["target_pieces"].get<std::vector<std::string>>());
  }
}

TEST_CASE("tokenizer: the ids of 339 texts are those of transformers 4.47.1 under the older rule", "[text][oracle]") {
  const Tokenizer tokenizer = Tokenizer::load(glass::test::data(kModel), LanguageCodes::hf_4_52);
  for (const auto& entry : expected("tokenization.json")) {
    const auto text = entry["text"].get<std::string>();
    INFO(text);
    CHECK(ids(tokenizer.encode(text, Side::source)) == entry["source_ids"].get<Ids>());
    const Ids target = ids(tokenizer.encode(text, Side::target));
    CHECK(target == entry["target_ids"].get<Ids>());
    CHECK(tokenizer.decode(target) == entry["decoded_target_ids"].get<std::string>());
  }
}

TEST_CASE("tokenizer: the ids of 339 texts are those of transformers 4.57.6 by default", "[text][oracle]") {
  const Tokenizer tokenizer = Tokenizer::load(glass::test::data(kModel));
  int differing = 0;
  for (const auto& entry : expected("tokenization.json")) {
    const auto text = entry["text"].get<std::string>();
    INFO(text);
    const bool differs = entry.contains("source_ids_v4_57_6");
    differing += differs ? 1 : 0;
    const std::string suffix = differs ? "_v4_57_6" : "";
    CHECK(ids(tokenizer.encode(text, Side::source)) == entry["source_ids" + suffix].get<Ids>());
    CHECK(ids(tokenizer.encode(text, Side::target)) == entry["target_ids" + suffix].get<Ids>());
  }
  CHECK(differing == 6);
}

TEST_CASE("tokenizer: 84 id sequences become the oracle's texts", "[text][oracle]") {
  const Tokenizer tokenizer = Tokenizer::load(glass::test::data(kModel));
  const nlohmann::json cases = expected("decode.json");
  REQUIRE(cases.size() == 84);
  for (const auto& entry : cases) {
    const Ids sequence = entry["ids"].get<Ids>();
    INFO(entry.dump());
    std::vector<std::string> pieces;
    for (const std::int64_t id : sequence) pieces.push_back(tokenizer.piece(id, Side::target));
    CHECK(pieces == entry["pieces"].get<std::vector<std::string>>());
    CHECK(tokenizer.decode(sequence) == entry["skip"].get<std::string>());
    CHECK(tokenizer.decode(sequence, SpecialTokens::keep) == entry["keep"].get<std::string>());
    CHECK(clean_up(tokenizer.decode(sequence)) == entry["skip_cleanup"].get<std::string>());
    CHECK(tokenizer.decode(sequence, SpecialTokens::skip, Side::source) == entry["skip_source_spm"].get<std::string>());
  }
}
