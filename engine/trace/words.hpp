#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace glass {

/// Where words end beside white space and . , ? ! ; : " (which are words of their own).
enum class WordRule {
  plain,  ///< nowhere else: don't is one word
  french  ///< after an apostrophe or a hyphen: N' aime- t- il
};

/// A word as people count them, and the pieces [begin, end) that spell it.
struct Word {
  std::string name;
  std::size_t begin = 0, end = 0;
  bool special = false;  ///< `</s>`, `<pad>`, `<unk>`: a piece that is no text
  bool operator==(const Word&) const = default;
};

/// True for `</s>`, `<pad>`, `<unk>` and their like.
[[nodiscard]] bool is_special(std::string_view piece);

/// The words that pieces spell (U+2581 marks the start of a word, as labels have them). Together they cover all pieces:
/// a lone U+2581 belongs to the word that it precedes (at the end, to the one before), every special piece is a word of
/// its own.
/// @source data/recipes/common/words.py  @deviation a piece that reaches over the end of a word, which words.py
///         refuses, joins the two words into one, so that every sentence can be shown
[[nodiscard]] std::vector<Word> words_of_pieces(const std::vector<std::string>& pieces, WordRule rule);

}  // namespace glass
