#include "engine/trace/words.hpp"

#include <algorithm>

namespace glass {
namespace {

constexpr std::string_view kSpace = "\u2581", kCurlyApostrophe = "\u2019";  // ▁ ’

/// Bytes of the UTF-8 character that starts with this one.
std::size_t length_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

bool is_space(std::string_view c) { return c == kSpace || c == " "; }

bool is_punctuation(std::string_view c) { return std::string_view(".,?!;:\"").find(c) != std::string_view::npos; }

bool ends_word(std::string_view c, WordRule rule) {
  return is_punctuation(c) || (rule == WordRule::french && (c == "'" || c == "-" || c == kCurlyApostrophe));
}

/// Takes pieces one by one.
class Splitter {
 public:
  explicit Splitter(WordRule rule) : rule_(rule) {}

  void take(const std::string& piece) {
    if (is_special(piece)) {
      finish();
      words_.push_back({piece, pieces_, pieces_ + 1, true});
    } else {
      for (std::string_view rest = piece; !rest.empty();) {
        const std::string_view c = rest.substr(0, length_of(rest[0]));
        take_character(c);
        rest.remove_prefix(c.size());
      }
    }
    ++pieces_;
  }

  [[nodiscard]] std::vector<Word> finished() {
    finish();
    return std::move(words_);
  }

 private:
  /// A character of piece number pieces_.
  void take_character(std::string_view c) {
    if (is_space(c)) {
      at_start_ = true;
      return;
    }
    if (at_start_ || is_punctuation(c)) start_word();
    words_.back().name += c;
    words_.back().end = pieces_ + 1;
    at_start_ = ends_word(c, rule_);
  }

  /// A new word takes the pieces since the last; one that the last word has part of stays with it.
  void start_word() {
    const std::size_t begin = words_.empty() ? 0 : words_.back().end;
    if (begin <= pieces_) words_.push_back({"", begin, begin});
  }

  /// Pieces of nothing but space at the end of the text belong to its last word, or are a word if there is none.
  void finish() {
    const std::size_t end = words_.empty() ? 0 : words_.back().end;
    if (end < pieces_) {
      if (words_.empty() || words_.back().special) words_.push_back({std::string(kSpace), end, end});
      words_.back().end = pieces_;
    }
    at_start_ = true;
  }

  WordRule rule_;
  std::vector<Word> words_;
  std::size_t pieces_ = 0;  ///< taken so far
  bool at_start_ = true;    ///< the next letter begins a word
};

}  // namespace

bool is_special(std::string_view piece) { return piece.size() > 2 && piece.front() == '<' && piece.back() == '>'; }

std::vector<Word> words_of_pieces(const std::vector<std::string>& pieces, WordRule rule) {
  Splitter splitter(rule);
  for (const std::string& piece : pieces) splitter.take(piece);
  return splitter.finished();
}

}  // namespace glass
