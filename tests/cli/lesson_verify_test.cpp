#include <filesystem>

#include "engine/trace/contract.hpp"
#include "engine/trace/npz.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/printed_text.hpp"

namespace {

namespace fs = std::filesystem;
using namespace glass::test;

/// The shipped data with one golden array changed.
class BentData {
 public:
  /// Adds `by` to element `at` of one array of a case.
  BentData(const std::string& golden_case, const std::string& name, std::size_t at, double by) {
    fs::create_directory(folder_ / "golden");
    fs::create_directory_symlink(root() / "data/model", folder_ / "model");
    for (const auto& entry : fs::directory_iterator(root() / "data/golden"))
      fs::create_symlink(entry.path(), folder_ / "golden" / entry.path().filename());
    const fs::path file = folder_ / ("golden/" + golden_case + ".npz");
    const glass::Npz whole(file);
    std::vector<glass::NamedArray> arrays;
    for (const std::string& each : whole.names()) arrays.push_back({each, whole.read(each)});
    for (glass::NamedArray& array : arrays) {
      if (array.name == name) array.array.values.at(at) += by;
    }
    fs::remove(file);
    glass::write_npz(file, arrays);
  }

  /// Takes one array out of a case.
  BentData(const std::string& golden_case, const std::string& name) : BentData(golden_case, name, 0, 0) {
    const fs::path file = folder_ / ("golden/" + golden_case + ".npz");
    std::vector<glass::NamedArray> arrays;
    const glass::Npz whole(file);
    for (const std::string& each : whole.names()) {
      if (each != name) arrays.push_back({each, whole.read(each)});
    }
    glass::write_npz(file, arrays);
  }

  const fs::path& folder() const { return folder_.path(); }

  Result run(const std::string& program, std::vector<std::string> words) const {
    return glass::test::run(program, words,
                            {.environment = {"GLASSFORMER_DATA=" + folder_.path().string(), "LC_ALL=C.UTF-8",
                                             "XDG_STATE_HOME=" + folder_.path().string()}});
  }

 private:
  TemporaryDirectory folder_;
};

struct Bend {
  std::string lesson, golden_case, name, labels;
  std::size_t at;
};

}  // namespace

TEST_CASE("lessons: a golden cell bent by 1e-3 is found, with file, matrix and labels", "[cli][lessons]") {
  const std::vector<Bend> bends = {
      {"02_embed", "long", "encoder.embed.sum", "▁The", 5},
      {"03_qkv", "one-token", "decoder.layers.2.encoder_attn.head.3.value", "▁Thanks", 7},
      {"04_scores", "padded", "encoder.layers.1.self_attn.head.2.scores", "▁He", 0},
      {"05_mask", "hello", "decoder.layers.0.self_attn.head.1.masked_scores", "<pad> ▸ ▁B", 0},
      {"06_softmax", "huge-scores", "decoder.layers.0.encoder_attn.head.0.weights", "column", 2},
      {"07_self_attention", "equal-length", "encoder.layers.2.self_attn.output", "▁A", 3},
      {"08_add_norm", "flat-row", "encoder.layers.0.self_attn.norm", "column", 9},
      {"09_feed_forward", "hello", "encoder.memory", "▁He", 1},
      {"10_cross_attention", "hello", "decoder.layers.1.encoder_attn.head.0.weights", "<pad> ▸ ▁B", 2},
      {"11_output_projection", "long", "decoder.logits", "<pad> ▸ ▁Le", 100},
      {"12_translate", "padded", "decoder.layers.1.feed_forward.hidden", "<pad> ▸ ▁B", 400}};
  for (const Bend& bend : bends) {
    INFO(bend.lesson << ": " << bend.golden_case << " " << bend.name);
    const Result result = BentData(bend.golden_case, bend.name, bend.at, 1e-3).run(bend.lesson, {"--check"});
    CHECK(result.status == 1);
    CHECK(result.out.find("/golden/" + bend.golden_case + ".npz: " + bend.name + " differs") != std::string::npos);
    CHECK(result.out.find(bend.labels) != std::string::npos);
    CHECK(result.out.find("verified") == std::string::npos);
  }
}

TEST_CASE("lessons: a golden id that is another token is found by the text itself", "[cli][lessons]") {
  const Result result = BentData("long", "encoder.ids", 3, 1).run("01_tokenize", {"--check"});
  CHECK(result.status == 1);
  CHECK(result.out.find("/golden/long.npz: encoder.ids differs") != std::string::npos);
}

TEST_CASE("lessons: any cell of any matrix is in some lesson", "[cli][lessons]") {
  const glass::Npz whole(root() / "data/golden/one-token.npz");
  for (std::size_t i = 0; i < whole.names().size(); i += 37) {
    const std::string& name = whole.names()[i];
    if (name.ends_with("ids") || name.ends_with("visible")) continue;
    INFO(name);
    CHECK(BentData("one-token", name, 0, 1e-3).run("12_translate", {"--check"}).status == 1);
  }
}

TEST_CASE("lessons: a text of the whole lesson ends with the difference, not with a count", "[cli][lessons]") {
  const Result result = BentData("hello", "encoder.layers.0.self_attn.head.0.scores", 4, 1e-3).run("04_scores", {});
  CHECK(result.status == 1);
  CHECK(result.out.find("in all") != std::string::npos);
  CHECK(result.out.find("verified") == std::string::npos);
}

TEST_CASE("lessons: a golden that cannot be read is an error", "[cli][lessons]") {
  const BentData bent("hello", "encoder.memory", 0, 0);
  const Result result = bent.run("04_scores", {"--check", "--model", "nowhere"});
  CHECK(result.status == 2);
  CHECK(lines(result.err).size() == 1);
}

TEST_CASE("lessons: a sentence of one's own is verified against the contract, and says so", "[cli][lessons]") {
  const TemporaryDirectory state;
  for (const std::string& id : lesson_ids()) {
    INFO(id);
    const Result result = run(id, {"--check", "--text", "Where is the station?"},
                              {.environment = {"XDG_STATE_HOME=" + state.path().string()}});
    CHECK(result.status == 0);
    CHECK(result.out.find("in 1 case, each cell by the contract's operation") != std::string::npos);
  }
}

TEST_CASE("lessons: another checkpoint can be looked at", "[cli][lessons]") {
  const std::string model = data("oracle/models/tiny-swish-unigram").string();
  for (const std::string& id : lesson_ids()) {
    INFO(id);
    const Result result = run(id, {"--check", "--model", model});
    CHECK(result.status == 0);
    CHECK(result.out.find("by the contract's operation") != std::string::npos);
  }
}

TEST_CASE("lessons: a matrix, a case or its sentence that is missing is not passed over", "[cli][lessons]") {
  const BentData lacks_matrix("hello", "encoder.layers.0.self_attn.head.0.scores");
  const Result matrix = lacks_matrix.run("04_scores", {"--check"});
  CHECK(matrix.status == 1);
  CHECK(matrix.out.find("hello.npz: encoder.layers.0.self_attn.head.0.scores is missing") != std::string::npos);
  const BentData lacks_case("long", "encoder.memory", 0, 0);
  fs::remove(lacks_case.folder() / "golden/long.npz");
  const Result whole = lacks_case.run("04_scores", {"--check"});
  CHECK(whole.status == 2);
  CHECK(whole.err.find("long.npz is missing") != std::string::npos);
  const BentData lacks_sentence("long", "encoder.memory", 0, 0);
  fs::remove(lacks_sentence.folder() / "golden/sentences.tsv");
  const Result sentence = lacks_sentence.run("01_tokenize", {"--check"});
  CHECK(sentence.status == 2);
  CHECK(sentence.err.find("sentences.tsv: the sentences of") != std::string::npos);
}

TEST_CASE("course: check goes on after a lesson that cannot be verified", "[cli][lessons]") {
  const BentData bent("hello", "encoder.memory", 0, 1e-3);
  const Result result = bent.run("course", {"check"});
  CHECK(result.status == 1);
  CHECK(lines(result.out).size() > lesson_ids().size());
  CHECK(result.out.find("\n12_translate ") != std::string::npos);
}
