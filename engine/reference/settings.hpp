#pragma once

#include "engine/checkpoint/checkpoint.hpp"
#include "engine/search/settings.hpp"

namespace glass {

/// A checkpoint's own search settings. max_length is cut to what the positions hold: the last token is never read.
[[nodiscard]] search::Settings settings_of(const checkpoint::Config& config, const checkpoint::Generation& generation);

[[nodiscard]] inline search::Settings settings_of(const checkpoint::Checkpoint& checkpoint) {
  return settings_of(checkpoint.config(), checkpoint.generation());
}

}  // namespace glass
