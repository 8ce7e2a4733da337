#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/trace/npy.hpp"

struct zip;

namespace glass {

/// An .npz archive (numpy.savez, numpy.savez_compressed), open for reading. Nothing is read before it is asked for.
class Npz {
 public:
  /// @throws std::runtime_error if the file cannot be read, is no zip archive, or holds something other than .npy
  ///         arrays or two of one name
  explicit Npz(std::filesystem::path file);

  /// The arrays' names, without ".npy", in the order of the archive.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  /// Type and shape alone. @throws std::runtime_error naming the file and the array
  [[nodiscard]] NpyHeader header(const std::string& name) const;

  /// The whole array, its checksum verified. @throws std::runtime_error naming the file and the array
  [[nodiscard]] Array read(const std::string& name) const;

 private:
  template <class Result>
  Result with_entry(const std::string& name, Result (*use)(ByteSource&)) const;

  std::filesystem::path file_;
  std::shared_ptr<zip> archive_;
  std::vector<std::string> names_;
  std::map<std::string, std::uint64_t> index_;
};

/// Writes the arrays in this order, uncompressed and dated 1980, so that equal arrays make equal files; whole or not at
/// all. @throws std::runtime_error with the system's reason, std::invalid_argument if there is no array or one name
/// stands twice
void write_npz(const std::filesystem::path& file, const std::vector<NamedArray>& arrays);

}  // namespace glass
