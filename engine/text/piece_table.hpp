#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/text/prefix_tree.hpp"
#include "engine/text/sentencepiece_model.hpp"

namespace glass::text {

/// The pieces of a model, found by their text. Ids here are SentencePiece's own.
/// *Ordinary* pieces (normal, user-defined, unused) are what a text is cut into; the *reserved* ones (unknown, control,
/// byte) have names of their own, so that `</s>` may be both.
class PieceTable {
 public:
  /// @param pieces  as parse_sentencepiece_model checked them
  explicit PieceTable(std::vector<ModelPiece> pieces);
  PieceTable(const PieceTable&) = delete;
  PieceTable& operator=(const PieceTable&) = delete;
  PieceTable(PieceTable&&) = default;
  PieceTable& operator=(PieceTable&&) = default;
  ~PieceTable() = default;

  const ModelPiece& operator[](std::int32_t id) const { return pieces_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return pieces_.size(); }

  /// The ordinary piece with this text.
  std::optional<std::int32_t> ordinary(std::string_view text) const;

  /// The reserved piece with this text, else the ordinary one, else the unknown piece.
  std::int32_t id(std::string_view text) const;

  std::int32_t unknown() const { return unknown_; }
  bool is(std::int32_t id, PieceType type) const { return (*this)[id].type == type; }

  /// Of the normal pieces. The highest is never below the smallest positive float, as in the library.
  float lowest_score() const { return lowest_; }
  float highest_score() const { return highest_; }

  /// All ordinary pieces.
  const PrefixTree& tree() const { return tree_; }

  /// Whether every ▁ begins a piece, so that no merge crosses from word to word and each can be merged alone. (Unused
  /// and user-defined pieces need the whole text.)
  bool words_are_apart() const { return words_are_apart_; }

  /// How many bytes at the beginning of `text` must stay together: the longest user-defined piece there, or 0.
  std::size_t user_defined(std::string_view text) const { return user_defined_.longest(text); }

  /// The user-defined piece, or else the character, at the beginning of `text`, in bytes.
  std::size_t first_symbol(std::string_view text) const;

 private:
  using Entries = std::vector<std::pair<std::string_view, std::int32_t>>;
  static Entries entries(const std::vector<ModelPiece>& pieces, bool only_user_defined);

  std::vector<ModelPiece> pieces_;
  std::unordered_map<std::string_view, std::int32_t> ordinary_;
  std::unordered_map<std::string_view, std::int32_t> reserved_;
  PrefixTree tree_;
  PrefixTree user_defined_;
  std::int32_t unknown_ = 0;
  bool words_are_apart_ = true;
  float lowest_ = std::numeric_limits<float>::max();
  float highest_ = std::numeric_limits<float>::min();
};

}  // namespace glass::text
