#include <filesystem>

#include "engine/trace/npz.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

namespace {

using namespace glass::test;
using glass::Npz;
using Words = std::vector<std::string>;

const std::string kGolden = (root() / "data" / "golden" / "hello.npz").string();

void check_refusal(const Words& words, const std::string& message) {
  const Result result = run("export", words);
  CHECK(result.out.empty());
  CHECK(result.err == "export: error: " + message + "\n");
  CHECK(result.status == 2);
}

}  // namespace

TEST_CASE("export: a case is written as the golden file has it", "[cli][export]") {
  const TemporaryDirectory folder;
  const std::string file = (folder / "hello.npz").string();
  const Result result = run("export", {"case", "--to", file});
  CHECK(result.err.empty());
  CHECK(result.status == 0);
  const Npz written(file), golden(kGolden);
  CHECK(result.out == file + ": " + std::to_string(golden.names().size()) + " arrays\n");
  CHECK(written.names().size() == golden.names().size());
  for (const std::string& name : golden.names()) {
    INFO(name);
    CHECK(glass::Matrix(written.read(name).view()) == glass::Matrix(golden.read(name).view()));
    CHECK(written.header(name).dtype == golden.header(name).dtype);
  }
}

TEST_CASE("export: one stage goes to a directory with its inputs and weights", "[cli][export]") {
  const TemporaryDirectory folder;
  const std::string to = (folder / "stage").string();
  const std::string site = "decoder.layers.1.feed_forward.";
  const Result result = run("export", {"case", "--name", site + "hidden", "--to", to, "--format", "csv"});
  CHECK(result.out == to + ": 4 arrays\n");
  for (const std::string& name :
       {std::string("decoder.layers.1.encoder_attn.norm"), site + "hidden", site + "W_1", site + "b_1"}) {
    INFO(name);
    CHECK(std::filesystem::exists(to + "/" + name + ".csv"));
  }
}

TEST_CASE("export: a sentence is the trace that translate writes", "[cli][export]") {
  const TemporaryDirectory folder;
  const std::string ours = (folder / "export.npz").string(), theirs = (folder / "translate.npz").string();
  const std::string text = "What time is it?";
  CHECK(run("export", {"sentence", "--text", text, "--to", ours}).status == 0);
  CHECK(run("translate", {"--trace", theirs, text}).status == 0);
  const Npz exported(ours), traced(theirs);
  CHECK(exported.names().size() == traced.names().size());
  for (const std::string& name : traced.names()) CHECK(exported.read(name).values == traced.read(name).values);
}

TEST_CASE("export: the weights of any checkpoint are written, and nothing but them when asked by name",
          "[cli][export]") {
  const TemporaryDirectory folder;
  const std::string model = data("oracle/models/tiny-swish-unigram").string();
  const std::string file = (folder / "w.npz").string();
  CHECK(run("export", {"weights", "--model", model, "--name", "*.0.self_attn.W_Q", "--to", file}).status == 0);
  CHECK(Npz(file).names() == Words{"encoder.layers.0.self_attn.W_Q", "decoder.layers.0.self_attn.W_Q"});
}

TEST_CASE("export: wrong calls are refused in one line, and nothing is written", "[cli][export]") {
  const TemporaryDirectory folder;
  const std::string file = (folder / "x.npz").string();
  check_refusal({"--to", file}, "export takes one word, weights, case or sentence: export WHAT --to PATH");
  check_refusal({"weight", "--to", file},
                "\"weight\" is neither weights nor case nor sentence; the nearest is weights");
  check_refusal({"weights"}, "--to says where to write: --to FILE.npz or --to DIR");
  check_refusal({"weights", "--to", file, "--format", "csv"}, "--format csv contradicts --to " + file);
  check_refusal({"weights", "--to", file, "--format", "npx"},
                "--format is \"npx\", expected one of npz, npy, csv, json; the nearest is npz");
  check_refusal({"case", "--case", "helo", "--to", file},
                "--case is \"helo\", expected one of equal-length, flat-row, hello, huge-scores, long, one-token, "
                "padded; the nearest is hello");
  check_refusal({"case", "--name", "decoder.logit", "--to", file},
                "--name \"decoder.logit\" matches nothing; the nearest is decoder.logits");
  check_refusal({"sentence", "--to", file}, "export sentence needs --text TEXT");
  check_refusal({"weights", "--text", "a", "--to", file}, "export weights takes no --text");
  check_refusal({"case", "--model", data("oracle/models/tiny-swish-unigram").string(), "--to", file},
                "the golden cases are the shipped model's: export case without --model");
  check_refusal({"case", "--to", "/dev/full"},
                "--to /dev/full is no directory; the name of a file ends in .npz, .npy, .csv or .json");
  CHECK_FALSE(std::filesystem::exists(file));
}
