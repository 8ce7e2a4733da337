#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace glass::text {

/// One field of a protobuf message as it stands on the wire.
struct Field {
  enum class Wire { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };
  std::uint32_t number;
  Wire wire;
  std::uint64_t value;     ///< varint, fixed64 and fixed32
  std::string_view bytes;  ///< bytes: a string, or the message inside
  std::size_t offset;      ///< where the field begins in the file
};

/// Walks through the fields of one message in their order and believes no length before it has checked it.
/// @source protobuf.dev/programming-guides/encoding
class MessageReader {
 public:
  /// @param message  must outlive the reader and its fields
  /// @param file     named in every refusal
  MessageReader(std::string_view message, std::string file);

  /// The next field, or nothing at the end.
  /// @throws std::runtime_error with file and byte if the message breaks off or a length is a lie
  std::optional<Field> next();

  /// The message inside `field`. @throws std::runtime_error if the field is no message
  MessageReader inside(const Field& field) const;

  /// @throws std::runtime_error if the field is of another wire type
  std::string_view as_bytes(const Field& field) const;
  float as_float(const Field& field) const;
  std::uint64_t as_number(const Field& field) const;

 private:
  std::uint64_t varint();
  std::string_view take(std::uint64_t size);
  [[noreturn]] void refuse(std::size_t offset, const std::string& why) const;
  void expect(const Field& field, Field::Wire wire) const;

  std::string_view rest_;
  std::string file_;
  std::size_t offset_ = 0;
};

}  // namespace glass::text
