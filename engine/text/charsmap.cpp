#include "engine/text/charsmap.hpp"

#include <stdexcept>

namespace glass::text {
namespace {

constexpr std::uint32_t kLeaf = 0x80000000;

std::uint32_t read_u32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

std::uint32_t offset(std::uint32_t unit) { return (unit >> 10) << ((unit & 0x200) >> 6); }

/// Whether `unit` is what byte `c` leads to. A leaf has its highest bit set and is therefore nobody's child.
bool is_child(std::uint32_t unit, unsigned char c) { return (unit & (kLeaf | 0xFF)) == c; }

bool has_leaf(std::uint32_t unit) { return (unit >> 8 & 1) != 0; }

}  // namespace

Charsmap::Charsmap(std::string_view blob, const std::string& file) {
  if (blob.empty()) return;
  const auto refuse = [&](const std::string& why) {
    throw std::runtime_error(file + ": the normalisation rules are damaged: " + why);
  };
  if (blob.size() < 4) refuse(std::to_string(blob.size()) + " bytes where at least 4 are expected");
  const std::size_t trie_size = read_u32(blob);
  blob.remove_prefix(4);
  if (trie_size > blob.size() || trie_size % 4 != 0 || trie_size == 0) {
    refuse("a trie of " + std::to_string(trie_size) + " bytes in " + std::to_string(blob.size()) + " bytes");
  }
  units_.reserve(trie_size / 4);
  for (std::size_t i = 0; i < trie_size; i += 4) units_.push_back(read_u32(blob.substr(i, 4)));
  replacements_ = blob.substr(trie_size);
  if (!replacements_.empty() && replacements_.back() != '\0') refuse("the last replacement has no closing zero");
  check_units(file);
}

void Charsmap::check_units(const std::string& file) const {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const std::uint32_t unit = units_[i];
    const bool leaf = (unit & kLeaf) != 0;
    const std::size_t target = leaf ? unit & ~kLeaf : i ^ offset(unit);
    const std::size_t limit = leaf ? replacements_.size() : units_.size();
    if (target < limit) continue;
    throw std::runtime_error(file + ": the normalisation rules are damaged: unit " + std::to_string(i) +
                             (leaf ? " points at replacement byte " : " points at unit ") + std::to_string(target) +
                             " of " + std::to_string(limit));
  }
}

std::optional<Charsmap::Rule> Charsmap::longest_rule(std::string_view text) const {
  if (units_.empty()) return std::nullopt;
  std::optional<Rule> longest;
  std::size_t position = offset(units_[0]);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    position ^= c;
    if (position >= units_.size() || !is_child(units_[position], c)) break;
    const std::uint32_t unit = units_[position];
    position ^= offset(unit);
    if (!has_leaf(unit) || position >= units_.size() || (units_[position] & kLeaf) == 0) continue;
    longest = Rule{i + 1, replacements_.data() + (units_[position] & ~kLeaf)};
  }
  return longest;
}

}  // namespace glass::text
