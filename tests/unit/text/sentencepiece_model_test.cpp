#include "engine/text/sentencepiece_model.hpp"

#include <limits>
#include <random>

#include "engine/text/file.hpp"
#include "engine/text/protobuf.hpp"
#include "engine/text/sentencepiece.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/text/model_builder.hpp"

namespace {

using namespace glass::text;
using glass::test::bytes_field;
using glass::test::number_field;
using glass::test::piece_field;
using glass::test::serialise;
using glass::test::small_model;

const std::string kDamaged = "; the file is damaged or is not a SentencePiece model";

SentencePieceModel parse(const std::string& content) { return parse_sentencepiece_model(content, "m.spm"); }
SentencePieceModel parse(const SentencePieceModel& model) { return parse(serialise(model)); }

std::string oracle() { return read_file(glass::test::data("oracle/models/tiny-swish-unigram/target.spm"), 1 << 24); }

}  // namespace

TEST_CASE("sentencepiece_model: what is written is read again", "[text]") {
  SentencePieceModel model = small_model(ModelType::word, {"one", "two"});
  model.treat_whitespace_as_suffix = true;
  model.unk_surface = "?";
  model.normaliser.add_dummy_prefix = false;
  model.denormaliser.charsmap = "rules";
  model.self_tests = {{"a b", "a b"}};
  const SentencePieceModel read = parse(model);
  REQUIRE(read.pieces.size() == 5);
  CHECK(read.pieces[0].type == PieceType::unknown);
  CHECK(read.pieces[4].text == "two");
  CHECK(read.pieces[4].score == -2.0F);
  CHECK(read.type == ModelType::word);
  CHECK(read.treat_whitespace_as_suffix);
  CHECK_FALSE(read.byte_fallback);
  CHECK(read.unk_surface == "?");
  CHECK_FALSE(read.normaliser.add_dummy_prefix);
  CHECK(read.normaliser.remove_extra_whitespaces);
  CHECK(read.denormaliser.charsmap == "rules");
  CHECK(read.self_tests.at(0).input == "a b");
}

TEST_CASE("sentencepiece_model: what is not said has the format's default", "[text]") {
  const SentencePieceModel model = parse(bytes_field(1, bytes_field(1, "<unk>") + number_field(3, 2)) +
                                         bytes_field(1, bytes_field(1, "a")) + number_field(99, 7));
  CHECK(model.type == ModelType::unigram);
  CHECK(model.pieces[1].type == PieceType::normal);
  CHECK(model.pieces[1].score == 0);
  CHECK(model.unk_surface == " \xE2\x81\x87 ");
  CHECK(model.normaliser.add_dummy_prefix);
  CHECK(model.normaliser.escape_whitespaces);
}

TEST_CASE("sentencepiece_model: lengths that lie and messages that break off are refused", "[text]") {
  CHECK_THROWS_WITH(parse("\x0A"), "m.spm: byte 1: 1 bytes are announced but 0 are left" + kDamaged);
  CHECK_THROWS_WITH(parse("\x0A\xFF\xFF\xFF\xFF\x0F"
                          "ab"),
                    "m.spm: byte 6: 4294967295 bytes are announced but 2 are left" + kDamaged);
  CHECK_THROWS_WITH(parse(std::string(11, '\xFF')), "m.spm: byte 0: a number has more than ten bytes" + kDamaged);
  CHECK_THROWS_WITH(parse("\x0B"), "m.spm: byte 0: wire type 3" + kDamaged);
  CHECK_THROWS_WITH(parse(std::string(1, '\0')), "m.spm: byte 0: field number 0" + kDamaged);
  CHECK_THROWS_WITH(parse(number_field(1, 5)), "m.spm: byte 0: field 1 has wire type 0 where 2 is expected" + kDamaged);
  CHECK_THROWS_WITH(parse(bytes_field(1, bytes_field(1, "<unk>") + bytes_field(2, "x"))),
                    "m.spm: byte 11: field 2 has wire type 2 where 5 is expected" + kDamaged);
  CHECK_THROWS_WITH(parse("# some text\n"), check::StartsWith("m.spm: byte "));
}

TEST_CASE("sentencepiece_model: pieces that contradict each other are refused", "[text]") {
  CHECK_THROWS_WITH(parse(""), "m.spm: 0 pieces are of the type unknown; exactly one is expected");
  SentencePieceModel model = small_model(ModelType::bpe, {"a", "b"});
  model.pieces[4].type = PieceType::unknown;
  CHECK_THROWS_WITH(parse(model), "m.spm: 2 pieces are of the type unknown; exactly one is expected");
  CHECK_THROWS_WITH(parse(small_model(ModelType::bpe, {"a", "b", "a"})),
                    "m.spm: piece 5 \"a\" was already defined as piece 3");
  CHECK_THROWS_WITH(parse(small_model(ModelType::bpe, {"a", ""})), "m.spm: piece 4 is empty; every piece needs a text");
  model = small_model(ModelType::bpe, {"a"});
  model.pieces[3].score = std::numeric_limits<float>::quiet_NaN();
  CHECK_THROWS_WITH(parse(model), "m.spm: piece 3 \"a\" has a score that is not a finite number");
  CHECK_THROWS_WITH(parse(bytes_field(1, bytes_field(1, "a") + number_field(3, 9))),
                    "m.spm: piece 0 has type 9; 1 to 6 exist");
  CHECK_THROWS_WITH(parse(bytes_field(2, number_field(3, 5))),
                    "m.spm: model type 5; 1 (unigram), 2 (bpe), 3 (word) and 4 (char) exist");
}

TEST_CASE("sentencepiece_model: a name may be a control piece and an ordinary piece", "[text]") {
  CHECK(parse(small_model(ModelType::bpe, {"</s>"})).pieces.size() == 4);
}

TEST_CASE("sentencepiece_model: byte pieces and byte_fallback come together", "[text]") {
  SentencePieceModel model = small_model(ModelType::bpe, {"a"});
  model.pieces.push_back({"<0x41>", 0, PieceType::byte});
  CHECK_THROWS_WITH(parse(model), "m.spm: byte piece \"<0x41>\" although byte_fallback is off");
  model.byte_fallback = true;
  CHECK_THROWS_WITH(parse(model), "m.spm: byte_fallback is on but the piece <0x00> is missing");
  model.pieces.back().text = "<0x4g>";
  CHECK_THROWS_WITH(parse(model), "m.spm: byte piece \"<0x4g>\"; <0x00> to <0xFF> are expected");
  for (int byte = 0; byte < 256; ++byte) CHECK(byte_of_piece(piece_of_byte(static_cast<unsigned char>(byte))) == byte);
  for (const char* other : {"<0x4>", "<0x4a>", "<0x041>", "0x41", "<0x41", ""}) CHECK(byte_of_piece(other) == -1);
}

TEST_CASE("sentencepiece_model: a file cut off anywhere is refused or whole", "[text]") {
  const std::string good = oracle();
  const std::size_t pieces = parse(good).pieces.size();
  for (std::size_t size = 0; size < good.size(); size += size < 2000 ? 1 : 997) {
    try {
      const SentencePieceModel model = parse(good.substr(0, size));
      CHECK(model.pieces.size() <= pieces);
    } catch (const std::runtime_error& error) {
      CHECK_THAT(error.what(), check::StartsWith("m.spm: "));
    }
  }
}

TEST_CASE("sentencepiece_model: a damaged file is refused or works, but never worse", "[text]") {
  const std::string good = oracle();
  std::mt19937_64 random(7);
  int refused = 0;
  for (int i = 0; i < 400; ++i) {
    std::string bad = good;
    for (int k = 0; k < 4; ++k) bad[random() % (i % 2 == 0 ? 8000 : bad.size())] = static_cast<char>(random());
    try {
      const SentencePiece model(parse(bad));
      model.decode({model.segment("Hello, how are you? \xE6\x97\xA5").at(0).text, "\xE2\x96\x81you", "</s>"});
    } catch (const std::runtime_error& error) {
      ++refused;
      CHECK_THAT(error.what(), check::StartsWith("m.spm: "));
    }
  }
  CHECK(refused > 50);
}

TEST_CASE("file: what is missing, no file, or too large is refused before it is read", "[text]") {
  const std::string missing = glass::test::data("no-such.spm").string();
  CHECK_THROWS_WITH(read_file(missing, 10), missing + ": no such file; a model directory needs it (--model DIR)");
  const std::string folder = glass::test::data("oracle").string();
  CHECK_THROWS_WITH(read_file(folder, 10), folder + ": is not an ordinary file");
  CHECK_THROWS_WITH(read_file("/dev/zero", 10), "/dev/zero: is not an ordinary file");
  const std::string large = glass::test::data("oracle/models/tiny-swish-unigram/target.spm").string();
  CHECK_THROWS_WITH(read_file(large, 10), large + ": has 241709 bytes; at most 10 are read");
}
