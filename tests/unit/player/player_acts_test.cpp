#include <filesystem>

#include "engine/reference/model.hpp"
#include "engine/trace/npy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/player/played.hpp"

using namespace glass;
using namespace glass::player;
using namespace glass::test;

TEST_CASE("player: a screen or a matrix is gone to by number or name, and names are completed", "[player]") {
  Played at(0);
  CHECK(has(at.after("g4<enter>"), "98.4 of 9"));
  CHECK(has(at.after("g98.3<enter>"), "98.3 of 9"));
  CHECK(has(at.after("gencoder.mem<tab><enter>"), "encoder.memory"));
  CHECK(has(at.after("<backspace>"), "98.3 of 9"));
  CHECK(has(at.after("g97.3<enter>"), "screen 97.3 is in another lesson than 98"));
  CHECK(has(at.after("<escape>g77<enter>"), "there is no screen 77; the last is 9"));
  CHECK(has(at.after("<escape>gencoder.memry<enter>"), "the nearest are encoder.memory"));
  CHECK(has(at.after("<escape>gencoder<escape>"), "98.3 of 9"));
  CHECK(has(at.after("gmodel.shared.weight<enter>"), "why model.shared.weight"));
}

TEST_CASE("player: the map leads to any matrix and back", "[player]") {
  Played at(kMatrix);
  CHECK(has(at.after("m"), "[weights]"));
  CHECK(has(at.after("<right>"), "[context]"));
  CHECK(has(at.after("<enter>"), "decoder.layers.1.encoder_attn.head.0.context"));
  CHECK(has(at.after("<backspace><tab>"), "[ids]"));
  CHECK(has(at.after("<backspace>"), "98.3 of 9"));
}

TEST_CASE("player: the text is searched from here on, around the end", "[player]") {
  Played at(kQuestion);
  CHECK(has(at.after("/so that it can<enter>"), "98.9 of 9"));
  CHECK(has(at.after("/HOW MANY<enter>"), "98.4 of 9"));
  CHECK(has(at.after("/Because there<enter>"), "is nowhere in this lesson"));
  CHECK(has(at.after("/nowhere at all<enter>"), "\"nowhere at all\" is nowhere in this lesson"));
}

TEST_CASE("player: the matrix and the screen are written to files, never over others", "[player]") {
  const test::TemporaryDirectory folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  Played at(kMatrix);
  CHECK(has(at.after("e<enter>"), "written: decoder.layers.1.encoder_attn.head.0.weights.npy"));
  CHECK(has(at.after("e<enter>"), "exists already"));
  CHECK(Matrix(read_npy(folder / "decoder.layers.1.encoder_attn.head.0.weights.npy").view()) == shown_weights());
  CHECK(has(at.after("<clear>screen.svg<enter>"), "written: screen.svg"));
  CHECK(has(test::read_file(folder / "screen.svg"), "<svg"));
  CHECK(has(at.after("e<clear>screen.doc<enter>"), "ends in none of .npy, .txt, .svg"));
  CHECK_FALSE(std::filesystem::exists(folder / "screen.doc"));
  std::filesystem::current_path(before);
}

TEST_CASE("player: an experiment shows both runs, and one key restores", "[player]") {
  Played at(kMatrix);
  const std::string before = at.text();
  CHECK(has(at.after("x"), "switch off decoder.layers.1.encoder_attn.head.0"));
  CHECK(has(at.after("2"), "changed matrix 1 of"));
  CHECK(has(at.text(), "switch off decoder.layers.1.encoder_attn.head.0"));
  CHECK(has(at.text(), "bits"));
  CHECK(has(at.after("n"), "changed matrix 2 of"));
  CHECK(at.after("r") == before);
  at.after("<right>x");
  CHECK(has(at.after("6"), "new number (now 0.3674)"));
  CHECK(has(at.after("0.5<enter>"), "changed matrix 1 of"));
  CHECK(has(at.text(), "not shares any more"));
  at.after("rx6");
  CHECK(has(at.after("half<enter>"), "\"half\" is no number"));
  CHECK(has(at.text(), "):  half"));
  CHECK(has(at.after("<clear>0.25<enter>"), "changed matrix 1 of"));
}

TEST_CASE("player: a sentence of one's own keeps the place; what is refused changes nothing", "[player]") {
  Played at(kMatrix);
  CHECK(has(at.after("sI am hungry.<enter>"), "I am hungry. →"));
  CHECK(has(at.text(), "98.3 of 9"));
  CHECK(has(at.text(), "▁I"));
  const std::string kept = at.player.session()->text();
  CHECK(has(at.after("s<space><space><enter>"), "blank"));
  CHECK(at.player.session()->text() == kept);
  at.after("<escape>tJe mange.<enter>");
  CHECK(at.player.session()->target() == "Je mange.");
  at.after("s<enter>");
  CHECK(at.player.session()->text() == lesson::kCourseText);
}

TEST_CASE("player: the last screen verifies what the lesson showed", "[player]") {
  Played at(0);
  CHECK_FALSE(at.player.lesson().verification().has_value());
  CHECK(has(at.after("<end>"), "✓ verified "));
  REQUIRE(at.player.lesson().verification().has_value());
  CHECK(at.player.lesson().verification()->failure.empty());
}

TEST_CASE("player: unknown keys are told, and q ends it", "[player]") {
  Played at(kMatrix);
  CHECK(has(at.after("Q"), "\"Q\" means nothing here"));
  CHECK_FALSE(at.player.over());
  at.after("q");
  CHECK(at.player.over());
}
