#include "engine/trace/words.hpp"

#include "tests/support/catch.hpp"

using namespace glass;

namespace {

using Pieces = std::vector<std::string>;

/// "name[begin, end)" of every word, separated by blanks.
std::string spelt(const Pieces& pieces, WordRule rule) {
  std::string text;
  for (const Word& word : words_of_pieces(pieces, rule)) {
    text += (text.empty() ? "" : " ") + word.name + "[" + std::to_string(word.begin) + "," + std::to_string(word.end) +
            (word.special ? ")!" : ")");
  }
  return text;
}

}  // namespace

TEST_CASE("words: pieces between spaces are one word, punctuation and the closing piece are their own") {
  CHECK(spelt({"▁The", "▁c", "at", "▁sat", ".", "</s>"}, WordRule::plain) ==
        "The[0,1) cat[1,3) sat[3,4) .[4,5) </s>[5,6)!");
  CHECK(spelt({"▁Well", ",", "▁yes", "!", "?"}, WordRule::plain) == "Well[0,1) ,[1,2) yes[2,3) ![3,4) ?[4,5)");
}

TEST_CASE("words: French words end after an apostrophe and a hyphen, plain ones do not") {
  const Pieces pieces = {"▁N", "'", "aime", "-", "t", "-", "il", "▁pas", "▁?", "</s>"};
  CHECK(spelt(pieces, WordRule::french) == "N'[0,2) aime-[2,4) t-[4,6) il[6,7) pas[7,8) ?[8,9) </s>[9,10)!");
  CHECK(spelt(pieces, WordRule::plain) == "N'aime-t-il[0,7) pas[7,8) ?[8,9) </s>[9,10)!");
  CHECK(spelt({"▁l", "’", "eau"}, WordRule::french) == "l’[0,2) eau[2,3)");
  CHECK(spelt({"▁l’", "eau"}, WordRule::plain) == "l’eau[0,2)");
}

TEST_CASE("words: a piece of nothing but space belongs to the word that follows, at the end to the last") {
  CHECK(spelt({"▁", "Où", "▁", "▁", "est", "</s>"}, WordRule::french) == "Où[0,2) est[2,5) </s>[5,6)!");
  CHECK(spelt({"▁a", "▁", "</s>"}, WordRule::plain) == "a[0,2) </s>[2,3)!");
  CHECK(spelt({"▁", "</s>", "▁"}, WordRule::plain) == "▁[0,1) </s>[1,2)! ▁[2,3)");
}

TEST_CASE("words: special pieces are words of their own, each for itself") {
  CHECK(spelt({"▁a", "<unk>", "b", "</s>", "<pad>", "<pad>"}, WordRule::plain) ==
        "a[0,1) <unk>[1,2)! b[2,3) </s>[3,4)! <pad>[4,5)! <pad>[5,6)!");
  CHECK(is_special("<pad>"));
  CHECK_FALSE(is_special("<>"));
  CHECK_FALSE(is_special("<"));
}

TEST_CASE("words: a piece that reaches over the end of a word joins the two") {
  CHECK(spelt({"▁Wait", "...", "▁no", "!\""}, WordRule::plain) == "Wait[0,1) ...[1,2) no[2,3) !\"[3,4)");
  CHECK(spelt({"▁qu'", "est", "-ce", "▁l'eau"}, WordRule::french) == "qu'[0,1) est-ce[1,3) l'eau[3,4)");
}

TEST_CASE("words: no pieces are no words, and words cover all pieces without a gap") {
  CHECK(words_of_pieces({}, WordRule::french).empty());
  const Pieces kinds = {"▁", "▁a", "b", "'", "-", ".", "a.b", "<unk>", "▁.", "é’", "?!", "a▁b"};
  for (std::size_t seed = 0; seed < 2000; ++seed) {
    Pieces pieces;
    for (std::size_t k = 0, rest = seed * 2654435761U; k < seed % 9; ++k, rest /= kinds.size()) {
      pieces.push_back(kinds[rest % kinds.size()]);
    }
    std::size_t covered = 0;
    for (const Word& word : words_of_pieces(pieces, seed % 2 == 0 ? WordRule::plain : WordRule::french)) {
      CHECK(word.begin == covered);
      CHECK(word.end > word.begin);
      covered = word.end;
    }
    CHECK(covered == pieces.size());
  }
}
