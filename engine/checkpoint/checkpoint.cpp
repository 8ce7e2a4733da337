#include "engine/checkpoint/checkpoint.hpp"

#include <stdexcept>
#include <system_error>
#include <utility>

#include "engine/checkpoint/tables.hpp"
#include "engine/checkpoint/weight_files.hpp"

namespace glass::checkpoint {

namespace {

constexpr std::string_view kBias = "final_logits_bias";

/// Tensors that a file may lack: the bias is then zero, positions come from the formula.
std::vector<Expected> optional_tensors(const Config& config) {
  return {{std::string(kBias), {1, config.decoder_vocab_size}},
          {"model.encoder.embed_positions.weight", {config.max_positions, config.d_model}},
          {"model.decoder.embed_positions.weight", {config.max_positions, config.d_model}}};
}

void check(const Expected& expected, const Tensor& tensor, const std::string& source) {
  const std::string start = source + ": tensor " + expected.name + " must ";
  if (tensor.shape != expected.shape) {
    throw std::runtime_error(start + "have shape " + shape_text(expected.shape) + " as config.json says, found " +
                             shape_text(tensor.shape));
  }
  if (tensor.dtype != Dtype::f32 && tensor.dtype != Dtype::f16 && tensor.dtype != Dtype::bf16) {
    throw std::runtime_error(start + "be F32, F16 or BF16, found " + std::string(dtype_name(tensor.dtype)));
  }
}

/// Keeps the tensors that the model uses, each checked; whatever else the file holds is left out.
Tensors select(const Config& config, const WeightFiles& weights) {
  Tensors selected;
  const auto take = [&](const Expected& expected, bool needed) {
    const auto found = weights.tensors.find(expected.name);
    if (found != weights.tensors.end()) {
      check(expected, found->second, weights.source);
      selected.insert(*found);
    } else if (needed) {
      throw std::runtime_error(weights.source + ": tensor " + expected.name + " of shape " +
                               shape_text(expected.shape) + " is missing, but config.json needs it");
    }
  };
  for (const Expected& expected : required_tensors(config)) take(expected, true);
  for (const Expected& expected : optional_tensors(config)) take(expected, false);
  return selected;
}

}  // namespace

Checkpoint Checkpoint::load(const std::filesystem::path& directory) {
  std::error_code error;
  if (!std::filesystem::is_directory(directory, error)) {
    throw std::runtime_error(directory.string() + ": is not a directory; expected a Hugging Face MarianMT model");
  }
  Checkpoint checkpoint;
  checkpoint.config_ = read_config(directory / "config.json");
  checkpoint.generation_ = read_generation(directory, checkpoint.config_);
  WeightFiles weights = open_weights(directory);
  unify_tables(checkpoint.config_, weights.source, weights.tensors);
  checkpoint.tensors_ = select(checkpoint.config_, weights);
  for (auto& file : weights.files) checkpoint.storage_.push_back(std::move(file));
  if (!checkpoint.tensors_.contains(kBias)) {
    const std::uint64_t size = checkpoint.config_.decoder_vocab_size;
    const auto zeros = std::make_shared<const std::vector<std::byte>>(size * sizeof(float));
    checkpoint.tensors_.emplace(kBias, Tensor{Dtype::f32, {1, size}, zeros->data()});
    checkpoint.storage_.push_back(zeros);
  }
  return checkpoint;
}

std::optional<Tensor> Checkpoint::find(std::string_view name) const {
  const auto found = tensors_.find(canonical_name(config_, name));
  if (found == tensors_.end()) return std::nullopt;
  return found->second;
}

Tensor Checkpoint::tensor(std::string_view name) const {
  if (auto found = find(name)) return *std::move(found);
  throw std::runtime_error("the checkpoint has no tensor " + std::string(name));
}

std::vector<float> Checkpoint::read(std::string_view name) const { return checkpoint::read<float>(tensor(name)); }

std::vector<Expected> Checkpoint::names() const {
  std::vector<Expected> names = required_tensors(config_);
  for (Expected& expected : optional_tensors(config_)) {
    if (tensors_.contains(expected.name)) names.push_back(std::move(expected));
  }
  return names;
}

}  // namespace glass::checkpoint
