#include "engine/text/sentencepiece.hpp"
#include "engine/text/utf8.hpp"

namespace glass::text {
namespace {

/// Bytes as text: each valid character as it is, each byte that belongs to none as U+FFFD.
void append_bytes(std::string& text, std::string& bytes) {
  for (std::string_view rest = bytes; !rest.empty();) {
    const Character c = first_character(rest);
    text += c.valid ? rest.substr(0, c.size) : kReplacement;
    rest.remove_prefix(c.size);
  }
  bytes.clear();
}

std::string with_spaces(std::string_view piece) {
  std::string text;
  while (!piece.empty()) {
    const bool space = piece.starts_with(kSpaceSymbol);
    text += space ? ' ' : piece.front();
    piece.remove_prefix(space ? kSpaceSymbol.size() : 1);
  }
  return text;
}

}  // namespace

std::string SentencePiece::decode(const std::vector<std::string>& pieces) const {
  std::string text;
  std::string bytes;
  bool at_start = strip_first_space_;
  bool stripped_one = false;
  for (const std::string& piece : pieces) {
    const std::int32_t id = pieces_->id(piece);
    if (pieces_->is(id, PieceType::byte)) {
      bytes += static_cast<char>(byte_of_piece(piece));
      continue;
    }
    append_bytes(text, bytes);
    if (stripped_one || !text.empty()) at_start = false;
    stripped_one = false;
    if (pieces_->is(id, PieceType::control)) continue;
    if (id == pieces_->unknown()) {
      text += piece == (*pieces_)[id].text ? unk_surface_ : piece;
      continue;
    }
    const bool strip = at_start && piece.starts_with(kSpaceSymbol);
    text += with_spaces(std::string_view(piece).substr(strip ? kSpaceSymbol.size() : 0));
    stripped_one = strip && !strip_all_leading_;
  }
  append_bytes(text, bytes);
  return denormaliser_ == nullptr ? text : (*denormaliser_)(text, nullptr).text;
}

}  // namespace glass::text
