#include <sentencepiece_processor.h>
#include <zlib.h>

#include <filesystem>
#include <functional>
#include <sstream>

#include "engine/text/file.hpp"
#include "engine/text/sentencepiece.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/text/model_builder.hpp"
#include "tests/unit/text/random_text.hpp"

namespace {

using namespace glass::text;
using glass::test::RandomText;
using glass::test::serialise;

constexpr const char* kUnigram = "oracle/models/tiny-swish-unigram/source.spm";
constexpr const char* kBpe = "oracle/models/tiny-swish-unigram/target.spm";

std::string gunzip(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  REQUIRE(file != nullptr);
  std::string text;
  std::string buffer(1 << 16, '\0');
  for (int count = 1; count > 0;) {
    count = gzread(file.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
    REQUIRE(count >= 0);
    text.append(buffer, 0, static_cast<std::size_t>(count));
  }
  return text;
}

/// Both columns of the 10,000-line sample.
std::vector<std::string> sample() {
  std::istringstream lines(gunzip(glass::test::data("sample-10000.tsv.gz")));
  std::vector<std::string> texts;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    REQUIRE(tab != std::string::npos);
    texts.push_back(line.substr(0, tab));
    texts.push_back(line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1));
  }
  REQUIRE(texts.size() == 20000);
  return texts;
}

/// Our model and the library's, of the same bytes.
class Pair {
 public:
  explicit Pair(const std::string& bytes) : ours_(parse_sentencepiece_model(bytes, "model")) {
    REQUIRE(theirs_.LoadFromSerializedProto(bytes).ok());
  }
  explicit Pair(const std::filesystem::path& path) : Pair(read_file(path, 1 << 24)) {}

  /// Pieces, their ids and spans, and the text that they become again. The library gives up on a word that is a control
  /// piece (`</s>` in a word model), we do not; such a text is passed over.
  bool agree(const std::string& text) const {
    const std::vector<Piece> ours = ours_.segment(text);
    sentencepiece::ImmutableSentencePieceText theirs;
    if (!theirs_.Encode(text, theirs.mutable_proto()).ok()) return ours_.type() == ModelType::word;
    bool same = ours.size() == theirs.pieces_size();
    std::vector<std::string> pieces;
    for (std::size_t i = 0; same && i < ours.size(); ++i) {
      const auto expected = theirs.pieces(static_cast<int>(i));
      pieces.push_back(ours[i].text);
      same = ours[i].text == expected.piece() && ours[i].id == static_cast<std::int32_t>(expected.id()) &&
             ours[i].begin == expected.begin() && ours[i].end == expected.end();
    }
    return same && ours_.decode(pieces) == theirs_.DecodePieces(pieces);
  }

  bool decode_agrees(const std::vector<std::string>& pieces) const {
    return ours_.decode(pieces) == theirs_.DecodePieces(pieces);
  }

  const SentencePiece& ours() const { return ours_; }

 private:
  SentencePiece ours_;
  sentencepiece::SentencePieceProcessor theirs_;
};

std::vector<std::string> words_of(const SentencePiece& model) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < model.pieces().size(); ++i) {
    std::string word = model.pieces()[static_cast<std::int32_t>(i)].text;
    if (word.rfind("\xE2\x96\x81", 0) == 0) word.replace(0, 3, " ");
    words.push_back(word);
  }
  return words;
}

void check_random(const Pair& pair, std::uint64_t seed, int count) {
  RandomText next(seed, words_of(pair.ours()));
  for (int i = 0; i < count; ++i) {
    const std::string text = next();
    if (pair.agree(text)) continue;
    FAIL_CHECK("seed " << seed << ", text " << i << ": " << text);
  }
}

/// The oracle's two models and the shipped one, which serves both languages.
std::vector<std::filesystem::path> models() {
  const std::filesystem::path shipped = glass::test::root() / "data/model";
  REQUIRE(read_file(shipped / "source.spm", 1 << 24) == read_file(shipped / "target.spm", 1 << 24));
  return {glass::test::data(kUnigram), glass::test::data(kBpe), shipped / "source.spm"};
}

/// A real model with some pieces made unused, some user-defined, and other flags.
SentencePieceModel changed(const char* name, std::uint64_t seed) {
  SentencePieceModel model = read_sentencepiece_model(glass::test::data(name));
  std::mt19937_64 random(seed);
  for (ModelPiece& piece : model.pieces) {
    if (piece.type != PieceType::normal) continue;
    const std::uint64_t draw = random() % 40;
    if (draw < 6) piece.type = PieceType::unused;
    if (draw == 6) piece.type = PieceType::user_defined;
  }
  model.normaliser.add_dummy_prefix = (seed & 1) != 0;
  model.normaliser.remove_extra_whitespaces = (seed & 2) != 0;
  model.treat_whitespace_as_suffix = (seed & 4) != 0;
  model.byte_fallback = (seed & 8) != 0;
  model.normaliser.escape_whitespaces = seed % 5 != 0;
  for (int byte = 0; model.byte_fallback && byte < 256; ++byte) {
    model.pieces.push_back({piece_of_byte(static_cast<unsigned char>(byte)), 0, PieceType::byte});
  }
  return model;
}

}  // namespace

TEST_CASE("sentencepiece: the 20,000 texts of the sample are cut as the library cuts them", "[text][oracle]") {
  const std::vector<std::string> texts = sample();
  for (const auto& path : models()) {
    const Pair pair(path);
    for (const std::string& text : texts) {
      if (!pair.agree(text)) FAIL_CHECK(path.filename() << ": " << text);
    }
  }
}

TEST_CASE("sentencepiece: 100,000 random texts are cut by the oracle's unigram model as the library cuts them",
          "[text][oracle]") {
  check_random(Pair(models()[0]), 20, 100000);
}

TEST_CASE("sentencepiece: 100,000 random texts are cut by the oracle's BPE model as the library cuts them",
          "[text][oracle]") {
  check_random(Pair(models()[1]), 20, 100000);
}

TEST_CASE("sentencepiece: 100,000 random texts are cut by the shipped model as the library cuts them",
          "[text][oracle]") {
  check_random(Pair(models()[2]), 20, 100000);
}

TEST_CASE("sentencepiece: unused and user-defined pieces, bytes and every flag agree with the library",
          "[text][oracle]") {
  for (std::uint64_t seed = 0; seed < 32; ++seed) {
    for (const char* name : {kUnigram, kBpe}) check_random(Pair(serialise(changed(name, seed))), seed, 1000);
  }
}

TEST_CASE("sentencepiece: word and character models agree with the library", "[text][oracle]") {
  for (const ModelType type : {ModelType::word, ModelType::character}) {
    for (std::uint64_t seed = 0; seed < 16; ++seed) {
      SentencePieceModel model = changed(kBpe, seed);
      model.type = type;
      check_random(Pair(serialise(model)), seed, 1000);
    }
  }
}

TEST_CASE("sentencepiece: any pieces in any order become the library's text", "[text][oracle]") {
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    const Pair pair(serialise(changed(kBpe, seed)));
    const PieceTable& pieces = pair.ours().pieces();
    std::mt19937_64 random(seed);
    for (int i = 0; i < 2000; ++i) {
      std::vector<std::string> sequence(random() % 12);
      for (std::string& piece : sequence) {
        piece = pieces[static_cast<std::int32_t>(random() % pieces.size())].text;
        if (random() % 30 == 0) piece = "\xE2\x96\x81never\xE2\x96\x81 a piece";
      }
      if (!pair.decode_agrees(sequence)) FAIL_CHECK("seed " << seed << ", sequence " << i);
    }
  }
}
