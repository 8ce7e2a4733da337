#include "tests/golden/fast_head.hpp"

#include <cstring>

#include "engine/golden/verdict.hpp"
#include "engine/reference/encoder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace glass;

namespace {

const std::string kSite = "encoder.layers.1.self_attn";

/// The reference's pass over a padded source of the foreign checkpoint, and one layer's projections as a fast path has
/// them: rounded to float and fused.
struct Example {
  Dims dims;
  Recording recording;
  Source source = {{276, 250, 473, 317, 12, 0, 499, 499}, {1, 1, 1, 1, 1, 1, 0, 0}};
  std::vector<float> qkv;

  Example() {
    const auto checkpoint = checkpoint::Checkpoint::load(test::data("oracle/models/tiny-swish-unigram"));
    dims = dims_of(checkpoint.config());
    (void)encode(*read_weights(checkpoint), paper_stages(), source, Seam(recording));
    for (std::size_t i = 0; i < source.ids.size(); ++i) {
      for (const std::string part : {"query", "key", "value"}) append_row(expected(kSite + "." + part), i);
    }
  }
  void append_row(const Matrix& matrix, std::size_t i) {
    for (std::size_t j = 0; j < matrix.cols; ++j) qkv.push_back(static_cast<float>(matrix(i, j)));
  }
  [[nodiscard]] const Matrix& expected(const std::string& name) const {
    return recording.trace.at(parse_name(name).value());
  }
  template <Tracer T>
  [[nodiscard]] std::vector<float> context(std::size_t head, const T& trace) const {
    const std::size_t n_tokens = source.ids.size(), d_k = dims.d_model / dims.encoder.n_heads;
    std::vector<float> result(n_tokens * d_k, -1);
    test::fast_head({qkv.data(), n_tokens, dims.d_model, d_k, head, source.visible.data()}, result.data(), trace);
    return result;
  }
};

bool bit_equal(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("fast head: recorded by strided view, every matrix is the reference's as float", "[golden][fast_head]") {
  const Example e;
  Recording recording;
  const Recorder site = Recorder(recording).in("encoder").in("layers", 1).in("self_attn");
  for (std::size_t h = 0; h < e.dims.encoder.n_heads; ++h) (void)e.context(h, site.in("head", h));
  CHECK(recording.trace.size() == 7 * e.dims.encoder.n_heads);
  for (const auto& [name, matrix] : recording.trace) {
    CAPTURE(to_string(name));
    CHECK_FALSE(golden::compare(name, e.recording.trace.at(name), matrix, golden::kFloat));
  }
}

TEST_CASE("fast head: traced, untraced, and with a recorder that is off, the same bits", "[golden][fast_head]") {
  const Example e;
  Recording recording;
  const Recorder on = Recorder(recording).in("encoder").in("layers", 1).in("self_attn").in("head", 2);
  const std::vector<float> untraced = e.context(2, NoTrace());
  CHECK(bit_equal(e.context(2, on), untraced));
  CHECK(bit_equal(e.context(2, Recorder()), untraced));
  CHECK(recording.trace.size() == 7);
  CHECK_FALSE(bit_equal(e.context(3, NoTrace()), untraced));
}
