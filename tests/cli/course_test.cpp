#include <algorithm>

#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/printed_text.hpp"

namespace {

using namespace glass::test;

/// A learner's home.
struct Home {
  TemporaryDirectory folder;

  Result run(const std::string& program, const std::vector<std::string>& words) const {
    return glass::test::run(program, words,
                            {.environment = {"XDG_STATE_HOME=" + folder.path().string(), "LC_ALL=C.UTF-8"}});
  }
};

/// Status 2, nothing on standard output, exactly this line on standard error.
void check_refused(const Result& result, const std::string& message) {
  CHECK(result.status == 2);
  CHECK(result.out.empty());
  CHECK(result.err == message + "\n");
}

}  // namespace

TEST_CASE("course: check has a line for each lesson, all verified", "[cli][lessons]") {
  const Result result = Home().run("course", {"check"});
  CHECK(result.status == 0);
  const std::vector<std::string> all = lines(result.out);
  const std::vector<std::string> ids = lesson_ids();
  REQUIRE(all.size() == ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    CHECK_THAT(all[i], check::StartsWith(ids[i] + " "));
    CHECK(all[i].find(" verified ") != std::string::npos);
  }
  CHECK(all.back().find("in 7 cases") != std::string::npos);
}

TEST_CASE("course: list has every lesson, with minutes and needs", "[cli][lessons]") {
  const Result result = Home().run("course", {"list", "--width", "100"});
  for (const std::string& id : lesson_ids()) CHECK(result.out.find(id) != std::string::npos);
  CHECK(result.out.find("How do the two languages meet?") != std::string::npos);
  CHECK(result.out.find("✓") == std::string::npos);
}

TEST_CASE("course: a lesson that was read to its end is done, and the next one is open", "[cli][lessons]") {
  const Home home;
  CHECK(home.run("course", {"next"}).out == "00_start\n");
  CHECK(home.run("00_start", {}).status == 0);
  CHECK(home.run("course", {"next"}).out == "01_tokenize\n");
  CHECK(home.run("course", {"list"}).out.find("✓") != std::string::npos);
  CHECK(home.run("04_scores", {"--step", "5"}).status == 0);
  CHECK(home.run("04_scores", {"--check"}).status == 0);
  const std::string list = home.run("course", {"list"}).out;
  CHECK(std::count(list.begin(), list.end(), '\n') > 13);
  CHECK(list.find("✓") == list.rfind("✓"));
}

TEST_CASE("course: a lesson is found by number, name or folder", "[cli][lessons]") {
  for (const char* word : {"04", "4", "scores", "04_scores"}) {
    CHECK(Home().run("course", {"find", word}).out == "04_scores\n");
  }
  CHECK(Home().run("course", {"find", "00"}).out == "00_start\n");
  CHECK(Home().run("course", {"find", "0"}).out == "00_start\n");
  check_refused(Home().run("course", {"find", "scorse"}),
                "course: error: no lesson is called \"scorse\"; the nearest is scores (all: lessons/run list)");
  check_refused(Home().run("course", {"find", "99"}),
                "course: error: there is no lesson 99; the last is 12_translate (all: lessons/run list)");
}

TEST_CASE("lessons: where nothing can be remembered, a lesson goes on all the same", "[cli][lessons]") {
  const Result result = run("00_start", {}, {.environment = {"XDG_STATE_HOME=/dev/null/nowhere", "HOME=/dev/null"}});
  CHECK(result.status == 0);
  CHECK(result.err.empty());
}

TEST_CASE("lessons: sentences that a lesson cannot use are refused in one line", "[cli][lessons]") {
  const Home home;
  check_refused(home.run("04_scores", {"--text", " "}),
                "04_scores: error: the sentence is blank; it needs at least one word");
  check_refused(home.run("04_scores", {"--target", ""}),
                "04_scores: error: the target is blank; it needs at least one word");
  check_refused(home.run("10_cross_attention", {"--text", "Hello", "--target", "</s>"}),
                "10_cross_attention: error: the target has no word; it needs at least one "
                "(--target TEXT)");
  CHECK_THAT(home.run("04_scores", {"--text", "\xff"}).err,
             check::StartsWith("04_scores: error: the sentence is not valid UTF-8: "));
  std::string long_text;
  for (int i = 0; i < 600; ++i) long_text += "dog ";
  const Result result = home.run("04_scores", {"--text", long_text});
  CHECK(result.status == 2);
  CHECK_THAT(result.err,
             check::StartsWith("04_scores: error: the source has 601 tokens, but the model has positions for"));
}

TEST_CASE("lessons: bad options are one line", "[cli][lessons]") {
  const Home home;
  check_refused(home.run("04_scores", {"--width", "20"}),
                "04_scores: error: --width is \"20\", expected a whole number from 40 to 400");
  check_refused(home.run("04_scores", {"Hello"}),
                "04_scores: error: 04_scores takes no words; a sentence of your own comes after --text");
  check_refused(home.run("04_scores", {"--svg", ""}),
                "04_scores: error: --svg is empty, expected the picture's FILE.svg");
  CHECK_THAT(home.run("04_scores", {"--step", "999"}).err, check::StartsWith("04_scores: error: --step is \"999\""));
  CHECK_THAT(home.run("04_scores", {"--wdith", "80"}).err,
             check::StartsWith("04_scores: error: unknown option --wdith; the nearest is --width"));
  CHECK_THAT(home.run("04_scores", {"--color", "red"}).err, check::StartsWith("04_scores: error: --color is \"red\""));
}

TEST_CASE("lessons: measured differences are printed when asked for", "[cli][lessons]") {
  const Home home;
  CHECK(home.run("04_scores", {}).out.find("; measured ") == std::string::npos);
  CHECK(home.run("04_scores", {"--measure"}).out.find("; measured ") != std::string::npos);
}

TEST_CASE("lessons: one screen alone, and as a picture", "[cli][lessons]") {
  const Home home;
  const std::string file = (home.folder / "screen.svg").string();
  const Result result = home.run("10_cross_attention", {"--step", "1", "--width", "80", "--svg", file});
  CHECK_THAT(result.out, check::StartsWith("Where we are"));
  CHECK(result.out.find("verified") == std::string::npos);
  const std::string svg = read_file(file);
  CHECK_THAT(svg, check::StartsWith("<svg"));
  CHECK(svg.find("encoder_attn") != std::string::npos);
  home.run("10_cross_attention", {"--step", "1", "--width", "80", "--svg", file});
  CHECK(read_file(file) == svg);
}
