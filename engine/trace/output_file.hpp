#pragma once

#include <filesystem>
#include <string_view>

namespace glass {

/// A file that appears whole or not at all: it is written beside its place under a temporary name, and takes the place
/// when it is complete. A device or pipe as target is written to, never replaced.
class OutputFile {
 public:
  /// @throws std::runtime_error naming the target and the system's reason if it cannot be written
  explicit OutputFile(std::filesystem::path target);
  ~OutputFile();  ///< without `commit`, nothing remains
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Where the bytes lie until `commit`; whoever writes by other means than `write` writes here.
  [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }

  /// Appends. @throws std::runtime_error (a full disk)
  void write(std::string_view bytes);

  /// Puts the file in its place. @throws std::runtime_error
  void commit();

 private:
  [[noreturn]] void refuse(int error) const;
  void copy_to_target() const;

  std::filesystem::path target_, temporary_;
  bool replaces_ = true;  ///< false for a device or a pipe
};

}  // namespace glass
