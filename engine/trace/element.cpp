#include "engine/trace/element.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace glass {
namespace {

std::uint64_t read_bits(const char* bytes, std::size_t size, bool big_endian) {
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < size; ++k) {
    const auto byte = static_cast<unsigned char>(bytes[big_endian ? k : size - 1 - k]);
    bits = bits << 8 | byte;
  }
  return bits;
}

void write_bits(std::string& bytes, std::uint64_t bits, std::size_t size) {
  for (std::size_t k = 0; k < size; ++k) bytes.push_back(static_cast<char>(bits >> (8 * k) & 0xff));
}

double widen_floating(std::uint64_t bits, std::size_t size) {
  if (size == 8) return std::bit_cast<double>(bits);
  if (size == 4) return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  const auto half = static_cast<std::uint16_t>(bits);
  return MatrixView{&half, 1, 1, 1, 1, Element::f16}.at(0, 0);
}

void append_utf8(std::string& text, std::uint32_t c) {
  if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) c = 0xfffd;
  const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xe0 | c >> 12);
    } else {
      put(0xf0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3f));
    }
    put(0x80 | (c >> 6 & 0x3f));
  }
  put(0x80 | (c & 0x3f));
}

/// What an integer type of so many bytes can hold, as doubles: [lowest, beyond).
bool fits(double value, Dtype dtype) {
  const bool is_signed = dtype.kind == Kind::signed_integer;
  const int bits = static_cast<int>(8 * dtype.size) - (is_signed ? 1 : 0);
  return value == std::floor(value) && value < std::ldexp(1.0, bits) &&
         value >= (is_signed ? -std::ldexp(1.0, bits) : 0.0);
}

std::uint64_t to_bits(double value, Dtype dtype) {
  if (dtype.kind == Kind::floating) {
    return dtype.size == 8 ? std::bit_cast<std::uint64_t>(value)
                           : std::bit_cast<std::uint32_t>(static_cast<float>(value));
  }
  if (dtype.kind == Kind::boolean) return value != 0 ? 1 : 0;
  if (!fits(value, dtype))
    throw std::invalid_argument(std::to_string(value) + " cannot be stored as " + to_string(dtype));
  if (dtype.kind == Kind::unsigned_integer) return static_cast<std::uint64_t>(value);
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
}

}  // namespace

double decode_number(const char* bytes, Dtype dtype, bool big_endian) {
  const std::uint64_t bits = read_bits(bytes, dtype.size, big_endian);
  switch (dtype.kind) {
    case Kind::boolean:
      return bits != 0 ? 1 : 0;
    case Kind::signed_integer: {
      const int unused = static_cast<int>(64 - 8 * dtype.size);
      return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
    }
    case Kind::unsigned_integer:
      return static_cast<double>(bits);
    case Kind::floating:
      return widen_floating(bits, dtype.size);
    case Kind::text:
      break;
  }
  throw std::logic_error("text is not a number");
}

std::string decode_text(std::string_view bytes, std::size_t character_size, bool big_endian) {
  std::string text;
  std::size_t used = bytes.size();
  while (used > 0 && bytes[used - 1] == 0) --used;
  for (std::size_t at = 0; at < used; at += character_size) {
    append_utf8(text, static_cast<std::uint32_t>(read_bits(bytes.data() + at, character_size, big_endian)));
  }
  while (text.ends_with('\0')) text.pop_back();
  return text;
}

void encode_number(std::string& bytes, double value, Dtype dtype) {
  if (dtype.kind == Kind::floating && dtype.size < 4) throw std::invalid_argument("float16 is not written");
  write_bits(bytes, to_bits(value, dtype), dtype.size);
}

void encode_text(std::string& bytes, std::string_view text, std::size_t characters) {
  for (std::size_t at = 0; at < text.size(); --characters) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    std::uint32_t c = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t k = 1; k < length && at + k < text.size(); ++k) {
      c = c << 6 | (static_cast<unsigned char>(text[at + k]) & 0x3fU);
    }
    write_bits(bytes, c, 4);
    at += length;
  }
  bytes.append(4 * characters, '\0');
}

}  // namespace glass
