#include "engine/checkpoint/safetensors.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "engine/checkpoint/safetensors_header.hpp"

namespace glass::checkpoint {

namespace {

constexpr std::uint64_t kLargestHeader = 100'000'000;
constexpr std::uint64_t kPrefix = 8;

[[noreturn]] void refuse(const std::string& file, const std::string& reason) {
  throw std::runtime_error(file + ": " + reason);
}

std::string_view header_of(std::span<const std::byte> bytes, const std::string& file) {
  if (bytes.size() < kPrefix) {
    refuse(file, "must have at least 8 bytes, found " + std::to_string(bytes.size()) + "; download the file again");
  }
  std::uint64_t size = 0;
  std::memcpy(&size, bytes.data(), kPrefix);
  if (size > kLargestHeader) {
    refuse(file, "the header must have at most " + std::to_string(kLargestHeader) + " bytes, found " +
                     std::to_string(size) + "; this is not a safetensors file");
  }
  if (size > bytes.size() - kPrefix) {
    refuse(file, "the header of " + std::to_string(size) + " bytes reaches past the end of the file (" +
                     std::to_string(bytes.size()) + " bytes); download the file again");
  }
  return {reinterpret_cast<const char*>(bytes.data() + kPrefix), static_cast<std::size_t>(size)};
}

std::optional<std::uint64_t> product(std::uint64_t left, std::uint64_t right) {
  if (right != 0 && left > std::numeric_limits<std::uint64_t>::max() / right) return std::nullopt;
  return left * right;
}

/// The bytes that a shape of this type takes, multiplied from left to right; nullopt if 64 bits or whole bytes do not
/// hold them.
std::optional<std::uint64_t> byte_size(const HeaderEntry& entry) {
  std::optional<std::uint64_t> size = 1;
  for (const std::uint64_t extent : entry.shape) {
    size = product(*size, extent);
    if (!size) return std::nullopt;
  }
  const unsigned bits = dtype_bits(entry.dtype);
  size = product(*size, bits % 8 == 0 ? bits / 8 : bits);
  if (!size || bits % 8 == 0) return size;
  return *size % 8 == 0 ? std::optional(*size / 8) : std::nullopt;
}

void check_size(const HeaderEntry& entry, const std::string& file) {
  const std::string tensor = "tensor " + printable(entry.name) + " of type " + std::string(dtype_name(entry.dtype)) +
                             " and shape " + shape_text(entry.shape);
  const std::optional<std::uint64_t> size = byte_size(entry);
  if (!size) refuse(file, tensor + " is larger than 64 bits can count or does not fill whole bytes");
  const std::uint64_t given = entry.offsets[1] - entry.offsets[0];
  if (*size != given) {
    refuse(file,
           tensor + " needs " + std::to_string(*size) + " bytes, but its data_offsets span " + std::to_string(given));
  }
}

/// Checks that the tensors, sorted by offset, follow each other without hole or overlap and end with the file.
void check_layout(const std::vector<HeaderEntry>& entries, std::uint64_t data_size, const std::string& file) {
  std::uint64_t end = 0;
  for (const HeaderEntry& entry : entries) {
    if (entry.offsets[0] != end || entry.offsets[1] < entry.offsets[0]) {
      refuse(file, "tensor " + printable(entry.name) + " must begin at byte " + std::to_string(end) +
                       " of the data and not end before it begins, found data_offsets " +
                       shape_text({entry.offsets[0], entry.offsets[1]}));
    }
    end = entry.offsets[1];
    check_size(entry, file);
  }
  if (end != data_size) {
    refuse(file, "the tensors need " + std::to_string(end) + " bytes of data, found " + std::to_string(data_size) +
                     "; download the file again");
  }
}

}  // namespace

Tensors parse_safetensors(std::span<const std::byte> bytes, const std::string& file) {
  const std::string_view header = header_of(bytes, file);
  std::vector<HeaderEntry> entries = parse_header(header, file);
  std::sort(entries.begin(), entries.end(),
            [](const HeaderEntry& left, const HeaderEntry& right) { return left.offsets < right.offsets; });
  const std::span<const std::byte> data = bytes.subspan(kPrefix + header.size());
  check_layout(entries, data.size(), file);
  Tensors tensors;
  for (HeaderEntry& entry : entries) {
    tensors.emplace(std::move(entry.name), Tensor{entry.dtype, std::move(entry.shape), data.data() + entry.offsets[0]});
  }
  return tensors;
}

Safetensors::Safetensors(const std::filesystem::path& file)
    : file_(file), tensors_(parse_safetensors(file_.bytes(), file.string())) {}

}  // namespace glass::checkpoint
