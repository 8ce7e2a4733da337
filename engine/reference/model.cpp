#include "engine/reference/model.hpp"

#include <stdexcept>

#include "engine/text/utf8.hpp"

namespace glass {
namespace {

Ids ids_of(const Model& model, const std::string& text, text::Side side, const text::Segmenter& segmenter) {
  if (!text::is_valid_utf8(text)) throw std::runtime_error("the text is not valid UTF-8: " + text::quote(text));
  return text::ids(model.tokenizer.encode(text, side, segmenter));
}

void require_same(const std::filesystem::path& directory, const char* what, std::int64_t tokenizer,
                  std::int64_t config) {
  if (tokenizer == config) return;
  throw std::runtime_error(directory.string() + ": vocab.json gives " + what + " the id " + std::to_string(tokenizer) +
                           ", but config.json says " + std::to_string(config) +
                           "; the two files belong to different models");
}

}  // namespace

Model Model::load(const std::filesystem::path& directory, text::LanguageCodes codes) {
  checkpoint::Checkpoint checkpoint = checkpoint::Checkpoint::load(directory);
  text::Tokenizer tokenizer = text::Tokenizer::load(directory, codes);
  const checkpoint::Config& config = checkpoint.config();
  tokenizer.vocabulary(text::Side::source).require_below(static_cast<std::int64_t>(config.vocab_size));
  tokenizer.vocabulary(text::Side::target).require_below(static_cast<std::int64_t>(config.decoder_vocab_size));
  require_same(directory, "padding", tokenizer.pad(), config.pad_id);
  require_same(directory, "end-of-sentence", tokenizer.eos(), config.eos_ids.front());
  const Dims dims = dims_of(config);
  std::shared_ptr<const Weights> weights = read_weights(checkpoint);
  return {std::move(checkpoint), std::move(tokenizer), dims, std::move(weights)};
}

Ids Model::source_ids(const std::string& text, const text::Segmenter& segmenter) const {
  return ids_of(*this, text, text::Side::source, segmenter);
}

Ids Model::target_ids(const std::string& text, const text::Segmenter& segmenter) const {
  return ids_of(*this, text, text::Side::target, segmenter);
}

}  // namespace glass
