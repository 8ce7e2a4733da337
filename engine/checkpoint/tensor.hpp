#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glass::checkpoint {

/// The element types of the safetensors format.
enum class Dtype {
  boolean,
  u8,
  i8,
  f8_e5m2,
  f8_e4m3,
  f8_e8m0,
  f8_e4m3fnuz,
  f8_e5m2fnuz,
  i16,
  u16,
  f16,
  bf16,
  i32,
  u32,
  f32,
  i64,
  u64,
  f64,
  c64,
  f4,
  f6_e2m3,
  f6_e3m2
};

/// The name that the format gives a type ("F32"), and its size in bits.
std::string_view dtype_name(Dtype dtype);
unsigned dtype_bits(Dtype dtype);

/// A matrix or vector in a file, row-major and little-endian, not copied. `data` lives as long as the checkpoint and
/// may be unaligned: read it through `element` or `read`, or copy it.
struct Tensor {
  Dtype dtype = Dtype::f32;
  std::vector<std::uint64_t> shape;
  const std::byte* data = nullptr;

  /// The product of the shape; 1 for rank 0.
  std::uint64_t size() const;
};

/// "[3, 4]"
std::string shape_text(const std::vector<std::uint64_t>& shape);

/// The value of an IEEE half (1 sign, 5 exponent, 10 fraction bits) and of a bfloat16 (the upper half of a float).
float half_to_float(std::uint16_t bits);
float bfloat16_to_float(std::uint16_t bits);

/// Element `index` (row-major) of an F32, F16 or BF16 tensor; exact. The index is not checked.
/// @throws std::invalid_argument for another type
float element(const Tensor& tensor, std::uint64_t index);

/// All elements, row-major; exact in float and in double.
/// @throws std::invalid_argument for a type other than F32, F16 and BF16
template <class T>
std::vector<T> read(const Tensor& tensor);
extern template std::vector<float> read<float>(const Tensor&);
extern template std::vector<double> read<double>(const Tensor&);

}  // namespace glass::checkpoint
