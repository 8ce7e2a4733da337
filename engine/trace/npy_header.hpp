#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/trace/array.hpp"

namespace glass {

/// What stands before the elements in an .npy file. @source NumPy, "NEP 1: a simple file format for NumPy arrays"
struct NpyHeader {
  Dtype dtype;
  std::size_t element_size = 8;  ///< bytes of one element; for text of all its characters
  bool big_endian = false;
  bool fortran_order = false;
  std::vector<std::size_t> shape;

  /// Elements and bytes of data; a parsed header's never overflow.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t bytes() const { return size() * element_size; }
};

/// An array of more elements than this (1 GiB as double) is refused before anything is allocated for it.
inline constexpr std::size_t kMaxElements = std::size_t{1} << 27;

/// Reads the Python dictionary of an .npy header: the keys descr, fortran_order and shape, each once, in any order.
/// @param where  names file and array in messages
/// @throws std::runtime_error for anything else, for object arrays (pickles) and other types that are not numbers or
///         text, for more than 32 axes and for more than kMaxElements elements
[[nodiscard]] NpyHeader parse_npy_header(std::string_view dictionary, const std::string& where);

/// The bytes before the data of an array in a file: magic number, version 1.0, dictionary, padded to 64 bytes, as
/// numpy.save writes them.
[[nodiscard]] std::string npy_prefix(const Array& array);

}  // namespace glass
