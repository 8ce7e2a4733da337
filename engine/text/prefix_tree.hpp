#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace glass::text {

/// A tree of bytes: every piece is a path from the root. One walk along a text meets all pieces that begin there.
class PrefixTree {
 public:
  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::int32_t kNone = -1;

  /// @param entries  different texts, not empty, each with a value of at least 0
  explicit PrefixTree(std::vector<std::pair<std::string_view, std::int32_t>> entries);

  /// Goes from `node` along `byte`. @return false, with `node` unchanged, if no entry goes that way
  bool step(std::uint32_t& node, char byte) const;

  /// The value of the entry that ends at `node`, or kNone.
  std::int32_t value(std::uint32_t node) const { return nodes_[node].value; }

  /// How many bytes the longest entry has that `text` begins with; 0 if there is none.
  std::size_t longest(std::string_view text) const;

 private:
  struct Node {
    std::uint32_t first_child = 0;
    std::uint32_t children = 0;
    std::int32_t value = kNone;
    unsigned char byte = 0;
  };
  std::vector<Node> nodes_;  ///< the children of a node stand side by side, sorted by byte
};

}  // namespace glass::text
