#include "engine/text/piece_table.hpp"

#include <algorithm>

#include "engine/text/utf8.hpp"

namespace glass::text {
namespace {

bool is_ordinary(PieceType type) {
  return type == PieceType::normal || type == PieceType::user_defined || type == PieceType::unused;
}

}  // namespace

PieceTable::Entries PieceTable::entries(const std::vector<ModelPiece>& pieces, bool only_user_defined) {
  Entries chosen;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const PieceType type = pieces[i].type;
    const bool wanted = only_user_defined ? type == PieceType::user_defined : is_ordinary(type);
    if (wanted) chosen.emplace_back(pieces[i].text, static_cast<std::int32_t>(i));
  }
  return chosen;
}

PieceTable::PieceTable(std::vector<ModelPiece> pieces)
    : pieces_(std::move(pieces)), tree_(entries(pieces_, false)), user_defined_(entries(pieces_, true)) {
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const auto id = static_cast<std::int32_t>(i);
    (is_ordinary(pieces_[i].type) ? ordinary_ : reserved_).emplace(pieces_[i].text, id);
    if (pieces_[i].type == PieceType::unknown) unknown_ = id;
    const bool whole_text = pieces_[i].type == PieceType::user_defined || pieces_[i].type == PieceType::unused;
    if (whole_text) words_are_apart_ = false;
    if (pieces_[i].type != PieceType::normal) continue;
    if (pieces_[i].text.find(kSpaceSymbol, 1) != std::string::npos) words_are_apart_ = false;
    lowest_ = std::min(lowest_, pieces_[i].score);
    highest_ = std::max(highest_, pieces_[i].score);
  }
}

std::optional<std::int32_t> PieceTable::ordinary(std::string_view text) const {
  const auto found = ordinary_.find(text);
  return found == ordinary_.end() ? std::nullopt : std::optional(found->second);
}

std::int32_t PieceTable::id(std::string_view text) const {
  const auto reserved = reserved_.find(text);
  return reserved != reserved_.end() ? reserved->second : ordinary(text).value_or(unknown_);
}

std::size_t PieceTable::first_symbol(std::string_view text) const {
  const std::size_t kept_whole = user_defined(text);
  return kept_whole > 0 ? kept_whole : announced_size(text);
}

}  // namespace glass::text
