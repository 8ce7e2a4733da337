#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace glass::checkpoint {

/// A whole regular file mapped read-only into memory; unmapped when this goes.
class MappedFile {
 public:
  /// @throws std::runtime_error naming the file and the system's reason
  explicit MappedFile(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// The file's bytes; empty for an empty file.
  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace glass::checkpoint
