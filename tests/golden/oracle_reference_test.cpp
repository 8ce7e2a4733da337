#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/reference/decoder.hpp"
#include "engine/stages/output.hpp"
#include "engine/trace/npy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"
#include "tests/support/paths.hpp"

using namespace glass;

namespace {

/// What Hugging Face's float32 is from the same arithmetic in double.
constexpr double kHidden = 2e-5, kAttention = 1e-5, kLogits = 1e-4, kLoss = 1e-5;

std::filesystem::path expected(const std::string& name) {
  return test::data("oracle/expected/tiny-swish-unigram") / name;
}

nlohmann::json json(const std::string& name) { return nlohmann::json::parse(std::ifstream(expected(name))); }

Ids ids_of(const Array& array) { return {array.values.begin(), array.values.end()}; }

/// The last two axes of an array in C order, at these indices of the axes before them.
Mat slice(const Array& array, const std::vector<std::size_t>& leading) {
  const std::vector<std::size_t>& shape = array.shape;
  std::size_t start = 0;
  for (std::size_t axis = 0; axis < leading.size(); ++axis) start = start * shape.at(axis) + leading[axis];
  const std::size_t rows = shape.at(shape.size() - 2), cols = shape.back();
  const double* first = array.values.data() + start * rows * cols;
  return test::to_mat(Matrix(MatrixView{first, rows, cols, static_cast<std::ptrdiff_t>(cols), 1, Element::f64}));
}

/// The foreign checkpoint, read once.
struct Oracle {
  checkpoint::Checkpoint checkpoint = checkpoint::Checkpoint::load(test::data("oracle/models/tiny-swish-unigram"));
  std::shared_ptr<const Weights> weights = read_weights(checkpoint);
  Dims dims = dims_of(checkpoint.config());
  std::int64_t start = checkpoint.config().start_id;
  Stages stage = paper_stages();
};

const Oracle& oracle() {
  static const Oracle loaded;
  return loaded;
}

/// The recorded teacher-forced pass over one of the twelve cases.
struct Run {
  std::string id;
  Ids labels;
  Recording recording;

  explicit Run(const std::string& case_id) : id(case_id), labels(ids_of(array("labels"))) {
    const Seam trace(recording);
    const Memory memory = encode(*oracle().weights, oracle().stage, source_of(ids_of(array("input_ids"))), trace);
    const Mat y = decode(*oracle().weights, oracle().stage, memory, shift_right(labels, oracle().start), trace);
    (void)propose(*oracle().weights, oracle().stage, y, trace);
  }
  [[nodiscard]] Array array(const std::string& name) const { return read_npy(expected(id + "/" + name + ".npy")); }
  [[nodiscard]] Mat recorded(const std::string& name) const {
    return test::to_mat(recording.trace.at(parse_name(name).value()));
  }
  void check_hidden(const std::string& side, std::size_t n_layers) const {
    const Array hidden = array(side + "_hidden");
    REQUIRE(hidden.shape.at(0) == n_layers + 1);
    CHECK(test::difference(recorded(side + ".embed.sum"), slice(hidden, {0})) <= kHidden);
    for (std::size_t l = 0; l < n_layers; ++l) {
      const std::string norm = side + ".layers." + std::to_string(l) + ".feed_forward.norm";
      CHECK(test::difference(recorded(norm), slice(hidden, {l + 1})) <= kHidden);
    }
  }
  void check_attention(const std::string& file, const std::string& side, const std::string& site) const {
    const Array weights = array(file);
    const StackDims& stack = side == "encoder" ? oracle().dims.encoder : oracle().dims.decoder;
    REQUIRE(weights.shape.at(0) == stack.n_layers);
    REQUIRE(weights.shape.at(1) == stack.n_heads);
    for (std::size_t l = 0; l < stack.n_layers; ++l) {
      for (std::size_t h = 0; h < stack.n_heads; ++h) {
        const std::string name =
            side + ".layers." + std::to_string(l) + "." + site + ".head." + std::to_string(h) + ".weights";
        CAPTURE(name);
        CHECK(test::difference(recorded(name), slice(weights, {l, h})) <= kAttention);
      }
    }
  }
};

/// -log p of every label but -100, and how many there are.
std::pair<double, std::size_t> surprise(const Mat& log_probabilities, const Ids& labels) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == -100) continue;
    sum -= log_probabilities(i, static_cast<arma::uword>(labels[i]));
    ++count;
  }
  return {sum, count};
}

/// Row `i` of a right-padded batch as a source.
Source source_at(const std::string& batch, std::size_t i) {
  const auto row = [&](const std::string& name) {
    const Mat all = slice(read_npy(expected("batch/" + batch + "_" + name + ".npy")), {});
    return arma::conv_to<Ids>::from(all.row(i));
  };
  return {row("input_ids"), row("attention_mask")};
}

}  // namespace

TEST_CASE("oracle: every hidden state, attention weight and logit is Hugging Face's", "[golden][oracle]") {
  for (const nlohmann::json& each : json("cases.json")) {
    const Run run(each.at("id").get<std::string>());
    CAPTURE(run.id);
    CHECK(shift_right(run.labels, oracle().start) == ids_of(run.array("decoder_input_ids")));
    run.check_hidden("encoder", oracle().dims.encoder.n_layers);
    run.check_hidden("decoder", oracle().dims.decoder.n_layers);
    CHECK(test::difference(run.recorded("encoder.memory"), slice(run.array("encoder_last_hidden"), {})) <= kHidden);
    if (run.id != "c07") run.check_attention("encoder_attn", "encoder", "self_attn");  // c07's is not kept
    run.check_attention("decoder_attn", "decoder", "self_attn");
    run.check_attention("cross_attn", "decoder", "encoder_attn");
    CHECK(test::difference(run.recorded("decoder.logits"), slice(run.array("logits"), {})) <= kLogits);
    const auto [sum, count] = surprise(run.recorded("decoder.log_probabilities"), run.labels);
    CHECK(std::abs(sum / static_cast<double>(count) - each.at("loss").get<double>()) <= kLoss);
  }
}

TEST_CASE("oracle: a padded batch gives the real tokens the same memory", "[golden][oracle]") {
  for (const std::string batch : {"b5", "b12"}) {
    const Array memories = read_npy(expected("batch/" + batch + "_encoder_last_hidden.npy"));
    for (std::size_t i = 0; i < memories.shape.at(0); ++i) {
      const Source source = source_at(batch, i);
      const auto real = static_cast<arma::uword>(std::count(source.visible.begin(), source.visible.end(), 1));
      const Mat memory = encode(*oracle().weights, oracle().stage, source, Seam()).rows;
      CAPTURE(batch, i);
      CHECK(test::difference(memory.head_rows(real), slice(memories, {i}).head_rows(real)) <= kHidden);
    }
  }
}

TEST_CASE("oracle: the loss of a padded batch is the mean over its real labels", "[golden][oracle]") {
  const Mat labels = slice(read_npy(expected("batch/b5_labels.npy")), {});
  const Mat read = slice(read_npy(expected("batch/b5_decoder_input_ids.npy")), {});
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < labels.n_rows; ++i) {
    const Memory memory = encode(*oracle().weights, oracle().stage, source_at("b5", i), Seam());
    const Mat y = decode(*oracle().weights, oracle().stage, memory, arma::conv_to<Ids>::from(read.row(i)), Seam());
    const Mat logits = propose(*oracle().weights, oracle().stage, y, Seam());
    const auto [its_sum, its_count] = surprise(log_softmax(logits), arma::conv_to<Ids>::from(labels.row(i)));
    sum += its_sum;
    count += its_count;
  }
  CHECK(std::abs(sum / static_cast<double>(count) - json("batch/batch.json").at("b5").at("loss").get<double>()) <=
        kLoss);
}
