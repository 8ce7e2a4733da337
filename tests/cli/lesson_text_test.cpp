#include <algorithm>

#include "engine/screen/width.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/printed_text.hpp"

namespace {

using namespace glass::test;

/// A lesson as a learner in a UTF-8 terminal sees it, without leaving a mark in the home of whoever runs the tests.
Result lesson(const std::string& id, std::vector<std::string> words, const std::string& locale = "C.UTF-8",
              std::vector<std::string> environment = {}) {
  static const TemporaryDirectory state;
  environment.push_back("LC_ALL=" + locale);
  environment.push_back("XDG_STATE_HOME=" + state.path().string());
  return run(id, words, {.environment = environment});
}

/// The widest line but the last, which is one line at any width.
std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  std::vector<std::string> all = lines(text);
  if (!all.empty()) all.pop_back();
  for (const std::string& line : all) most = std::max(most, glass::screen::width(line));
  return most;
}

}  // namespace

TEST_CASE("lessons: what every lesson prints at 80 and 140 columns is what was read and approved", "[cli][lessons]") {
  REQUIRE(lesson_ids().size() == 13);
  for (const std::string& id : lesson_ids()) {
    for (const std::string width : {"80", "140"}) {
      INFO(id << " at " << width << " columns; tests/data/lessons/write makes the texts anew, to be read again");
      const Result result = lesson(id, {"--width", width});
      CHECK(result.status == 0);
      CHECK(result.err.empty());
      CHECK(first_difference(read_file(root() / "tests/data/lessons" / (id + "." + width + ".txt")), result.out) == "");
    }
  }
}

TEST_CASE("lessons: colour changes no word, and NO_COLOR takes all of it away", "[cli][lessons]") {
  for (const std::string& id : lesson_ids()) {
    INFO(id);
    const std::string plain = lesson(id, {"--width", "80"}).out;
    const std::string colour = lesson(id, {"--width", "80", "--color", "always"}).out;
    CHECK(colour.find("\x1b[") != std::string::npos);
    CHECK(without_colours(colour).find('\x1b') == std::string::npos);
    CHECK(words_sorted(without_marks(plain)) == words_sorted(without_marks(without_colours(colour))));
  }
  const std::string plain = lesson("05_mask", {"--width", "80"}).out;
  CHECK(lesson("05_mask", {"--width", "80", "--color", "always"}, "C.UTF-8", {"NO_COLOR=1"}).out == plain);
  CHECK(lesson("05_mask", {"--width", "80", "--color", "always", "--plain"}).out == plain);
}

TEST_CASE("lessons: where the locale is not UTF-8, everything is ASCII", "[cli][lessons]") {
  for (const std::string& id : lesson_ids()) {
    INFO(id);
    const Result result = lesson(id, {"--width", "80"}, "C");
    CHECK(result.status == 0);
    CHECK(
        std::all_of(result.out.begin(), result.out.end(), [](char c) { return static_cast<unsigned char>(c) < 128; }));
    CHECK(widest(result.out) <= 80);
  }
}

TEST_CASE("lessons: no line is wider than the terminal, whatever the sentence", "[cli][lessons]") {
  const std::vector<std::string> sentences = {"I am 😀 👩‍👩‍👧 fine.",
                                              "猫は 鳥 を見る。 שלום, how are مرحبا?", "Thanks"};
  for (const std::string& id : lesson_ids()) {
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      const std::string width = i % 2 == 0 ? "40" : "80";
      INFO(id << " at " << width << ": " << sentences[i]);
      const Result result = lesson(id, {"--width", width, "--text", sentences[i]});
      CHECK(result.status == 0);
      CHECK(widest(result.out) <= std::stoul(width));
    }
  }
}
