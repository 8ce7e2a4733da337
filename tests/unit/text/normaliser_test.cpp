#include "engine/text/normaliser.hpp"

#include <random>

#include "engine/text/sentencepiece.hpp"
#include "engine/text/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/text/model_builder.hpp"

namespace {

using namespace glass::text;
using Origins = std::vector<std::size_t>;

const std::string kSpace(kSpaceSymbol);

Normalised plain(const std::string& text, const NormaliserSpec& spec = {}, bool suffix = false) {
  return Normaliser(spec, suffix, "m.spm")(text, nullptr);
}

/// Rules: `A` becomes `a`, `AB` becomes ` x`, `C` becomes nothing. Written out unit by unit.
std::string small_charsmap() {
  std::vector<std::uint32_t> units(512, 0);
  const auto child = [&](std::uint32_t at, std::uint32_t label, std::uint32_t base, bool leaf) {
    units[at] = (at ^ base) << 10 | (leaf ? 1U << 8 : 0U) | label;
  };
  child(0, 0, 256, false);
  child(256 ^ 'A', 'A', 16, true);
  units[16] = 0x80000000U | 0;
  child(16 ^ 'B', 'B', 32, true);
  units[32] = 0x80000000U | 2;
  child(256 ^ 'C', 'C', 48, true);
  units[48] = 0x80000000U | 5;
  std::string blob;
  const auto append = [&](std::uint32_t value) {
    for (int i = 0; i < 4; ++i) blob += static_cast<char>(value >> (8 * i));
  };
  append(512 * 4);
  for (const std::uint32_t unit : units) append(unit);
  return blob + std::string("a\0 x\0\0", 6);
}

}  // namespace

TEST_CASE("normaliser: spaces become one block each, and one stands in front", "[text]") {
  const Normalised result = plain("  a   b ");
  CHECK(result.text == kSpace + "a" + kSpace + "b");
  CHECK(result.origin == Origins{2, 2, 2, 2, 3, 3, 3, 6, 7});
}

TEST_CASE("normaliser: blank texts are empty", "[text]") {
  for (const char* blank : {"", " ", "     "}) CHECK(plain(blank).text.empty());
}

TEST_CASE("normaliser: without its flags a text stays as it is", "[text]") {
  NormaliserSpec spec;
  spec.add_dummy_prefix = spec.remove_extra_whitespaces = false;
  CHECK(plain(" a  b ", spec).text == kSpace + "a" + kSpace + kSpace + "b" + kSpace);
  spec.escape_whitespaces = false;
  CHECK(plain(" a  b ", spec).text == " a  b ");
}

TEST_CASE("normaliser: white space as a suffix is added at the end", "[text]") {
  CHECK(plain("a b", {}, true).text == "a" + kSpace + "b" + kSpace);
}

TEST_CASE("normaliser: each invalid byte becomes one U+FFFD", "[text]") {
  const Normalised result = plain(
      "a\xE2\x96"
      "b");
  CHECK(result.text == kSpace +
                           "a\xEF\xBF\xBD\xEF\xBF\xBD"
                           "b");
  CHECK(result.origin == Origins{0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4});
}

TEST_CASE("normaliser: the longest rule is taken, and all rewrites can be listed", "[text]") {
  NormaliserSpec spec;
  spec.charsmap = small_charsmap();
  const Normaliser normaliser(spec, false, "m.spm");
  CHECK(normaliser("AB", nullptr).text == kSpace + "x");
  CHECK(normaliser("bAABC ", nullptr).text == kSpace + "ba" + kSpace + "x");
  const std::vector<Rewrite> rewrites = normaliser.rewrites("bAABC", nullptr);
  REQUIRE(rewrites.size() == 3);
  CHECK(rewrites[0].begin == 1);
  CHECK(rewrites[0].output == "a");
  CHECK(rewrites[1].begin == 2);
  CHECK(rewrites[1].end == 4);
  CHECK(rewrites[1].output == " x");
  CHECK(rewrites[2].output.empty());
}

TEST_CASE("normaliser: nmt_nfkc turns ligatures and wide letters into plain ones", "[text]") {
  const SentencePiece model = SentencePiece::load(glass::test::data("oracle/models/tiny-swish-unigram/source.spm"));
  CHECK(model.normalise("\xEF\xAC\x81n \xEF\xBC\xA1\xE3\x80\x80\xC2\xA0z").text ==
        kSpace + "fin" + kSpace + "A" + kSpace + "z");
}

TEST_CASE("charsmap: sizes and offsets that point outside are refused", "[text]") {
  const std::string good = small_charsmap();
  CHECK_THROWS_WITH(Charsmap("abc", "m.spm"),
                    "m.spm: the normalisation rules are damaged: 3 bytes where at least 4 are expected");
  CHECK_THROWS_WITH(Charsmap(std::string_view("\xFF\xFF\xFF\xFFxyz", 7), "m.spm"),
                    "m.spm: the normalisation rules are damaged: a trie of 4294967295 bytes in 3 bytes");
  CHECK_THROWS_WITH(Charsmap(std::string_view(good).substr(0, good.size() - 1), "m.spm"),
                    "m.spm: the normalisation rules are damaged: unit 48 points at replacement byte 5 of 5");
  CHECK_THROWS_WITH(Charsmap(std::string_view(good).substr(0, good.size() - 3), "m.spm"),
                    "m.spm: the normalisation rules are damaged: the last replacement has no closing zero");
  std::string far = good;
  far[4 + 4 * 100 + 2] = '\x7F';
  CHECK_THROWS_WITH(Charsmap(far, "m.spm"),
                    "m.spm: the normalisation rules are damaged: unit 100 points at unit 8100 of 512");
}

TEST_CASE("charsmap: no damage of a byte leads outside", "[text]") {
  const std::string good =
      read_sentencepiece_model(glass::test::data("oracle/models/tiny-swish-unigram/source.spm")).normaliser.charsmap;
  std::mt19937_64 random(6);
  int accepted = 0;
  for (int i = 0; i < 300; ++i) {
    std::string bad = good;
    for (int k = 0; k < 3; ++k) bad[random() % bad.size()] = static_cast<char>(random());
    try {
      const Charsmap map(bad, "m.spm");
      for (int c = 1; c < 0x800; ++c)
        map.longest_rule(std::string{static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))});
      ++accepted;
    } catch (const std::runtime_error& error) {
      CHECK_THAT(error.what(), check::StartsWith("m.spm: the normalisation rules are damaged: "));
    }
  }
  CHECK(accepted > 0);
  CHECK(accepted < 300);
}
