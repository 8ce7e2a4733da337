#pragma once

#include <string>
#include <string_view>

#include "engine/checkpoint/config.hpp"
#include "engine/checkpoint/safetensors.hpp"

namespace glass::checkpoint {

/// The name under which a tensor is kept: the table that the configuration shares or ties has one name out of its four
/// (`model.shared.weight`, `model.encoder.embed_tokens.weight`, `model.decoder.embed_tokens.weight`, `lm_head.weight`);
/// every other name is itself.
std::string_view canonical_name(const Config& config, std::string_view name);

/// Renames each embedding table to its canonical name, whichever of its names the file uses.
/// @param source  the file, for messages
/// @throws std::runtime_error if several names of one table are there with different values
void unify_tables(const Config& config, const std::string& source, Tensors& tensors);

}  // namespace glass::checkpoint
