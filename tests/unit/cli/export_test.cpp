#include "engine/cli/export.hpp"

#include <set>

#include "engine/reference/weights.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using cli::Arrays;
using glass::test::message_of;

namespace {

const checkpoint::Checkpoint& shipped() {
  static const checkpoint::Checkpoint loaded = checkpoint::Checkpoint::load(test::root() / "data" / "model");
  return loaded;
}

Dims dims() { return dims_of(shipped().config()); }

golden::Case load(const std::string& name) {
  return golden::load(test::root() / "data" / "golden" / (name + ".npz"), dims());
}

std::vector<std::string> names(const Arrays& arrays) {
  std::vector<std::string> result;
  for (const NamedArray& each : arrays) result.push_back(each.name);
  return result;
}

Matrix matrix(const Arrays& arrays, const std::string& name) {
  for (const NamedArray& each : arrays) {
    if (each.name == name) return Matrix(each.array.view());
  }
  FAIL(name << " is not exported");
  return {};
}

/// Cell (i, j) of x W + b.
double linear(const Matrix& x, const Matrix& w, const Matrix& b, std::size_t i, std::size_t j) {
  double sum = b(j, 0);
  for (std::size_t k = 0; k < x.cols; ++k) sum += x(i, k) * w(k, j);
  return sum;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("export: a stage comes with the matrices and weights that it is computed from") {
  const golden::Case hello = load("hello");
  const auto chosen = [&](const std::string& glob) { return names(cli::stage_arrays(hello, dims(), shipped(), glob)); };
  const std::string cross = "decoder.layers.0.encoder_attn.";
  CHECK(chosen(cross + "head.1.scores") ==
        Names{cross + "head.1.query", cross + "head.1.key", cross + "head.1.scores"});
  CHECK(chosen(cross + "head.1.masked_scores") ==
        Names{"encoder.visible", cross + "head.1.scores", cross + "head.1.masked_scores"});
  CHECK(chosen(cross + "key") == Names{"encoder.memory", cross + "key", cross + "W_K", cross + "b_K"});
  CHECK(chosen("encoder.embed.tokens") == Names{"encoder.ids", "encoder.embed.tokens", "encoder.embed.E"});
  CHECK(chosen("decoder.logits") ==
        Names{"decoder.layers.2.feed_forward.norm", "decoder.logits", "decoder.W", "decoder.b"});
  CHECK(chosen(cross + "context").size() == dims().decoder.n_heads + 1);
}

TEST_CASE("export: with the exported weights y = x W + b gives the golden matrix") {
  const golden::Case hello = load("hello");
  const std::string site = GENERATE("encoder.layers.1.self_attn.", "decoder.layers.2.encoder_attn.");
  const Arrays arrays = cli::stage_arrays(hello, dims(), shipped(), site + "query");
  const Matrix x = Matrix(arrays.front().array.view()), w = matrix(arrays, site + "W_Q"),
               b = matrix(arrays, site + "b_Q");
  const Matrix query = matrix(arrays, site + "query");
  for (const std::size_t j : {std::size_t{0}, std::size_t{1}, query.cols - 1}) {
    CHECK_THAT(query(1, j), check::WithinAbs(linear(x, w, b, 1, j), 1e-12));
  }
}

TEST_CASE("export: all weights come as they are stored and under their letters") {
  const Arrays arrays = cli::weight_arrays(shipped(), dims());
  const std::vector<std::string> all = names(arrays);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == all.size());
  const Matrix stored = matrix(arrays, "model.decoder.layers.0.fc1.weight");
  const Matrix w = matrix(arrays, "decoder.layers.0.feed_forward.W_1");
  CHECK(stored.rows == dims().decoder.d_ff);
  CHECK(w.rows == dims().d_model);
  CHECK(stored(3, 1) == w(1, 3));
  CHECK(matrix(arrays, "encoder.embed.E").rows == dims().vocab_size);
  CHECK(matrix(arrays, "decoder.W").cols == dims().vocab_size);
  for (const NamedArray& each : arrays) CHECK(each.array.dtype == kFloat32);
  CHECK(names(cli::weight_arrays(shipped(), dims(), "*.1.self_attn.W_?")).size() == 8);
}

TEST_CASE("export: a whole case is what the golden file holds, a stage case with stage and inputs") {
  const golden::Case hello = load("hello");
  CHECK(cli::case_arrays(hello, dims()).size() == hello.expected.size());
  const Arrays flat = cli::case_arrays(load("flat-row"), dims());
  const std::string site = "encoder.layers.0.self_attn.";
  CHECK(names(flat) == Names{"stage", "input." + site + "residual", site + "norm"});
  CHECK(names(cli::stage_arrays(load("flat-row"), dims(), shipped(), "*norm")) ==
        Names{"stage", "input." + site + "residual", site + "norm", site + "gamma", site + "beta"});
}

TEST_CASE("export: a pattern that matches nothing is refused with the nearest name") {
  const golden::Case hello = load("hello");
  const auto refusal = [&](const std::string& glob) {
    return message_of([&] { (void)cli::stage_arrays(hello, dims(), shipped(), glob); });
  };
  CHECK_THAT(refusal("scores"), check::StartsWith("--name \"scores\" matches nothing; the nearest is "));
  CHECK_THAT(refusal("scores"), check::EndsWith(".scores"));
  CHECK(refusal("decoder.logit") == "--name \"decoder.logit\" matches nothing; the nearest is decoder.logits");
  CHECK(message_of([&] { (void)cli::weight_arrays(shipped(), dims(), "encoder.embed.e"); }) ==
        "--name \"encoder.embed.e\" matches nothing; the nearest is encoder.embed.E");
}

TEST_CASE("export: patterns are those of the shell, and a star runs over dots") {
  CHECK(cli::matches("encoder.layers.0.self_attn.query", "encoder*query"));
  CHECK(cli::matches("decoder.logits", "decoder.logits"));
  CHECK(cli::matches("encoder.layers.1.self_attn.query", "*.[12].*"));
  CHECK_FALSE(cli::matches("decoder.logits", "logits"));
  CHECK_FALSE(cli::matches("decoder.logits", ""));
}
