#include "engine/checkpoint/tensor.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "tests/support/catch.hpp"

namespace glass::checkpoint {

namespace {

/// The value that the definition of the IEEE half gives, for a finite one.
double half_by_definition(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 31;
  const double fraction = (bits & 1023) / 1024.0;
  const double magnitude = exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1 + fraction, exponent - 15);
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

}  // namespace

TEST_CASE("tensor: every finite half widens to the value that its definition gives", "[checkpoint]") {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    if ((bits & 0x7C00) == 0x7C00) continue;
    const float value = half_to_float(static_cast<std::uint16_t>(bits));
    if (value != half_by_definition(static_cast<std::uint16_t>(bits)) || std::signbit(value) != (bits >= 0x8000)) {
      FAIL("half " << bits << " became " << value);
    }
  }
  CHECK(half_to_float(0x0001) == 0x1p-24F);
  CHECK(half_to_float(0x03FF) == 1023 * 0x1p-24F);
  CHECK(half_to_float(0x7BFF) == 65504.0F);
  CHECK(half_to_float(0x3555) == 0.333251953125F);
}

TEST_CASE("tensor: infinities and NaN of both small types stay what they are", "[checkpoint]") {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  CHECK(half_to_float(0x7C00) == infinity);
  CHECK(half_to_float(0xFC00) == -infinity);
  CHECK(std::isnan(half_to_float(0x7E00)));
  CHECK(std::isnan(half_to_float(0xFC01)));
  CHECK(bfloat16_to_float(0x7F80) == infinity);
  CHECK(bfloat16_to_float(0xFF80) == -infinity);
  CHECK(std::isnan(bfloat16_to_float(0x7FC0)));
}

TEST_CASE("tensor: a bfloat16 is the upper half of a float", "[checkpoint]") {
  CHECK(bfloat16_to_float(0x3F80) == 1.0F);
  CHECK(bfloat16_to_float(0xC049) == -3.140625F);
  CHECK(bfloat16_to_float(0x0001) == std::bit_cast<float>(std::uint32_t{0x10000}));
  CHECK(std::signbit(bfloat16_to_float(0x8000)));
}

TEST_CASE("tensor: elements are read from unaligned memory", "[checkpoint]") {
  std::vector<std::byte> bytes(1 + 3 * sizeof(float));
  const float values[] = {1.5F, -2.25F, 0x1p-149F};
  std::memcpy(bytes.data() + 1, values, sizeof values);
  const Tensor tensor{Dtype::f32, {3, 1}, bytes.data() + 1};
  CHECK(tensor.size() == 3);
  CHECK(element(tensor, 1) == -2.25F);
  CHECK(read<float>(tensor) == std::vector<float>{1.5F, -2.25F, 0x1p-149F});
  CHECK(read<double>(tensor) == std::vector<double>{1.5, -2.25, 0x1p-149});
}

TEST_CASE("tensor: F16 and BF16 tensors are widened element by element", "[checkpoint]") {
  const std::uint16_t bits[] = {0x3C00, 0xC000};
  const auto* data = reinterpret_cast<const std::byte*>(bits);
  CHECK(read<float>({Dtype::f16, {2}, data}) == std::vector<float>{1.0F, -2.0F});
  CHECK(read<float>({Dtype::bf16, {2}, data}) == std::vector<float>{0.0078125F, -2.0F});
}

TEST_CASE("tensor: a type that is no weight is refused", "[checkpoint]") {
  const std::byte data[8] = {};
  CHECK_THROWS_WITH(element({Dtype::i64, {1}, data}, 0),
                    "a tensor of type I64 cannot be widened; expected F32, F16 or BF16");
  CHECK_THROWS_AS(read<double>({Dtype::f64, {1}, data}), std::invalid_argument);
}

}  // namespace glass::checkpoint
