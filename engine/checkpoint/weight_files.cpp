#include "engine/checkpoint/weight_files.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/checkpoint/json_reader.hpp"
#include "engine/checkpoint/safetensors_header.hpp"

namespace glass::checkpoint {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestIndex = std::uint64_t{1} << 24;

constexpr std::string_view kConversion =
    "python3 -c \"import torch, safetensors.torch as s; d = torch.load('pytorch_model.bin', map_location='cpu', "
    "weights_only=True); one = 'model.shared.weight' in d; s.save_file({k: v.clone().contiguous() for k, v in "
    "d.items() if not "
    "(one and (k.endswith('embed_tokens.weight') or k == 'lm_head.weight'))}, 'model.safetensors', "
    "metadata={'format': 'pt'})\"";

bool is_there(const fs::path& file) {
  std::error_code error;
  return fs::exists(file, error);
}

[[noreturn]] void refuse_pickle(const fs::path& file) {
  throw std::runtime_error(
      file.string() +
      ": is a Python pickle, which could run any program, and is not read; convert it once, in its "
      "directory: " +
      std::string(kConversion));
}

/// Whether these bytes are a torch file: a ZIP archive or a bare pickle, and not a safetensors header of that size.
bool is_pickle(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min<std::size_t>(bytes.size(), 9));
  const bool magic = text.starts_with("PK\x03\x04") || text.starts_with("\x80\x02");
  return magic && (text.size() < 9 || text[8] != '{');
}

std::shared_ptr<const Safetensors> open_file(const fs::path& file) {
  if (is_pickle(MappedFile(file).bytes())) refuse_pickle(file);
  return std::make_shared<const Safetensors>(file);
}

bool is_plain_name(const std::string& name) {
  const auto is_wrong = [](unsigned char letter) {
    return letter == '/' || letter == '\\' || letter < 0x20 || letter == 0x7F;
  };
  return !name.empty() && name != "." && name != ".." && std::none_of(name.begin(), name.end(), is_wrong);
}

/// The index's shards with the tensors that each must hold.
std::map<std::string, std::vector<std::string>> read_index(const fs::path& file) {
  const JsonObject json(read_text(file, kLargestIndex), file.string());
  if (!json.value("weight_map").is_object()) json.refuse("weight_map", "an object of tensor names and file names");
  std::map<std::string, std::vector<std::string>> shards;
  for (const auto& [tensor, shard] : json.value("weight_map").items()) {
    if (!shard.is_string() || !is_plain_name(shard.get<std::string>())) {
      throw std::runtime_error(file.string() + ": the file of tensor " + printable(tensor) +
                               " must be a file name in this directory");
    }
    shards[shard.get<std::string>()].push_back(tensor);
  }
  return shards;
}

void add_shard(const fs::path& file, const std::vector<std::string>& promised, WeightFiles& weights) {
  const auto shard = open_file(file);
  for (const std::string& name : promised) {
    if (!shard->tensors().contains(name)) {
      throw std::runtime_error(file.string() + ": tensor " + printable(name) + " is missing, though " + weights.source +
                               " says that it is here");
    }
  }
  for (const auto& [name, tensor] : shard->tensors()) {
    if (!weights.tensors.emplace(name, tensor).second) {
      throw std::runtime_error(file.string() + ": tensor " + printable(name) + " is in another shard too");
    }
  }
  weights.files.push_back(shard);
}

/// A model saved without its translation head has the names without `model.`.
void add_prefix(Tensors& tensors) {
  const auto has_prefix = [](const auto& entry) { return entry.first.starts_with("model."); };
  if (std::any_of(tensors.begin(), tensors.end(), has_prefix)) return;
  Tensors renamed;
  for (auto& [name, tensor] : tensors) {
    const bool inner = name != "final_logits_bias" && name != "lm_head.weight";
    renamed.emplace((inner ? "model." : "") + name, std::move(tensor));
  }
  tensors = std::move(renamed);
}

}  // namespace

WeightFiles open_weights(const fs::path& directory) {
  const fs::path single = directory / "model.safetensors";
  const fs::path index = directory / "model.safetensors.index.json";
  const fs::path pickle = directory / "pytorch_model.bin";
  WeightFiles weights;
  if (is_there(single)) {
    weights.source = single.string();
    add_shard(single, {}, weights);
  } else if (is_there(index)) {
    weights.source = index.string();
    for (const auto& [shard, tensors] : read_index(index)) add_shard(directory / shard, tensors, weights);
  } else if (is_there(pickle)) {
    refuse_pickle(pickle);
  } else {
    throw std::runtime_error(directory.string() + ": has no model.safetensors; expected a Hugging Face MarianMT model");
  }
  add_prefix(weights.tensors);
  return weights;
}

}  // namespace glass::checkpoint
