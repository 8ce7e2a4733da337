#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "engine/trace/array.hpp"
#include "engine/trace/npy_header.hpp"

namespace glass {

/// The bytes of one .npy array, wherever they come from.
struct ByteSource {
  std::string where;                                    ///< names file and array in messages
  std::uint64_t size = 0;                               ///< of the whole array with its header, as its container says
  std::function<std::size_t(char*, std::size_t)> read;  ///< up to so many of the next bytes; 0 at the end
};

/// Reads magic number and header, and checks that the data they promise is what `source.size` leaves.
/// Versions 1.0, 2.0 and 3.0. @throws std::runtime_error with one sentence
[[nodiscard]] NpyHeader read_npy_header(ByteSource& source);

/// Reads a whole array. Memory grows only with bytes that are really there.
/// @throws std::runtime_error with one sentence: what `read_npy_header` refuses, and data that ends early or goes on
[[nodiscard]] Array read_npy(ByteSource& source);

/// Reads an .npy file. @throws std::runtime_error also if it is not a regular file or cannot be opened
[[nodiscard]] Array read_npy(const std::filesystem::path& file);

/// The data of an array as bytes, little-endian.
/// @throws std::invalid_argument if a number does not fit the integer type
[[nodiscard]] std::string npy_data(const Array& array);

/// Writes an .npy file, whole or not at all. @throws std::runtime_error with the system's reason
void write_npy(const std::filesystem::path& file, const Array& array);

/// @throws std::runtime_error unless this is a regular file that can be opened
void require_readable(const std::filesystem::path& file);

}  // namespace glass
