#include "engine/checkpoint/generation_config.hpp"

#include "tests/support/catch.hpp"

namespace glass::checkpoint {

namespace {

const Config& config() {
  static const Config kept =
      parse_config(R"({"model_type":"marian","vocab_size":10,"pad_token_id":9,"decoder_start_token_id":9,)"
                   R"("max_position_embeddings":50})",
                   "c");
  return kept;
}

Generation parse(const char* generation) { return parse_generation("{}", generation, config()); }

std::string refusal(const char* generation) {
  try {
    parse(generation);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

constexpr const char* kOldStyle = R"({"num_beams":6,"max_length":40,"bad_words_ids":[[9]],"length_penalty":0.5})";

}  // namespace

TEST_CASE("generation: without any setting the library's defaults are in force", "[checkpoint]") {
  const Generation generation = parse_generation("{}", std::nullopt, config());
  CHECK(generation.num_beams == 1);
  CHECK(generation.max_length == 21);
  CHECK(generation.min_length == 0);
  CHECK(generation.length_penalty == 1.0);
  CHECK(generation.early_stopping == EarlyStopping::no);
  CHECK(generation.no_repeat_ngram_size == 0);
  CHECK(generation.repetition_penalty == 1.0);
  CHECK(generation.bad_words_ids.empty());
  CHECK_FALSE(generation.forced_bos_id.has_value());
  CHECK_FALSE(generation.renormalize_logits);
  CHECK(generation.start_id == 9);
  CHECK(generation.eos_ids == std::vector<std::int64_t>{0});
}

TEST_CASE("generation: Marian forces the end token unless config.json alone says null", "[checkpoint]") {
  const auto forced = [](const char* json) { return parse_generation(json, std::nullopt, config()).forced_eos_ids; };
  CHECK(forced("{}") == std::vector<std::int64_t>{0});
  CHECK(forced(R"({"forced_eos_token_id":3})") == std::vector<std::int64_t>{3});
  CHECK(forced(R"({"forced_eos_token_id":null})").empty());
  CHECK(parse("{}").forced_eos_ids.empty());
  CHECK(parse(R"({"forced_eos_token_id":0})").forced_eos_ids == std::vector<std::int64_t>{0});
}

TEST_CASE("generation: every setting is read", "[checkpoint]") {
  const Generation generation =
      parse(R"({"num_beams":4,"max_length":30,"min_length":2,"length_penalty":-1,"early_stopping":"never",)"
            R"("no_repeat_ngram_size":3,"repetition_penalty":1.25,"bad_words_ids":[[9],[1,2]],"forced_bos_token_id":7,)"
            R"("forced_eos_token_id":[0,1],"renormalize_logits":true,"decoder_start_token_id":8,"pad_token_id":6,)"
            R"("eos_token_id":[0,5]})");
  CHECK(generation.num_beams == 4);
  CHECK(generation.max_length == 30);
  CHECK(generation.min_length == 2);
  CHECK(generation.length_penalty == -1.0);
  CHECK(generation.early_stopping == EarlyStopping::never);
  CHECK(generation.no_repeat_ngram_size == 3);
  CHECK(generation.repetition_penalty == 1.25);
  CHECK(generation.bad_words_ids == std::vector<std::vector<std::int64_t>>{{9}, {1, 2}});
  CHECK(generation.forced_bos_id == 7);
  CHECK(generation.forced_eos_ids == std::vector<std::int64_t>{0, 1});
  CHECK(generation.renormalize_logits);
  CHECK(generation.start_id == 8);
  CHECK(generation.pad_id == 6);
  CHECK(generation.eos_ids == std::vector<std::int64_t>{0, 5});
  CHECK(parse(R"({"early_stopping":true})").early_stopping == EarlyStopping::yes);
}

TEST_CASE("generation: generation_config.json hides all of config.json's settings", "[checkpoint]") {
  CHECK(parse_generation(kOldStyle, std::nullopt, config()).num_beams == 6);
  const Generation generation = parse_generation(kOldStyle, R"({"max_length":30})", config());
  CHECK(generation.num_beams == 1);
  CHECK(generation.max_length == 30);
  CHECK(generation.length_penalty == 1.0);
  CHECK(generation.bad_words_ids.empty());
  CHECK(generation.pad_id == 9);
}

TEST_CASE("generation: a file made from config.json gives way to config.json's own settings", "[checkpoint]") {
  const char* made = R"({"_from_model_config":true,"num_beams":2,"renormalize_logits":true})";
  const Generation rebuilt = parse_generation(kOldStyle, made, config());
  CHECK(rebuilt.num_beams == 6);
  CHECK(rebuilt.max_length == 40);
  CHECK_FALSE(rebuilt.renormalize_logits);
  CHECK(parse_generation("{}", made, config()).num_beams == 2);
  CHECK(parse_generation(R"({"num_beams":1,"max_length":20,"bad_words_ids":null,"d_model":5})", made, config())
            .renormalize_logits);
}

TEST_CASE("generation: twenty is the library's own length and means twenty new tokens", "[checkpoint]") {
  CHECK(parse(R"({"max_length":20})").max_length == 21);
  CHECK(parse(R"({"max_length":19})").max_length == 19);
  CHECK(parse(R"({"max_length":30,"max_new_tokens":4})").max_length == 5);
  CHECK(parse(R"({"min_length":9,"min_new_tokens":4})").min_length == 5);
  Config short_one = config();
  short_one.max_positions = 12;
  CHECK(parse_generation("{}", "{}", short_one).max_length == 12);
  CHECK(parse_generation("{}", R"({"max_length":30})", short_one).max_length == 30);
}

TEST_CASE("generation: a setting that makes no sense is refused", "[checkpoint]") {
  const std::string file = "generation_config.json: ";
  CHECK(refusal("[]") == file + "must be a JSON object, found []");
  CHECK(refusal(R"({"num_beams":0})") == file + "num_beams must be a whole number from 1 to 1000, found 0");
  CHECK(refusal(R"({"num_beams":2.5})") == file + "num_beams must be a whole number from 1 to 1000, found 2.5");
  CHECK(refusal(R"({"max_length":1})") == file + "max_length must be a whole number from 2 to 2147483647, found 1");
  CHECK(refusal(R"({"length_penalty":"1"})") == file + "length_penalty must be a finite number, found \"1\"");
  CHECK(refusal(R"({"early_stopping":"soon"})") ==
        file + "early_stopping must be true, false or \"never\", found \"soon\"");
  CHECK(refusal(R"({"repetition_penalty":0})") == file + "repetition_penalty must be a number above 0, found 0");
  CHECK(refusal(R"({"bad_words_ids":[[]]})") ==
        file + "bad_words_ids must be a list of non-empty lists of token ids, found [[]]");
  CHECK(refusal(R"({"bad_words_ids":[[10]]})") ==
        file + "bad_words_ids must be token ids below the vocabulary's size (10), found [[10]]");
  CHECK(refusal(R"({"eos_token_id":10})") ==
        file + "eos_token_id must be token ids below the vocabulary's size (10), found 10");
  CHECK(refusal(R"({"renormalize_logits":"yes"})") == file + "renormalize_logits must be true or false, found \"yes\"");
}

}  // namespace glass::checkpoint
