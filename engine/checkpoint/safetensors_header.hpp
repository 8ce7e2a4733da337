#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/checkpoint/tensor.hpp"

namespace glass::checkpoint {

/// One tensor as the JSON header of a safetensors file declares it; nothing but the form is checked.
struct HeaderEntry {
  std::string name;
  Dtype dtype = Dtype::f32;
  std::vector<std::uint64_t> shape;
  std::array<std::uint64_t, 2> offsets{};  ///< begin and end in bytes, from the start of the data
};

/// Parses the JSON header strictly: an object of entries, each with a known dtype, a shape of unsigned integers and two
/// data_offsets; further fields of an entry are skipped; `__metadata__` holds strings and is dropped.
/// @throws std::runtime_error with one sentence; refused beyond the reference reader are a tensor name given twice and
///         white space before the header
std::vector<HeaderEntry> parse_header(std::string_view json, const std::string& file);

/// A name for an error message: in quotes, control characters spelled out, cut when long.
std::string printable(std::string_view name);

}  // namespace glass::checkpoint
