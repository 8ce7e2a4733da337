#include "engine/text/prefix_tree.hpp"

#include <algorithm>

namespace glass::text {
namespace {

/// The entries [begin, end) share their first `depth` bytes, and these lead to `node`.
struct Branch {
  std::uint32_t node;
  std::size_t begin, end, depth;
};

}  // namespace

PrefixTree::PrefixTree(std::vector<std::pair<std::string_view, std::int32_t>> entries) : nodes_(1) {
  std::sort(entries.begin(), entries.end());
  std::vector<Branch> open{{kRoot, 0, entries.size(), 0}};
  for (std::size_t done = 0; done < open.size(); ++done) {
    Branch branch = open[done];
    if (branch.begin < branch.end && entries[branch.begin].first.size() == branch.depth) {
      nodes_[branch.node].value = entries[branch.begin++].second;
    }
    nodes_[branch.node].first_child = static_cast<std::uint32_t>(nodes_.size());
    for (std::size_t begin = branch.begin; begin < branch.end;) {
      const char byte = entries[begin].first[branch.depth];
      std::size_t end = begin;
      while (end < branch.end && entries[end].first[branch.depth] == byte) ++end;
      open.push_back({static_cast<std::uint32_t>(nodes_.size()), begin, end, branch.depth + 1});
      nodes_.push_back({0, 0, kNone, static_cast<unsigned char>(byte)});
      ++nodes_[branch.node].children;
      begin = end;
    }
  }
}

bool PrefixTree::step(std::uint32_t& node, char byte) const {
  const auto begin = nodes_.begin() + nodes_[node].first_child;
  const auto end = begin + nodes_[node].children;
  const auto wanted = static_cast<unsigned char>(byte);
  const auto child = std::lower_bound(begin, end, wanted, [](const Node& a, unsigned char b) { return a.byte < b; });
  if (child == end || child->byte != wanted) return false;
  node = static_cast<std::uint32_t>(child - nodes_.begin());
  return true;
}

std::size_t PrefixTree::longest(std::string_view text) const {
  std::size_t size = 0;
  std::uint32_t node = kRoot;
  for (std::size_t i = 0; i < text.size() && step(node, text[i]); ++i) {
    if (value(node) != kNone) size = i + 1;
  }
  return size;
}

}  // namespace glass::text
