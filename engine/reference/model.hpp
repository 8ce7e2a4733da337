#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/checkpoint/checkpoint.hpp"
#include "engine/reference/weights.hpp"
#include "engine/text/tokenizer.hpp"

namespace glass {

/// A checkpoint directory, ready to use: its files, its tokenizer, and its weights in double. Copies share all of it.
struct Model {
  checkpoint::Checkpoint checkpoint;
  text::Tokenizer tokenizer;
  Dims dims;
  std::shared_ptr<const Weights> weights;

  /// @throws std::runtime_error with one sentence if a file is missing or damaged, or if the vocabulary and the
  ///         embedding table do not fit each other
  static Model load(const std::filesystem::path& directory, text::LanguageCodes codes = text::LanguageCodes::hf_4_53);

  /// The ids of a text, closed by end-of-sentence.
  /// @param segmenter  somebody else's way to merge pieces; empty: the model's own
  /// @throws std::runtime_error if the text is not valid UTF-8
  [[nodiscard]] Ids source_ids(const std::string& text, const text::Segmenter& segmenter = {}) const;
  [[nodiscard]] Ids target_ids(const std::string& text, const text::Segmenter& segmenter = {}) const;
};

}  // namespace glass
