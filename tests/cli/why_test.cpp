#include <algorithm>

#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/printed_text.hpp"

namespace {

using namespace glass::test;
using Words = std::vector<std::string>;

const std::string kPair = "Hello, how are you? → Bonjour, comment vas-tu ?";
const std::string kScores = "decoder.layers.1.encoder_attn.head.0.scores";

/// What `why` prints, without an error.
Words printed(const Words& words, const Setting& setting = {}) {
  const Result result = run("why", words, setting);
  CHECK(result.err.empty());
  CHECK(result.status == 0);
  const Words text = lines(result.out);
  REQUIRE_FALSE(text.empty());
  return text;
}

std::string last_line(const Words& words) { return printed(words).back(); }

bool has_line(const Words& text, const std::string& part) {
  return std::any_of(text.begin(), text.end(), [&](const std::string& line) { return line.find(part) != line.npos; });
}

void check_refusal(const Words& words, const std::string& message, const Setting& setting = {}) {
  const Result result = run("why", words, setting);
  CHECK(result.out.empty());
  CHECK(result.err == "why: error: " + message + "\n");
  CHECK(result.status == 2);
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

TEST_CASE("why: the first line is the sentence pair, the last the number", "[cli][why]") {
  const Words text = printed({kScores, "4", "5"});
  CHECK(text.front() == kPair);
  CHECK(first_difference("= 4.1688", text.back().substr(0, 8)) == "");
  CHECK(text.back().size() > 15);
  CHECK(has_line(text, "1   `decoder.layers.1.encoder_attn.head.0.query`   row 4 (`, ▸ ▁comment`)"));
  CHECK(has_line(text, "2   `decoder.layers.1.encoder_attn.head.0.key`     row 5 (`▁are`)"));
}

TEST_CASE("why: what is given and what is hidden have numbers of their own", "[cli][why]") {
  CHECK(last_line({"encoder.visible", "0", "0"}) == "= 1");
  CHECK(last_line({"encoder.ids", "how", "0"}) == "= 667");
  CHECK(last_line({"decoder.layers.0.self_attn.head.1.masked_scores", "1", "2"}) == "= -inf");
  const Words weight = printed({"final_logits_bias", "0", "5"});
  CHECK(has_line(weight, "a weight of the checkpoint: element [5] of 4000"));
}

TEST_CASE("why: rows and columns are tokens, or numbers from the end", "[cli][why]") {
  const std::string here = last_line({kScores, "4", "5"});
  CHECK(last_line({kScores, ",", "are"}) == here);
  CHECK(last_line({kScores, "▸_comment", "_ARE"}) == here);
  CHECK(last_line({kScores, ">comment", "-4"}) == here);
  CHECK(last_line({kScores, "-6", "5"}) == here);
  CHECK(last_line({"decoder.logits", "-1", "."}) == last_line({"decoder.logits", "9", "3927"}));
}

TEST_CASE("why: --all prints every term", "[cli][why]") {
  const Words few = printed({"encoder.layers.0.self_attn.query", "0", "0"});
  const Words all = printed({"encoder.layers.0.self_attn.query", "0", "0", "--all"});
  CHECK(has_line(few, "and 122 smaller ones, together "));
  CHECK_FALSE(has_line(all, "smaller"));
  CHECK(all.size() > few.size());
  CHECK(all.back() == few.back());
}

TEST_CASE("why: --up follows operands, element by element or by the largest term", "[cli][why]") {
  const Words by_element = printed({kScores, "4", "5", "--up", "2:17,1"});
  CHECK(has_line(by_element, "up 2: `decoder.layers.1.encoder_attn.head.0.key`, row 5, column 17"));
  CHECK(by_element.back() == last_line({"decoder.layers.1.encoder_attn.key", "5", "17"}));
  const Words by_size = printed({kScores, "4", "5", "--up", "2", "--width", "120"});
  CHECK(has_line(by_size, "up 2: `decoder.layers.1.encoder_attn.head.0.key`, row 5, column 24 (the largest of 32"));
  CHECK(by_size.back() == last_line({"decoder.layers.1.encoder_attn.head.0.key", "5", "24"}));
}

TEST_CASE("why: --used-by tells what is computed from the number", "[cli][why]") {
  const Words text = printed({"encoder.memory", "3", "7", "--used-by"});
  CHECK(has_line(text, "`decoder.layers.0.encoder_attn.key`     row 3 (`,`)"));
  CHECK(has_line(text, "`decoder.layers.2.encoder_attn.value`   row 3 (`,`)"));
  CHECK(text.back() == last_line({"encoder.memory", "3", "7"}));
  CHECK(has_line(printed({"decoder.log_probabilities", "0", "0", "--used-by"}), "nothing is computed from it"));
}

TEST_CASE("why: --path goes from one matrix to another, name by name", "[cli][why]") {
  const Words text =
      printed({"--path", "decoder.layers.2.feed_forward.norm", "decoder.log_probabilities", "--width", "100"});
  CHECK(text == Words{"  0   `decoder.layers.2.feed_forward.norm`",
                      "  1   `decoder.logits`                       = x E^T + b",
                      "  2   `decoder.log_probabilities`            = logits - log(sum(exp(logits))), row by row",
                      "2 steps; this is the only way"});
  CHECK(printed({"--path", "decoder.logits", "encoder.ids"}) ==
        Words{"no number of `decoder.logits` gets into `encoder.ids`"});
  CHECK(printed({"--path", "encoder.ids", "decoder.logits"}).back().find("26 steps; about ") == 0);
}

TEST_CASE("why: a sentence of one's own is translated, or read with its target", "[cli][why]") {
  const Words own = printed({"encoder.ids", "-1", "0", "--text", "What time is it?"});
  CHECK(own.front().find("What time is it? → ") == 0);
  CHECK(own.back() == "= 0");
  CHECK(printed({"encoder.ids", "0", "0", "--text", "Yes.", "--target", "Oui."}).front() == "Yes. → Oui.");
  const std::string model = data("oracle/models/tiny-swish-unigram").string();
  CHECK(printed({"decoder.logits", "0", "0", "--text", "Yes", "--target", "a", "--model", model}).front() == "Yes → a");
}

TEST_CASE("why: where the locale is ASCII everything is ASCII, the refusals too", "[cli][why]") {
  const Setting ascii{.environment = {"LC_ALL=C"}};
  const Result result = run("why", {kScores, "4", "5"}, ascii);
  CHECK(is_ascii(result.out));
  CHECK_THAT(result.out, check::ContainsSubstring("row 4 (`, > _comment`)"));
  const Result refused = run("why", {"encoder.memory", "hello", "0"}, ascii);
  CHECK(refused.err ==
        "why: error: \"hello\" may be several rows of encoder.memory; choose one by its number: 0 _He | 1 ll | 2 o\n");
}

TEST_CASE("why: NO_COLOR is stronger than --color", "[cli][why]") {
  const std::string escape = "\x1b[";
  CHECK(run("why", {kScores, "4", "5", "--color", "always"}).out.find(escape) != std::string::npos);
  const Setting none{.environment = {"NO_COLOR=1"}};
  CHECK(run("why", {kScores, "4", "5", "--color", "always"}, none).out.find(escape) == std::string::npos);
}

TEST_CASE("why: a token that is ambiguous or none is refused", "[cli][why]") {
  check_refusal({"encoder.memory", "hello", "0"},
                "\"hello\" may be several rows of encoder.memory; choose one by its number: 0 ▁He | 1 ll | 2 o");
  check_refusal({"encoder.memory", "hows", "0"},
                "no row of encoder.memory is \"hows\"; the nearest of 9 is 4 ▁how (all: 0 ▁He | 1 "
                "ll | 2 o | 3 , | 4 ▁how | 5 ▁are | 6 ▁you | 7 ? | 8 </s>)");
  check_refusal({"encoder.memory", "9", "0"}, "encoder.memory has 9 rows, 0 to 8 or -9 to -1; there is no row 9");
  check_refusal({"encoder.memory", "0", "are"},
                "\"are\" is no column of encoder.memory: its columns are features, which have only numbers, 0 to 127 "
                "or -128 to -1");
  check_refusal({"final_logits_bias", "1", "0"}, "final_logits_bias has 1 row, 0 or -1; there is no row 1");
}

TEST_CASE("why: wrong calls are refused in one line", "[cli][why]") {
  check_refusal({"encoder.memori", "0", "0"},
                "\"encoder.memori\" is neither a matrix of this model nor a tensor of its checkpoint; the nearest are "
                "encoder.memory encoder.ids encoder.visible");
  check_refusal({"encoder.memory", "0"},
                "why takes three words: why NAME ROW COLUMN (encoder.ids and the like: COLUMN 0)");
  check_refusal({"--path", "encoder.memory"}, "why --path takes two names: why --path FROM TO");
  check_refusal({"--path", "encoder.ids", "encoder.memory", "--text", "a"}, "why --path takes no --text");
  check_refusal({"encoder.memory", "0", "0", "--used-by", "--all"}, "why --used-by takes no --all");
  for (const char* const list : {"x", "1,", "1:", ":1", "-1", "1:2:3"}) {
    check_refusal({"encoder.memory", "0", "0", "--up=" + std::string(list)},
                  "--up is \"" + std::string(list) +
                      "\", expected operands by their numbers, each maybe with an element: 2 or 2:17,1");
  }
  check_refusal({"encoder.memory", "0", "0", "--up", "2"},
                "encoder.memory (0, 0) has no operand 2: it has 1 encoder.layers.2.feed_forward.norm");
  check_refusal({"encoder.ids", "0", "0", "--up", "1"},
                "encoder.ids (0, 0) is given with the sentence: nothing computes it; there is nothing to follow");
  check_refusal({"encoder.memory", "0", "0", "--precision", "int8"},
                "--precision int8 needs the fast path, which this version does not have; use --precision double");
  check_refusal({"encoder.memory", "-x", "0"},
                "unknown option -x; the nearest is --up (all: why --help; a text that begins with - comes after --)");
}

TEST_CASE("why: a blank or too long sentence is refused in one line", "[cli][why]") {
  check_refusal({"encoder.ids", "0", "0", "--text", " "}, "the sentence is blank; it needs at least one word");
  std::string long_text;
  for (int i = 0; i < 600; ++i) long_text += "hello ";
  const Result result = run("why", {"encoder.ids", "0", "0", "--text", long_text});
  CHECK(lines(result.err).size() == 1);
  CHECK_THAT(result.err, check::ContainsSubstring("but the model has positions for 512"));
  CHECK(result.status == 2);
}
