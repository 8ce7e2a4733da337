#include "tests/unit/checkpoint/model_directory.hpp"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace glass::test {

namespace {

std::filesystem::path fresh_directory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "glassformer-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
  return pattern;
}

}  // namespace

FileTensor numbered(const std::string& dtype, std::vector<std::uint64_t> shape, float first) {
  std::uint64_t size = 1;
  for (const std::uint64_t extent : shape) size *= extent;
  FileTensor tensor{dtype, std::move(shape), {}};
  for (std::uint64_t index = 0; index < size; ++index) {
    const float value = first + static_cast<float>(index);
    const auto small = static_cast<std::uint16_t>(index + 1);
    char bytes[sizeof value];
    const std::size_t width = dtype == "F32" ? sizeof value : sizeof small;
    std::memcpy(bytes, dtype == "F32" ? static_cast<const void*>(&value) : &small, width);
    tensor.bytes.append(bytes, width);
  }
  return tensor;
}

ModelDirectory::ModelDirectory(const nlohmann::json& overrides) : path_(fresh_directory()) {
  config = {{"model_type", "marian"},
            {"d_model", 6},
            {"encoder_layers", 2},
            {"decoder_layers", 1},
            {"encoder_attention_heads", 3},
            {"decoder_attention_heads", 2},
            {"encoder_ffn_dim", 5},
            {"decoder_ffn_dim", 4},
            {"vocab_size", 9},
            {"max_position_embeddings", 7},
            {"activation_function", "relu"},
            {"pad_token_id", 8},
            {"decoder_start_token_id", 8},
            {"eos_token_id", 0}};
  config.update(overrides);
  for (const auto& [name, shape] : checkpoint::required_tensors(checkpoint::parse_config(config.dump(), "config"))) {
    tensors[name] = numbered("F32", shape);
  }
}

ModelDirectory::~ModelDirectory() { std::filesystem::remove_all(path_); }

void ModelDirectory::write_text(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name, std::ios::binary) << text;
}

void ModelDirectory::write_tensors(const std::string& name, const std::map<std::string, FileTensor>& list) const {
  nlohmann::json header = nlohmann::json::object();
  std::string data;
  for (const auto& [tensor, content] : list) {
    header[tensor] = {{"dtype", content.dtype},
                      {"shape", content.shape},
                      {"data_offsets", {data.size(), data.size() + content.bytes.size()}}};
    data += content.bytes;
  }
  const std::string json = header.dump();
  const std::uint64_t length = json.size();
  write_text(name, std::string(reinterpret_cast<const char*>(&length), sizeof length) + json + data);
}

void ModelDirectory::write() const {
  write_text("config.json", config.dump());
  write_tensors("model.safetensors", tensors);
}

checkpoint::Checkpoint ModelDirectory::load() const {
  write();
  return checkpoint::Checkpoint::load(path_);
}

std::string ModelDirectory::refusal() const {
  write();
  return refusal_as_is();
}

std::string ModelDirectory::refusal_as_is() const {
  try {
    checkpoint::Checkpoint::load(path_);
  } catch (const std::runtime_error& error) {
    std::string message = error.what();
    for (auto at = message.find(path_.string()); at != message.npos; at = message.find(path_.string())) {
      message.replace(at, path_.string().size(), "DIR");
    }
    return message;
  }
  return "accepted";
}

}  // namespace glass::test
