#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/checkpoint/checkpoint.hpp"

namespace glass::test {

/// A tensor to be written: its type by the format's name, and its bytes.
struct FileTensor {
  std::string dtype;
  std::vector<std::uint64_t> shape;
  std::string bytes;
};

/// The bytes of an F32, F16 or BF16 tensor whose element i is `first + i`; for the small types 1, 2, 3 ... in bits.
FileTensor numbered(const std::string& dtype, std::vector<std::uint64_t> shape, float first = 0);

/// A checkpoint directory in the temporary directory, removed at the end: a model of sizes that all differ, with all
/// its required tensors, to be changed before `write`.
class ModelDirectory {
 public:
  explicit ModelDirectory(const nlohmann::json& overrides = nlohmann::json::object());
  ~ModelDirectory();
  ModelDirectory(const ModelDirectory&) = delete;
  ModelDirectory& operator=(const ModelDirectory&) = delete;

  nlohmann::json config;
  std::map<std::string, FileTensor> tensors;

  const std::filesystem::path& path() const { return path_; }
  void write_text(const std::string& name, const std::string& text) const;
  void write_tensors(const std::string& name, const std::map<std::string, FileTensor>& list) const;
  /// Writes config.json and model.safetensors.
  void write() const;
  /// Writes them and loads the directory.
  checkpoint::Checkpoint load() const;
  /// Writes them and gives the message with which loading fails, the directory written as DIR.
  std::string refusal() const;
  /// The message with which loading what is there fails.
  std::string refusal_as_is() const;

 private:
  std::filesystem::path path_;
};

}  // namespace glass::test
