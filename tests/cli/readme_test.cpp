#include <iterator>
#include <regex>
#include <sstream>

#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/numpy.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/printed_text.hpp"

namespace {

using namespace glass::test;

std::string readme() { return read_file(root() / "README.md"); }

/// The first block of a language.
std::string block(const std::string& language) {
  const std::string text = readme(), begin = "```" + language + "\n";
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find("```", from) - from);
}

/// The words that a picture shows, in its order.
std::string words_of(const std::string& svg) {
  static const std::regex tags("<[^>]*>");
  return std::regex_replace(svg, tags, " ");
}

}  // namespace

TEST_CASE("README: its Python computes what the engine computed", "[cli][readme]") {
  REQUIRE(has_numpy());
  const TemporaryDirectory folder;
  REQUIRE(run("translate", {"--trace", (folder / "hello.npz").string(), "Hello, how are you?"}).status == 0);
  REQUIRE(run("export", {"weights", "--to", (folder / "weights.npz").string()}).status == 0);
  CHECK(run_numpy(folder, block("python")) == "True\n");
}

TEST_CASE("README: its pictures are what the lesson shows now", "[cli][readme]") {
  const std::vector<std::pair<std::string, std::vector<std::string>>> pictures = {
      {"docs/cross-attention.svg", {"--step", "5", "--width", "80"}},
      {"docs/player.svg",
       {"--keys", "g5<enter><right><down><down><down><down><right><right><right><right>w", "--width", "132", "--height",
        "32"}}};
  for (const auto& [picture, words] : pictures) {
    const TemporaryDirectory folder;
    std::vector<std::string> call = words;
    call.insert(call.end(), {"--svg", (folder / "screen.svg").string()});
    const Result result =
        run("10_cross_attention", call, {.environment = {"XDG_STATE_HOME=" + folder.path().string()}});
    REQUIRE(result.status == 0);
    INFO("build/bin/10_cross_attention with these words, and --svg " + picture);
    CHECK(first_difference(words_of(read_file(root() / picture)), words_of(read_file(folder / "screen.svg"))) == "");
    CHECK(readme().find(picture) != std::string::npos);
  }
}

TEST_CASE("README: its question why is answered", "[cli][readme]") {
  const std::string text = readme(), start = "\nbuild/bin/why ";
  const std::size_t from = text.find(start);
  REQUIRE(from != std::string::npos);
  std::istringstream line(text.substr(from + start.size(), text.find('\n', from + 1) - from - start.size()));
  const std::vector<std::string> words{std::istream_iterator<std::string>(line), {}};
  const Result result = run("why", words);
  CHECK(result.status == 0);
  CHECK_THAT(lines(result.out).back(), check::StartsWith("= 0."));
}
