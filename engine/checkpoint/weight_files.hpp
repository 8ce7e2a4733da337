#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/checkpoint/safetensors.hpp"

namespace glass::checkpoint {

/// All tensors of a checkpoint directory under the names that MarianMTModel gives them, and the files they lie in.
struct WeightFiles {
  Tensors tensors;
  std::vector<std::shared_ptr<const Safetensors>> files;
  std::string source;  ///< model.safetensors or the index, for messages
};

/// Opens model.safetensors, else the shards that model.safetensors.index.json names (plain file names only: a shard
/// never lies outside the directory). Names saved without the leading `model.` get it.
/// @throws std::runtime_error with one sentence if neither is there or valid; a pytorch_model.bin, and a pickle under
///         another name, is refused with the command that converts it
WeightFiles open_weights(const std::filesystem::path& directory);

}  // namespace glass::checkpoint
