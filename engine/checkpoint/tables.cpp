#include "engine/checkpoint/tables.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace glass::checkpoint {

namespace {

constexpr std::string_view kShared = "model.shared.weight";
constexpr std::string_view kEncoder = "model.encoder.embed_tokens.weight";
constexpr std::string_view kDecoder = "model.decoder.embed_tokens.weight";
constexpr std::string_view kOutput = "lm_head.weight";
constexpr std::array<std::string_view, 4> kTables{kShared, kEncoder, kDecoder, kOutput};

bool is_readable(const Tensor& tensor) {
  return tensor.dtype == Dtype::f32 || tensor.dtype == Dtype::f16 || tensor.dtype == Dtype::bf16;
}

bool equal(const Tensor& left, const Tensor& right) {
  if (left.shape != right.shape || !is_readable(left) || !is_readable(right)) return false;
  const std::uint64_t size = left.size();
  const std::size_t bytes = static_cast<std::size_t>(size) * dtype_bits(left.dtype) / 8;
  if (left.dtype == right.dtype && std::memcmp(left.data, right.data, bytes) == 0) return true;
  for (std::uint64_t index = 0; index < size; ++index) {
    const float a = element(left, index);
    const float b = element(right, index);
    if (a != b && !(std::isnan(a) && std::isnan(b))) return false;
  }
  return true;
}

}  // namespace

std::string_view canonical_name(const Config& config, std::string_view name) {
  const bool shared = config.share_encoder_decoder_embeddings;
  if (name == kOutput && config.tie_word_embeddings) return shared ? kShared : kDecoder;
  if (shared && (name == kEncoder || name == kDecoder)) return kShared;
  return name;
}

void unify_tables(const Config& config, const std::string& source, Tensors& tensors) {
  for (const std::string_view name : kTables) {
    const std::string_view canonical = canonical_name(config, name);
    const auto found = tensors.find(name);
    if (found == tensors.end() || canonical == name) continue;
    const Tensor table = found->second;
    const auto [kept, added] = tensors.emplace(canonical, table);
    if (!added && !equal(kept->second, table)) {
      throw std::runtime_error(source + ": " + std::string(name) + " must equal " + std::string(canonical) +
                               ", because config.json ties them, found different values");
    }
    tensors.erase(found);
  }
}

}  // namespace glass::checkpoint
