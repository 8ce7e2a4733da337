#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/screen/width.hpp"
#include "engine/text/utf8.hpp"

namespace glass::lesson::table {
namespace {

constexpr std::size_t kRewrites = 6, kMerges = 24, kWord = 40, kJoin = 17;

const text::SentencePiece& source_pieces(const Session& session) {
  return session.model().tokenizer.sentencepiece(text::Side::source);
}

/// The longest stretch of the normalised text from one ▁ to the next, the first of equals.
std::string longest_word(const Session& session) {
  std::string rest = source_pieces(session).normalise(session.text()).text, longest;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(text::kSpaceSymbol, 1), rest.size());
    if (screen::width(rest.substr(0, end)) > screen::width(longest)) longest = rest.substr(0, end);
    rest.erase(0, end);
  }
  return longest;
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string text;
  for (const std::string& piece : pieces) text += (text.empty() ? "" : " ") + piece;
  return text;
}

screen::Grid bpe_merges(const text::SentencePiece& pieces, const std::string& word) {
  const text::MergeSteps steps = text::merge_steps(pieces.pieces(), word);
  screen::Grid grid{{"merge", "joins", "rank", "the word after it"}, {}, {true, false, true}};
  grid.rows.push_back({"0", "", "", narrow(joined(steps.after(0)), kWord)});
  for (std::size_t k = 0; k < std::min(steps.merges.size(), kMerges); ++k) {
    const text::Merge& merge = steps.merges[k];
    grid.rows.push_back({std::to_string(k + 1), narrow(merge.left + " + " + merge.right, kJoin),
                         compact(-static_cast<double>(merge.score)), narrow(joined(steps.after(k + 1)), kWord)});
  }
  return grid;
}

screen::Grid unigram_cut(const text::SentencePiece& pieces, const std::string& word) {
  screen::Grid grid{{"piece", "log p", "sum so far"}, {}, {false, true, true}};
  for (const text::Edge& edge : text::unigram_lattice(pieces.pieces(), word).edges) {
    if (!edge.best) continue;
    grid.rows.push_back(
        {narrow(word.substr(edge.begin, edge.end - edge.begin), kWord), fixed(edge.score, 2), fixed(edge.total, 2)});
  }
  return grid;
}

void add_tokens(const Session& session, text::Side side, const std::string& text, screen::Grid& grid) {
  const char* const name = side == text::Side::source ? "source" : "target";
  for (const text::Token& token : session.model().tokenizer.encode(text, side)) {
    const std::string bytes =
        token.begin == token.end ? "" : std::to_string(token.begin) + "-" + std::to_string(token.end - 1);
    grid.rows.push_back({name, token.piece, std::to_string(token.id), bytes,
                         narrow(text.substr(token.begin, token.end - token.begin), 20)});
  }
}

}  // namespace

screen::Grid normalised(const Session& session) {
  screen::Grid grid{{"", "text"}, {}, {}};
  grid.rows.push_back({"as typed", session.text()});
  const std::vector<text::Rewrite> rewrites = source_pieces(session).rewrites(session.text());
  for (std::size_t k = 0; k < std::min(rewrites.size(), kRewrites); ++k) {
    const text::Rewrite& rewrite = rewrites[k];
    const std::string before = session.text().substr(rewrite.begin, rewrite.end - rewrite.begin);
    grid.rows.push_back({"rewritten", "`" + before + "` to `" + rewrite.output + "`"});
  }
  if (rewrites.size() > kRewrites)
    grid.rows.push_back({"", "and " + std::to_string(rewrites.size() - kRewrites) + " more"});
  grid.rows.push_back({"to be cut", source_pieces(session).normalise(session.text()).text});
  return grid;
}

screen::Grid merges(const Session& session) {
  const text::SentencePiece& pieces = source_pieces(session);
  const std::string word = longest_word(session);
  if (pieces.type() == text::ModelType::bpe) return bpe_merges(pieces, word);
  if (pieces.type() == text::ModelType::unigram) return unigram_cut(pieces, word);
  return pieces_and_ids(session);
}

screen::Grid pieces_and_ids(const Session& session) {
  screen::Grid grid{{"side", "piece", "id", "bytes", "of the text"}, {}, {false, false, true, true}};
  add_tokens(session, text::Side::source, session.text(), grid);
  add_tokens(session, text::Side::target, session.target(), grid);
  return grid;
}

}  // namespace glass::lesson::table
