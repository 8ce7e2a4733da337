#pragma once

#include <cstddef>
#include <cstdint>

namespace glass::text {

/// Bytes [begin, end) of a normalised text, and the SentencePiece id of the piece that they are.
struct Part {
  std::size_t begin, end;
  std::int32_t id;
  bool operator==(const Part&) const = default;
};

}  // namespace glass::text
