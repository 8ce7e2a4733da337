#include <filesystem>

#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

namespace {

namespace fs = std::filesystem;
using namespace glass::test;

/// Status 2, nothing on standard output, and exactly this line on standard error.
void check_refused(const std::vector<std::string>& words, const std::string& message, const Setting& setting = {}) {
  const Result result = run("translate", words, setting);
  CHECK(result.err == "translate: error: " + message + "\n");
  CHECK(result.out.empty());
  CHECK(result.status == 2);
}

/// A copy of the shipped model that may be damaged.
std::string copy_of_model(const TemporaryDirectory& folder) {
  fs::copy(root() / "data/model", (folder / "model").string());
  return (folder / "model").string();
}

}  // namespace

TEST_CASE("translate: an unknown option names the nearest one", "[cli][refusals]") {
  check_refused(
      {"--beem", "4", "x"},
      "unknown option --beem; the nearest is --beam (all: translate --help; a text that begins with - comes after --)");
  check_refused(
      {"-beam", "4", "x"},
      "unknown option -beam; the nearest is --beam (all: translate --help; a text that begins with - comes after --)");
}

TEST_CASE("translate: a text that begins with a dash comes after --, or as an option's value", "[cli][refusals]") {
  CHECK(run("translate", {"--", "- What time is it?"}).status == 0);
  CHECK(run("translate", {"--target", "- Oui.", "Yes."}).out.ends_with("\t- Oui.\n"));
  check_refused(
      {"-h"},
      "unknown option -h; the nearest is --help (all: translate --help; a text that begins with - comes after --)");
}

TEST_CASE("translate: a search that finds nothing says so", "[cli][refusals]") {
  const TemporaryDirectory folder;
  const std::string model = copy_of_model(folder);
  std::string settings = read_file(model + "/generation_config.json");
  settings.insert(settings.find('{') + 1, "\"length_penalty\": -300.0,");
  write_file(model + "/generation_config.json", settings);
  const Result result = run("translate", {"--model", model, "--trace", (folder / "x.npz").string(), "Hello, you."});
  CHECK(result.status == 2);
  CHECK_THAT(result.err, check::StartsWith("translate: error: "));
  CHECK(lines(result.err).size() == 1);
}

TEST_CASE("translate: a bad value says what was expected", "[cli][refusals]") {
  check_refused({"--beam", "0", "x"}, "--beam is \"0\", expected a whole number from 1 to 1000");
  check_refused({"--beam", "2.5", "x"}, "--beam is \"2.5\", expected a whole number from 1 to 1000");
  check_refused({"--beam"}, "--beam needs a value: --beam N");
  check_refused({"--scores=3", "x"}, "--scores takes no value");
  check_refused({"--beam", "2", "--beam", "3", "x"}, "--beam is given twice");
  check_refused({"--precision", "flaot", "x"},
                "--precision is \"flaot\", expected one of double, float, int8; the nearest is float");
  check_refused({"--precision", "int8", "x"},
                "--precision int8 needs the fast path, which this version does not have; use --precision double");
  check_refused({"--n-best", "0", "x"}, "--n-best is \"0\", expected a whole number from 1 to 1000");
  check_refused({"--target", "a", "--n-best", "2", "x"}, "--trace, --log and --target take no --n-best");
  check_refused({"--model", "", "x"}, "--model is empty, expected a directory");
  check_refused({"--beam", "3", "--n-best", "4", "x"}, "--n-best 4 needs as many beams; the search has 3 (--beam N)");
}

TEST_CASE("translate: --trace takes exactly one sentence", "[cli][refusals]") {
  const TemporaryDirectory folder;
  const std::string file = (folder / "trace.npz").string();
  check_refused({"--trace", file, "a", "b"}, "--trace, --log and --target take exactly one sentence, not 2");
  check_refused({"--trace", file}, "--trace, --log and --target take exactly one sentence, not 3",
                {.input = "a\nb\nc\n"});
  check_refused({"--trace", file}, "--trace, --log and --target take exactly one sentence, not 0");
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE("translate: a model that is not there or not whole is refused", "[cli][refusals]") {
  const TemporaryDirectory folder;
  check_refused({"--model", (folder / "none").string(), "x"},
                (folder / "none").string() + ": is not a directory; expected a Hugging Face MarianMT model");
  const std::string model = copy_of_model(folder);
  fs::resize_file(model + "/model.safetensors", 100000);
  const Result truncated = run("translate", {"--model", model, "x"});
  CHECK(truncated.status == 2);
  CHECK_THAT(truncated.err, check::StartsWith("translate: error: " + model + "/model.safetensors: the tensors need"));
  CHECK(lines(truncated.err).size() == 1);
}

TEST_CASE("translate: a SentencePiece model cut off after a piece is refused", "[cli][refusals]") {
  const TemporaryDirectory folder;
  const std::string model = copy_of_model(folder);
  fs::resize_file(model + "/source.spm", 1000);
  const Result result = run("translate", {"--model", model, "x"});
  CHECK(result.status == 2);
  CHECK_THAT(result.err, check::StartsWith("translate: error: " + model + "/source.spm: "));
}

TEST_CASE("translate: each missing file of a model is named", "[cli][refusals]") {
  const auto file =
      GENERATE(as<std::string>{}, "config.json", "model.safetensors", "vocab.json", "source.spm", "target.spm");
  const TemporaryDirectory folder;
  const std::string model = copy_of_model(folder);
  fs::remove(model + "/" + file);
  const Result result = run("translate", {"--model", model, "x"});
  CHECK(result.status == 2);
  CHECK_THAT(result.err, check::ContainsSubstring(file));
  CHECK(lines(result.err).size() == 1);
}

TEST_CASE("translate: a vocabulary that does not fit the table is refused", "[cli][refusals]") {
  const TemporaryDirectory folder;
  const std::string model = copy_of_model(folder);
  fs::copy_file(data("oracle/models/tiny-swish-unigram/vocab.json"), model + "/vocab.json",
                fs::copy_options::overwrite_existing);
  const Result result = run("translate", {"--model", model, "x"});
  CHECK(result.status == 2);
  CHECK_THAT(result.err, check::ContainsSubstring("the two files belong to different models"));
}

TEST_CASE("translate: a line that cannot be translated is empty, and the rest goes on", "[cli][refusals]") {
  std::string too_long;
  for (int i = 0; i < 600; ++i) too_long += "hello ";
  const Result result =
      run("translate", {}, {.input = "What time is it?\n\xff\xfe\n" + too_long + "\nWhat time is it?\n"});
  const std::vector<std::string> answers = lines(result.out);
  REQUIRE(answers.size() == 4);
  CHECK_FALSE(answers[0].empty());
  CHECK(answers[1].empty());
  CHECK(answers[2].empty());
  CHECK(answers[3] == answers[0]);
  const std::vector<std::string> errors = lines(result.err);
  REQUIRE(errors.size() == 2);
  CHECK(errors[0] == "translate: line 2: error: the text is not valid UTF-8: \"\\xFF\\xFE\"");
  CHECK_THAT(errors[1], check::StartsWith("translate: line 3: error: the source has "));
  CHECK(result.status == 2);
}

TEST_CASE("translate: a line of ten million bytes is refused in a moment", "[cli][refusals]") {
  std::string line;
  while (line.size() < 10'000'000) line += "Hello, how are you? ";
  const Result result = run("translate", {}, {.input = line + "\n"});
  CHECK(result.out == "\n");
  CHECK_THAT(result.err, check::ContainsSubstring("but the model has positions for 512"));
  CHECK(result.status == 2);
}

TEST_CASE("translate: a full disk is an error", "[cli][refusals]") {
  check_refused({"Hello"}, "cannot write to standard output: No space left on device", {.to = "/dev/full"});
}

TEST_CASE("translate: an unwritable trace is an error and leaves nothing", "[cli][refusals]") {
  const TemporaryDirectory folder;
  const std::string file = (folder / "none/trace.npz").string();
  const Result result = run("translate", {"--trace", file, "Hello"});
  CHECK(result.err == "translate: error: " + file + ": cannot be written: No such file or directory\n");
  CHECK(result.status == 2);
  CHECK_FALSE(fs::exists((folder / "none").string()));
}

TEST_CASE("translate: a closed pipe ends it silently", "[cli][refusals]") {
  std::string input;
  for (int i = 0; i < 20000; ++i) input += "Hello\n";
  const Result result = run("translate", {}, {.input = input, .close_after = 1});
  CHECK(result.err.empty());
  CHECK(result.status == 141);
}

TEST_CASE("translate: SIGINT ends it with what was finished", "[cli][refusals]") {
  const Result result = run("translate", {}, {.input = "What time is it?\n", .interrupt_after = 2});
  CHECK(lines(result.out).size() == 1);
  CHECK(result.status == 130);
}

TEST_CASE("translate: a wrong data folder is named", "[cli][refusals]") {
  check_refused({"Hello"}, "GLASSFORMER_DATA is \"/nonexistent\", which is no directory; it holds model/ and golden/",
                {.environment = {"GLASSFORMER_DATA=/nonexistent"}});
}
