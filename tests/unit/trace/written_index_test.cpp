#include "engine/trace/written_index.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;

namespace {

using Pieces = std::vector<std::string>;

/// "Hello, how are you, smell" read as "Bonjour, a comment,a".
const Labels& example() {
  static const Labels labels = [] {
    Labels result;
    result.source = {"▁Hello", ",", "▁how", "▁are", "▁you", ",", "▁sm", "ell", "</s>"};
    result.target_read = {"<pad>", "▁Bonjour", ",", "▁a", "▁comm", "ent", ",", "a"};
    result.target_predicted = {"▁Bonjour", ",", "▁a", "▁comm", "ent", ",", "a", "</s>"};
    result.vocabulary = [](std::size_t id) { return Pieces{"</s>", "▁the", "the", "▁Paris", "<pad>"}.at(id); };
    return result;
  }();
  return labels;
}

Name name_in(std::string_view text) { return parse_name(text).value(); }

std::size_t source_row(std::string_view text) { return row_index(name_in("encoder.memory"), 9, text, example()); }
std::size_t decoder_row(std::string_view text) { return row_index(name_in("decoder.logits"), 8, text, example()); }
std::size_t vocabulary(std::string_view text) { return column_index(name_in("decoder.logits"), 5, text, example()); }
std::size_t feature(std::string_view text) { return column_index(name_in("encoder.memory"), 128, text, example()); }
std::size_t key(std::string_view text) {
  return column_index(name_in("decoder.layers.0.encoder_attn.head.0.weights"), 9, text, example());
}
std::size_t read_key(std::string_view text) {
  return column_index(name_in("decoder.layers.0.self_attn.head.0.weights"), 8, text, example());
}

template <class Find>
std::string refusal(Find find, std::string_view text) {
  return test::message_of([&] { (void)find(text); });
}

}  // namespace

TEST_CASE("written index: a number counts from the start, a negative one from the end") {
  CHECK(source_row("0") == 0);
  CHECK(source_row("8") == 8);
  CHECK(source_row("-1") == 8);
  CHECK(source_row("-9") == 0);
  CHECK(feature("127") == 127);
  CHECK(vocabulary("-5") == 0);
}

TEST_CASE("written index: a number out of range is refused with the size") {
  const std::string size = "encoder.memory has 9 rows, 0 to 8 or -9 to -1; ";
  CHECK(refusal(source_row, "9") == size + "there is no row 9");
  CHECK(refusal(source_row, "-10") == size + "there is no row -10");
  CHECK(refusal(source_row, "99999999999999999999") == size + "there is no row 99999999999999999999");
  CHECK(refusal(feature, "128") == "encoder.memory has 128 columns, 0 to 127 or -128 to -1; there is no column 128");
  CHECK(test::message_of([] { (void)numbered_index("row", "final_logits_bias", 1, "3"); }) ==
        "final_logits_bias has 1 row, 0 or -1; there is no row 3");
}

TEST_CASE("written index: a source row is its piece, without U+2581, with _ for it, in any ASCII case") {
  CHECK(source_row("▁Hello") == 0);
  CHECK(source_row("Hello") == 0);
  CHECK(source_row("_Hello") == 0);
  CHECK(source_row("hello") == 0);
  CHECK(source_row("_HELLO") == 0);
  CHECK(source_row("ell") == 7);
  CHECK(source_row("</s>") == 8);
  CHECK(key("are") == 3);
}

TEST_CASE("written index: a token that several pieces are is refused with the choices") {
  CHECK(refusal(source_row, ",") == "\",\" may be several rows of encoder.memory; choose one by its number: 1 , | 5 ,");
  CHECK(refusal(decoder_row, ",") ==
        "\",\" may be several rows of decoder.logits; choose one by its number: 2 , ▸ ▁a | 6 , ▸ a");
}

TEST_CASE("written index: a whole word stands for its piece, and is ambiguous if it has several") {
  CHECK(refusal(source_row, "smell") ==
        "\"smell\" may be several rows of encoder.memory; choose one by its number: 6 ▁sm | 7 ell");
  CHECK(refusal(source_row, "Smell") ==
        "\"Smell\" may be several rows of encoder.memory; choose one by its number: 6 ▁sm | 7 ell");
  CHECK(refusal(decoder_row, "_comment") ==
        "\"_comment\" may be several rows of decoder.logits; choose one by its number: 4 ▁comm ▸ ent | 5 ent ▸ ,");
  Labels labels;
  labels.source = {"▁", "Yes", "!", "</s>"};  // the blank belongs to the word that it precedes
  CHECK(row_index(name_in("encoder.memory"), 4, "yes", labels) == 1);
}

TEST_CASE("written index: the piece that fits most exactly is meant") {
  CHECK(decoder_row("a") == 7);
  CHECK(decoder_row("_a") == 3);
  CHECK(decoder_row("▁a") == 3);
}

TEST_CASE("written index: a decoder row is the piece it reads, behind ▸ or > the one it predicts, or both") {
  CHECK(decoder_row("Bonjour") == 1);
  CHECK(decoder_row("<pad>") == 0);
  CHECK(decoder_row("▸Bonjour") == 0);
  CHECK(decoder_row(">bonjour") == 0);
  CHECK(decoder_row("▸ </s>") == 7);
  CHECK(decoder_row("▸_a") == 2);
  CHECK(decoder_row("Bonjour ▸ ,") == 1);
  CHECK(decoder_row("▁Bonjour ▸ ,") == 1);
  CHECK(decoder_row("_Bonjour > ,") == 1);
  CHECK(decoder_row(", ▸ a") == 6);
  CHECK(refusal(decoder_row, "▸,") ==
        "\",\" may be several rows of decoder.logits; choose one by its number: 1 ▁Bonjour ▸ , | 5 ent ▸ ,");
  CHECK(refusal(decoder_row, "▸comment") ==
        "\"comment\" may be several rows of decoder.logits; choose one by its number: 3 ▁a ▸ ▁comm | 4 ▁comm ▸ ent");
}

TEST_CASE("written index: the columns of a self-attention are the pieces that are read") {
  CHECK(read_key("bonjour") == 1);
  CHECK_THAT(
      refusal(read_key, "▸Bonjour"),
      check::StartsWith(
          "no column of decoder.layers.0.self_attn.head.0.weights is \"▸Bonjour\"; the nearest of 8 is 1 ▁Bonjour"
          " (all: 0 "));
}

TEST_CASE("written index: a column of the vocabulary is its piece; with and without U+2581 is ambiguous") {
  CHECK(vocabulary("▁Paris") == 3);
  CHECK(vocabulary("Paris") == 3);
  CHECK(vocabulary("_the") == 1);
  CHECK(refusal(vocabulary, "the") ==
        "\"the\" may be several columns of decoder.logits; choose one by its number: 1 ▁the | 2 the");
  CHECK_THAT(refusal(vocabulary, "pariss"),
             check::StartsWith("no column of decoder.logits is \"pariss\"; the nearest of 5 is 3 ▁Paris"
                               " (all: 0 "));
}

TEST_CASE("written index: what is no token is refused with the nearest and how many there are") {
  CHECK_THAT(refusal(source_row, "helo"),
             check::StartsWith("no row of encoder.memory is \"helo\"; the nearest of 9 is 0 ▁Hello"
                               " (all: 0 "));
  CHECK_THAT(refusal(decoder_row, "bonjur"),
             check::StartsWith("no row of decoder.logits is \"bonjur\"; the nearest of 8 is 1 ▁Bonjour ▸ ,"
                               " (all: 0 "));
  CHECK(refusal(source_row, "") ==
        "\"\" is no row of encoder.memory: its rows are given by number, 0 to 8 or -9 to -1");
}

TEST_CASE("written index: features have numbers only, and so has the one column of what is given") {
  CHECK(refusal(feature, "hello") ==
        "\"hello\" is no column of encoder.memory: its columns are features, which have only numbers, 0 to 127 or "
        "-128 to -1");
  CHECK(test::message_of([] { (void)column_index(name_in("encoder.ids"), 1, "id", example()); }) ==
        "\"id\" is no column of encoder.ids: its column is given by number, 0 or -1");
}

TEST_CASE("written index: where nothing has labels, numbers serve") {
  CHECK(row_index(name_in("encoder.memory"), 9, "3", {}) == 3);
  CHECK(test::message_of([] { (void)row_index(name_in("encoder.memory"), 9, "hello", {}); }) ==
        "no row of encoder.memory is \"hello\": they have no labels, only numbers");
}
