#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/checkpoint/config.hpp"
#include "engine/checkpoint/generation_config.hpp"
#include "engine/checkpoint/safetensors.hpp"
#include "engine/checkpoint/tensor.hpp"

namespace glass::checkpoint {

/// A tensor's canonical name and the shape that the configuration demands.
struct Expected {
  std::string name;
  std::vector<std::uint64_t> shape;
};

/// The tensors that a checkpoint of this configuration must have, in the order of computation, each table once under
/// its canonical name: `model.shared.weight` when the tables are shared, else `model.encoder.embed_tokens.weight` and
/// `model.decoder.embed_tokens.weight`; `lm_head.weight` only when it is not tied. `final_logits_bias` and the position
/// tables, which may be absent, are not listed.
std::vector<Expected> required_tensors(const Config& config);

/// A Hugging Face MarianMT directory, checked before it is believed: the settings are consistent, and every tensor that
/// the configuration needs is there with exactly its shape, as F32, F16 or BF16. Copies share the mapped files.
class Checkpoint {
 public:
  /// @param directory  holds config.json, maybe generation_config.json, and model.safetensors or
  ///                   model.safetensors.index.json with its shards
  /// @throws std::runtime_error with one sentence: file, name, expected, found, what to do
  static Checkpoint load(const std::filesystem::path& directory);

  const Config& config() const { return config_; }
  const Generation& generation() const { return generation_; }

  /// The tensor of this name, or nullopt. The shared table is found under each of its names (`model.shared.weight`,
  /// `model.encoder.embed_tokens.weight`, `model.decoder.embed_tokens.weight`, `lm_head.weight`) whichever the file
  /// uses; a `final_logits_bias` that the file lacks is zero. Only position tables can be absent.
  std::optional<Tensor> find(std::string_view name) const;

  /// The tensor of this name.
  /// @throws std::runtime_error if the checkpoint has none
  Tensor tensor(std::string_view name) const;

  /// The elements of `tensor(name)` row-major ([out, in] for a weight), widened exactly.
  std::vector<float> read(std::string_view name) const;

  /// `required_tensors`, and those of `final_logits_bias` and the position tables that can be found.
  std::vector<Expected> names() const;

 private:
  Config config_;
  Generation generation_;
  Tensors tensors_;                                   ///< by canonical name
  std::vector<std::shared_ptr<const void>> storage_;  ///< what the tensors point into
};

}  // namespace glass::checkpoint
