#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/reference/scorer.hpp"
#include "engine/reference/settings.hpp"
#include "engine/search/search.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

// What Hugging Face's generate() found for the twelve cases of the foreign checkpoint, with each set of overrides that
// expected/tiny-swish-unigram/meta.json lists: ids identical, scores as near as its float32 sums are.

namespace glass {

namespace {

using search::Hypothesis;
using search::Ids;
using search::Settings;

/// The oracle's sums are float32; multiplied by the length (penalty -1) they reach -800.
double tolerance(double score) { return 1e-4 + 1e-6 * std::abs(score); }

nlohmann::json expected(const char* file) {
  std::ifstream stream(test::data("oracle") / "expected" / "tiny-swish-unigram" / file);
  REQUIRE(stream.good());
  return nlohmann::json::parse(stream);
}

/// The checkpoint's generation settings changed by one variant's overrides, as JSON spells them.
Settings settings_of(const nlohmann::json& overrides) {
  const auto directory = test::data("oracle") / "models" / "tiny-swish-unigram";
  const checkpoint::Config config = checkpoint::read_config(directory / "config.json");
  std::ifstream stream(directory / "generation_config.json");
  nlohmann::json generation = nlohmann::json::parse(stream);
  generation.update(overrides);
  return glass::settings_of(config, checkpoint::parse_generation("{}", generation.dump(), config));
}

ReferenceScorer reference() {
  static const auto weights =
      read_weights(checkpoint::Checkpoint::load(test::data("oracle") / "models" / "tiny-swish-unigram"));
  return {weights, paper_stages()};
}

/// The oracle's sequences have the start token, and pad on the right up to the longest.
Ids without_padding(Ids sequence, const Settings& settings) {
  const std::int64_t pad = settings.start_id;
  while (sequence.size() > 1 && sequence.back() == pad) sequence.pop_back();
  return {sequence.begin() + 1, sequence.end()};
}

void check_beams(const std::vector<Hypothesis>& found, const nlohmann::json& wanted, const Settings& settings) {
  REQUIRE(found.size() == wanted["sequences"].size());
  for (std::size_t rank = 0; rank < found.size(); ++rank) {
    CAPTURE(rank);
    CHECK(found[rank].ids == without_padding(wanted["sequences"][rank].get<Ids>(), settings));
    const auto score = wanted["scores"][rank].get<double>();
    CHECK_THAT(found[rank].score, check::WithinAbs(score, tolerance(score)));
  }
}

void check_all_beams(const char* key, search::BeamRelease release) {
  const nlohmann::json variants = expected("meta.json")["variants"];
  ReferenceScorer scorer = reference();
  std::size_t compared = 0;
  for (const nlohmann::json& one : expected("cases.json")) {
    for (const auto& [variant, wanted] : one[key].items()) {
      CAPTURE(one["id"], variant);
      Settings settings = settings_of(variants[variant]);
      settings.release = release;
      check_beams(search::search(scorer, {one["input_ids"].get<Ids>()}, settings).front(), wanted, settings);
      ++compared;
    }
  }
  CHECK(compared == 12 * 14);
}

}  // namespace

TEST_CASE("search: beam search finds what Hugging Face 4.57 finds", "[search][oracle]") {
  check_all_beams("beam_v4_57_6", search::BeamRelease::hf_4_50);
}

TEST_CASE("search: the older beam search finds what Hugging Face 4.47 finds", "[search][oracle]") {
  check_all_beams("beam", search::BeamRelease::hf_4_49);
}

TEST_CASE("search: greedy search finds what Hugging Face finds", "[search][oracle]") {
  const nlohmann::json variants = expected("meta.json")["variants"];
  ReferenceScorer scorer = reference();
  std::size_t compared = 0;
  for (const nlohmann::json& one : expected("cases.json")) {
    for (const auto& [variant, wanted] : one["greedy"].items()) {
      CAPTURE(one["id"], variant);
      Settings settings = settings_of(variants[variant]);
      settings.num_beams = 1;
      const auto found = search::search(scorer, {one["input_ids"].get<Ids>()}, settings);
      REQUIRE(found.front().size() == 1);
      CHECK(found.front().front().ids == without_padding(wanted["sequence"].get<Ids>(), settings));
      ++compared;
    }
  }
  CHECK(compared == 12 * 4);
}

TEST_CASE("search: all sentences together give what each gives alone", "[search][oracle]") {
  Settings settings = settings_of(nlohmann::json::object());
  ReferenceScorer scorer = reference();
  std::vector<Ids> sentences;
  for (const nlohmann::json& one : expected("cases.json")) sentences.push_back(one["input_ids"].get<Ids>());
  for (const std::size_t beams : {std::size_t{1}, std::size_t{4}}) {
    settings.num_beams = beams;
    const auto together = search::search(scorer, sentences, settings);
    REQUIRE(together.size() == sentences.size());
    for (std::size_t index = 0; index < sentences.size(); ++index) {
      CAPTURE(beams, index);
      const auto alone = search::search(scorer, {sentences[index]}, settings).front();
      REQUIRE(together[index].size() == alone.size());
      for (std::size_t rank = 0; rank < alone.size(); ++rank) {
        CHECK(together[index][rank].ids == alone[rank].ids);
        CHECK(together[index][rank].score == alone[rank].score);
      }
    }
  }
}

}  // namespace glass
