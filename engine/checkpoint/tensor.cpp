#include "engine/checkpoint/tensor.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <stdexcept>

namespace glass::checkpoint {

namespace {

struct Kind {
  std::string_view name;
  unsigned bits;
};

/// In the order of the enumeration.
constexpr std::array<Kind, 22> kKinds{
    {{"BOOL", 8},        {"U8", 8},          {"I8", 8},      {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8},
     {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8}, {"I16", 16},    {"U16", 16},    {"F16", 16},    {"BF16", 16},
     {"I32", 32},        {"U32", 32},        {"F32", 32},    {"I64", 64},    {"U64", 64},    {"F64", 64},
     {"C64", 64},        {"F4", 4},          {"F6_E2M3", 6}, {"F6_E3M2", 6}}};

static_assert(std::endian::native == std::endian::little, "safetensors data is little-endian");

template <class Bits>
Bits load(const std::byte* data, std::uint64_t index) {
  Bits bits;
  std::memcpy(&bits, data + index * sizeof(Bits), sizeof(Bits));
  return bits;
}

}  // namespace

std::string_view dtype_name(Dtype dtype) { return kKinds.at(static_cast<std::size_t>(dtype)).name; }

unsigned dtype_bits(Dtype dtype) { return kKinds.at(static_cast<std::size_t>(dtype)).bits; }

std::uint64_t Tensor::size() const {
  std::uint64_t product = 1;
  for (const std::uint64_t extent : shape) product *= extent;
  return product;
}

std::string shape_text(const std::vector<std::uint64_t>& shape) {
  std::string text = "[";
  for (const std::uint64_t extent : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
  return text + "]";
}

float half_to_float(std::uint16_t bits) {
  const std::uint32_t sign = (bits & 0x8000U) << 16;
  const std::uint32_t rest = (bits & 0x7FFFU) << 13;  // the exponent is still biased by 15 instead of 127
  const bool finite = (bits & 0x7C00U) != 0x7C00U;
  const float magnitude = finite ? std::bit_cast<float>(rest) * 0x1p112F : std::bit_cast<float>(rest | 0x7F800000U);
  return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(magnitude));
}

float bfloat16_to_float(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

float element(const Tensor& tensor, std::uint64_t index) {
  switch (tensor.dtype) {
    case Dtype::f32:
      return std::bit_cast<float>(load<std::uint32_t>(tensor.data, index));
    case Dtype::f16:
      return half_to_float(load<std::uint16_t>(tensor.data, index));
    case Dtype::bf16:
      return bfloat16_to_float(load<std::uint16_t>(tensor.data, index));
    default:
      throw std::invalid_argument("a tensor of type " + std::string(dtype_name(tensor.dtype)) +
                                  " cannot be widened; expected F32, F16 or BF16");
  }
}

template <class T>
std::vector<T> read(const Tensor& tensor) {
  std::vector<T> values(static_cast<std::size_t>(tensor.size()));
  for (std::size_t index = 0; index < values.size(); ++index) values[index] = element(tensor, index);
  return values;
}

template std::vector<float> read<float>(const Tensor&);
template std::vector<double> read<double>(const Tensor&);

}  // namespace glass::checkpoint
