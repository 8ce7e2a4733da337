#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "engine/checkpoint/mapped_file.hpp"
#include "engine/checkpoint/tensor.hpp"

namespace glass::checkpoint {

/// Tensors by name.
using Tensors = std::map<std::string, Tensor, std::less<>>;

/// Parses a safetensors file: 8 bytes little-endian N, N bytes JSON header, data. Everything is checked in the order of
/// the reference reader before a pointer is made; stricter than it, a tensor name given twice and white space before
/// the header are refused.
/// @param bytes  the whole file; the tensors point into it
/// @param file   its name, for messages
/// @throws std::runtime_error with one sentence
Tensors parse_safetensors(std::span<const std::byte> bytes, const std::string& file);

/// A safetensors file, mapped, with its tensors.
class Safetensors {
 public:
  /// @throws std::runtime_error if the file cannot be read or is not a valid safetensors file
  explicit Safetensors(const std::filesystem::path& file);

  const Tensors& tensors() const { return tensors_; }

 private:
  MappedFile file_;
  Tensors tensors_;
};

}  // namespace glass::checkpoint
