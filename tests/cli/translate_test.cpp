#include <algorithm>

#include "engine/trace/trace_file.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

namespace {

using namespace glass::test;

const std::string kOracle = data("oracle/models/tiny-swish-unigram").string();

/// A few lines of the shipped sample's kind, with a blank one.
const std::vector<std::string> kTexts = {"Hello, how are you?", "", "The cat is sleeping on the table.",
                                         "What time is it?"};

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + "\n";
  return all;
}

}  // namespace

TEST_CASE("translate: the article's sentence comes out as the article has it", "[cli][translate]") {
  const Result result = run("translate", {"Hello, how are you?"});
  CHECK(result.err.empty());
  CHECK(result.status == 0);
  CHECK((result.out == "Bonjour, comment vas-tu ?\n" || result.out == "Bonjour, comment allez-vous ?\n"));
}

TEST_CASE("translate: TEXTs and the lines of standard input give the same, a blank one an empty line",
          "[cli][translate]") {
  const Result texts = run("translate", kTexts);
  const Result stream = run("translate", {}, {.input = joined(kTexts)});
  CHECK(texts.out == stream.out);
  REQUIRE(lines(stream.out).size() == kTexts.size());
  CHECK(lines(stream.out)[1].empty());
  CHECK(texts.status == 0);
  CHECK(stream.status == 0);
}

TEST_CASE("translate: the last line needs no line end", "[cli][translate]") {
  CHECK(run("translate", {}, {.input = "What time is it?"}).out == run("translate", {"What time is it?"}).out);
  CHECK(run("translate", {}, {.input = ""}).out.empty());
}

TEST_CASE("translate: threads change neither order nor output", "[cli][translate]") {
  std::vector<std::string> many;
  for (int i = 0; i < 8; ++i) many.insert(many.end(), kTexts.begin(), kTexts.end());
  const Setting setting{.input = joined(many)};
  CHECK(run("translate", {"--threads", "4"}, setting).out == run("translate", {}, setting).out);
}

TEST_CASE("translate: --n-best gives that many, best first, with the scores before them", "[cli][translate]") {
  const Result result = run("translate", {"--beam", "4", "--n-best", "3", "--scores", "What time is it?"});
  const std::vector<std::string> answers = lines(result.out);
  REQUIRE(answers.size() == 3);
  CHECK(std::stod(answers[0]) >= std::stod(answers[1]));
  CHECK(std::stod(answers[1]) >= std::stod(answers[2]));
  CHECK(answers[0].substr(answers[0].find('\t') + 1) + "\n" ==
        run("translate", {"--beam", "4", "What time is it?"}).out);
}

TEST_CASE("translate: --target searches nothing and prints the target after its log-probability", "[cli][translate]") {
  const Result likely = run("translate", {"--target", "Quelle heure est-il ?", "What time is it?"});
  const Result unlikely = run("translate", {"--target", "Le chat dort.", "What time is it?"});
  CHECK(likely.out.ends_with("\tQuelle heure est-il ?\n"));
  CHECK(std::stod(likely.out) < 0);
  CHECK(std::stod(unlikely.out) < std::stod(likely.out));
}

TEST_CASE("translate: --trace records every name and changes no output", "[cli][translate]") {
  const TemporaryDirectory folder;
  const std::string file = (folder / "trace.npz").string();
  const Result traced = run("translate", {"--trace", file, "Hello, how are you?"});
  CHECK(traced.out == run("translate", {"Hello, how are you?"}).out);
  const glass::Npz npz(file);
  const std::vector<std::string>& names = npz.names();
  const glass::Npz golden(root() / "data/golden/hello.npz");
  CHECK(std::is_permutation(names.begin(), names.end(), golden.names().begin(), golden.names().end()));
}

TEST_CASE("translate: --trace writes the same bytes twice", "[cli][translate]") {
  const TemporaryDirectory folder;
  run("translate", {"--trace", (folder / "a.npz").string(), "Hello"});
  run("translate", {"--trace", (folder / "b.npz").string(), "Hello"});
  CHECK(read_file((folder / "a.npz").string()) == read_file((folder / "b.npz").string()));
  CHECK(read_file((folder / "a.npz").string()).size() > 100000);
}

TEST_CASE("translate: --trace takes an empty sentence as real input", "[cli][translate]") {
  const TemporaryDirectory folder;
  CHECK(run("translate", {"--trace", (folder / "empty.npz").string(), ""}).status == 0);
  CHECK(glass::Npz((folder / "empty.npz").string()).header("encoder.ids").shape == std::vector<std::size_t>{1});
}

TEST_CASE("translate: --log has a line for each matrix, and every one of hello is golden", "[cli][translate]") {
  const Result result = run("translate", {"--log", "--target", "Bonjour, comment vas-tu ?", "Hello, how are you?"});
  const std::vector<std::string> all = lines(result.out);
  const std::size_t n_names = glass::Npz(root() / "data/golden/hello.npz").names().size();
  REQUIRE(all.size() == n_names + 2);
  CHECK(
      std::all_of(all.begin() + 1, all.end() - 1, [](const std::string& line) { return line.ends_with("= golden"); }));
  CHECK(all.front().starts_with("matrix "));
  CHECK(all[1].starts_with("encoder.ids "));
}

TEST_CASE("translate: another model has no goldens", "[cli][translate]") {
  const Result result = run("translate", {"--model", kOracle, "--log", "Hello, how are you?"});
  CHECK(result.status == 0);
  CHECK(result.out.find("golden") == std::string::npos);
}
