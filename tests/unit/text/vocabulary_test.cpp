#include "engine/text/vocabulary.hpp"

#include "engine/text/tokenizer_config.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace glass::text;

Vocabulary parse(const std::string& json) { return Vocabulary::parse(json, "vocab.json"); }
TokenizerConfig config(const std::string& json) { return parse_tokenizer_config(json, "t.json"); }

}  // namespace

TEST_CASE("vocabulary: pieces and ids lead to each other", "[text]") {
  const Vocabulary vocabulary = parse(R"({"</s>": 0, "▁plus": 2, "\u00e9": 7, "": 3})");
  CHECK(vocabulary.size() == 4);
  CHECK(vocabulary.find("▁plus") == 2);
  CHECK(vocabulary.require("é") == 7);
  CHECK(*vocabulary.piece(7) == "é");
  CHECK_FALSE(vocabulary.find("plus").has_value());
  CHECK(vocabulary.piece(1) == nullptr);
  CHECK(vocabulary.piece(-1) == nullptr);
}

TEST_CASE("vocabulary: what is no object of pieces and ids is refused", "[text]") {
  CHECK_THROWS_WITH(parse("[]"), "vocab.json: is a list; an object of pieces and ids is expected");
  CHECK_THROWS_WITH(parse("3"), "vocab.json: is a number; an object of pieces and ids is expected");
  CHECK_THROWS_WITH(parse("\"a\""), "vocab.json: is a string; an object of pieces and ids is expected");
  CHECK_THROWS_WITH(parse("null"), "vocab.json: is null; an object of pieces and ids is expected");
  CHECK_THROWS_WITH(parse(""), "vocab.json: is no valid JSON from byte 1 on");
  CHECK_THROWS_WITH(parse(R"({"a": 1,)"), "vocab.json: is no valid JSON from byte 9 on");
  CHECK_THROWS_WITH(parse(R"({"a": 1} x)"), "vocab.json: is no valid JSON from byte 10 on");
  CHECK_THROWS_WITH(parse("{\"\xFF\": 1}"), "vocab.json: is no valid JSON from byte 3 on");
  CHECK_THROWS_WITH(parse(std::string(1 << 20, '[')), "vocab.json: is a list; an object of pieces and ids is expected");
}

TEST_CASE("vocabulary: ids that are no ids are refused", "[text]") {
  const std::string whole = "; a whole number is expected";
  CHECK_THROWS_WITH(parse(R"({"a": "1"})"), "vocab.json: the id of \"a\" is a string" + whole);
  CHECK_THROWS_WITH(parse(R"({"a": 1.5})"), "vocab.json: the id of \"a\" is 1.5" + whole);
  CHECK_THROWS_WITH(parse(R"({"a": -1})"), "vocab.json: the id of \"a\" is -1" + whole);
  CHECK_THROWS_WITH(parse(R"({"a": null})"), "vocab.json: the id of \"a\" is null" + whole);
  CHECK_THROWS_WITH(parse(R"({"a": true})"), "vocab.json: the id of \"a\" is true or false" + whole);
  CHECK_THROWS_WITH(parse(R"({"a": [1]})"), "vocab.json: the id of \"a\" is a list" + whole);
  CHECK_THROWS_WITH(parse(R"({"a": {"b": 1}})"), "vocab.json: the id of \"a\" is an object" + whole);
  CHECK_THROWS_WITH(parse(R"({"a": 2147483648})"),
                    "vocab.json: the id of \"a\" is 2147483648; it must be below 2147483648");
  CHECK(parse(R"({"a": 2147483647})").require("a") == 2147483647);
}

TEST_CASE("vocabulary: a piece or an id that is there twice is refused", "[text]") {
  CHECK_THROWS_WITH(parse(R"({"a": 1, "a": 2})"), "vocab.json: the piece \"a\" is there twice");
  CHECK_THROWS_WITH(parse(R"({"a": 1, "b": 1})"),
                    "vocab.json: the id 1 belongs to \"a\" and to \"b\"; ids must be unique");
}

TEST_CASE("vocabulary: ids must be rows of the model's table", "[text]") {
  const Vocabulary vocabulary = parse(R"({"a": 1, "b": 9})");
  CHECK_NOTHROW(vocabulary.require_below(10));
  CHECK_THROWS_WITH(vocabulary.require_below(9),
                    "vocab.json: the id of \"b\" is 9, but the model has only 9 rows; ids must be below vocab_size of "
                    "config.json");
  CHECK_THROWS_WITH(vocabulary.require("<unk>"), "vocab.json: the piece \"<unk>\" is missing; a vocabulary needs it");
}

TEST_CASE("tokenizer_config: missing and null keys have the defaults", "[text]") {
  for (const char* json : {"{}", R"({"source_lang": null, "eos_token": null, "separate_vocabs": null})"}) {
    const TokenizerConfig read = config(json);
    CHECK(read.source_lang.empty());
    CHECK(read.eos_token == "</s>");
    CHECK_FALSE(read.separate_vocabs);
    CHECK_FALSE(read.clean_up_tokenization_spaces);
  }
}

TEST_CASE("tokenizer_config: a special token is a string or an object", "[text]") {
  const TokenizerConfig read = config(R"({"eos_token": "<end>", "unk_token": {"content": "<?>", "lstrip": false},
                                         "source_lang": "en", "clean_up_tokenization_spaces": true})");
  CHECK(read.eos_token == "<end>");
  CHECK(read.unk_token == "<?>");
  CHECK(read.pad_token == "<pad>");
  CHECK(read.source_lang == "en");
  CHECK(read.clean_up_tokenization_spaces);
}

TEST_CASE("tokenizer_config: values of another kind are refused", "[text]") {
  CHECK_THROWS_WITH(config("[1]"), "t.json: is of the kind array; expected an object");
  CHECK_THROWS_WITH(config("{"), "t.json: is no valid JSON");
  CHECK_THROWS_WITH(config(R"({"separate_vocabs": 1})"),
                    "t.json: separate_vocabs is of the kind number; expected true or false");
  CHECK_THROWS_WITH(config(R"({"source_lang": 1})"), "t.json: source_lang is of the kind number; expected a string");
  CHECK_THROWS_WITH(config(R"({"pad_token": {"x": 1}})"),
                    "t.json: pad_token is of the kind object; expected a string under \"content\"");
  CHECK_THROWS_WITH(config(R"({"eos_token": ""})"), "t.json: eos_token is empty; a special token needs a text");
}
