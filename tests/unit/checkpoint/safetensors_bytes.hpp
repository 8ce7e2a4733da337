#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace glass::test {

/// A safetensors file in memory: the header's length, the header, and so many data bytes 0, 1, 2, ...
inline std::vector<std::byte> safetensors_bytes(std::string_view header, std::size_t data_size,
                                                std::int64_t length_error = 0) {
  std::vector<std::byte> bytes(8 + header.size() + data_size);
  const std::uint64_t length = header.size() + static_cast<std::uint64_t>(length_error);
  std::memcpy(bytes.data(), &length, sizeof length);
  if (!header.empty()) std::memcpy(bytes.data() + 8, header.data(), header.size());
  for (std::size_t index = 0; index < data_size; ++index) {
    bytes[8 + header.size() + index] = static_cast<std::byte>(index & 0xFF);
  }
  return bytes;
}

}  // namespace glass::test
