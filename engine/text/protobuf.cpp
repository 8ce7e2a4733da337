#include "engine/text/protobuf.hpp"

#include <cstring>
#include <stdexcept>
#include <utility>

namespace glass::text {
namespace {

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

}  // namespace

MessageReader::MessageReader(std::string_view message, std::string file) : rest_(message), file_(std::move(file)) {}

void MessageReader::refuse(std::size_t offset, const std::string& why) const {
  throw std::runtime_error(file_ + ": byte " + std::to_string(offset) + ": " + why +
                           "; the file is damaged or is not a SentencePiece model");
}

std::string_view MessageReader::take(std::uint64_t size) {
  if (size > rest_.size()) {
    refuse(offset_, std::to_string(size) + " bytes are announced but " + std::to_string(rest_.size()) + " are left");
  }
  const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
  rest_.remove_prefix(taken.size());
  offset_ += taken.size();
  return taken;
}

std::uint64_t MessageReader::varint() {
  const std::size_t begin = offset_;
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(take(1)[0]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  refuse(begin, "a number has more than ten bytes");
}

std::optional<Field> MessageReader::next() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t begin = offset_;
  const std::uint64_t key = varint();
  if (key >> 3 == 0 || key >> 3 > 0x1FFFFFFF) refuse(begin, "field number " + std::to_string(key >> 3));
  Field field{static_cast<std::uint32_t>(key >> 3), static_cast<Field::Wire>(key & 7), 0, {}, begin};
  switch (field.wire) {
    case Field::Wire::varint:
      field.value = varint();
      return field;
    case Field::Wire::fixed64:
      field.value = little_endian(take(8));
      return field;
    case Field::Wire::bytes:
      field.bytes = take(varint());
      field.offset = offset_ - field.bytes.size();
      return field;
    case Field::Wire::fixed32:
      field.value = little_endian(take(4));
      return field;
  }
  refuse(begin, "wire type " + std::to_string(key & 7));
}

void MessageReader::expect(const Field& field, Field::Wire wire) const {
  if (field.wire == wire) return;
  refuse(field.offset, "field " + std::to_string(field.number) + " has wire type " +
                           std::to_string(static_cast<int>(field.wire)) + " where " +
                           std::to_string(static_cast<int>(wire)) + " is expected");
}

MessageReader MessageReader::inside(const Field& field) const {
  MessageReader reader(as_bytes(field), file_);
  reader.offset_ = field.offset;
  return reader;
}

std::string_view MessageReader::as_bytes(const Field& field) const {
  expect(field, Field::Wire::bytes);
  return field.bytes;
}

float MessageReader::as_float(const Field& field) const {
  expect(field, Field::Wire::fixed32);
  const auto bits = static_cast<std::uint32_t>(field.value);
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::uint64_t MessageReader::as_number(const Field& field) const {
  expect(field, Field::Wire::varint);
  return field.value;
}

}  // namespace glass::text
