#include "engine/text/bpe.hpp"

#include <limits>
#include <queue>
#include <stdexcept>
#include <unordered_map>

#include "engine/text/utf8.hpp"

namespace glass::text {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// A run of characters in a doubly linked list. Size 0: it was merged into its left neighbour.
struct Symbol {
  std::uint32_t begin, size, previous, next;
  bool frozen;
};

/// Two neighbours that could become a piece of `size` bytes.
struct Candidate {
  float score;
  std::uint32_t left, right, size;
  bool operator<(const Candidate& other) const {
    return score != other.score ? score < other.score : left > other.left;
  }
};

class Merger {
 public:
  Merger(const PieceTable& pieces, std::string_view text) : pieces_(pieces), text_(text) {
    if (text.size() >= kNone) throw std::invalid_argument("a text of 4 GiB or more cannot be cut into pieces");
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t size = pieces.first_symbol(text.substr(begin));
      const auto index = static_cast<std::uint32_t>(symbols_.size());
      symbols_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size), index - 1, index + 1,
                          pieces.user_defined(text.substr(begin)) > 0});
      begin += size;
    }
    if (!symbols_.empty()) symbols_.back().next = kNone;
  }

  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const Symbol& symbol : symbols_) all.emplace_back(text(symbol));
    return all;
  }

  void run(std::vector<Merge>* recorded) {
    for (std::uint32_t i = 0; i + 1 < symbols_.size(); ++i) propose(i, i + 1);
    while (!candidates_.empty()) {
      const Candidate best = candidates_.top();
      candidates_.pop();
      Symbol& left = symbols_[best.left];
      Symbol& right = symbols_[best.right];
      const bool outdated = left.size == 0 || right.size == 0 || left.size + right.size != best.size;
      if (outdated) continue;
      if (recorded != nullptr) {
        recorded->push_back({std::string(text(left)), std::string(text(right)), best.score, left.begin});
      }
      join(left, right, best.left);
    }
  }

  /// Adds the parts of this text, which begins at byte `offset` of a longer one.
  void append_parts(std::size_t offset, std::vector<Part>& parts) const {
    for (std::uint32_t i = symbols_.empty() ? kNone : 0; i != kNone; i = symbols_[i].next) {
      take_apart(symbols_[i].begin, symbols_[i].size, offset, parts);
    }
  }

 private:
  std::string_view text(const Symbol& symbol) const { return text_.substr(symbol.begin, symbol.size); }

  void propose(std::uint32_t left, std::uint32_t right) {
    if (left == kNone || right == kNone || symbols_[left].frozen || symbols_[right].frozen) return;
    const std::uint32_t size = symbols_[left].size + symbols_[right].size;
    const auto id = pieces_.ordinary(text_.substr(symbols_[left].begin, size));
    if (!id) return;
    candidates_.push({pieces_[*id].score, left, right, size});
    if (pieces_.is(*id, PieceType::unused)) unused_split_[*id] = symbols_[left].size;
  }

  void join(Symbol& left, Symbol& right, std::uint32_t index) {
    left.size += right.size;
    right.size = 0;
    left.next = right.next;
    if (left.next != kNone) symbols_[left.next].previous = index;
    propose(left.previous, index);
    propose(index, left.next);
  }

  /// Unused pieces give way to the two parts from which they were last proposed, and those likewise.
  void take_apart(std::size_t begin, std::size_t size, std::size_t offset, std::vector<Part>& parts) const {
    std::vector<std::pair<std::size_t, std::size_t>> open{{begin, size}};
    while (!open.empty()) {
      const auto [start, length] = open.back();
      open.pop_back();
      const std::int32_t id = pieces_.id(text_.substr(start, length));
      const auto split = unused_split_.find(id);
      if (split == unused_split_.end()) {
        parts.push_back({offset + start, offset + start + length, id});
      } else {
        open.emplace_back(start + split->second, length - split->second);
        open.emplace_back(start, split->second);
      }
    }
  }

  const PieceTable& pieces_;
  std::string_view text_;
  std::vector<Symbol> symbols_;
  std::priority_queue<Candidate> candidates_;
  std::unordered_map<std::int32_t, std::size_t> unused_split_;  ///< id of an unused piece: size of its left part
};

}  // namespace

std::vector<std::string> MergeSteps::after(std::size_t count) const {
  if (count > merges.size()) {
    throw std::invalid_argument("step " + std::to_string(count) + " of " + std::to_string(merges.size()) + " merges");
  }
  std::vector<std::string> parts = characters;
  for (std::size_t step = 0; step < count; ++step) {
    std::size_t index = 0;
    for (std::size_t begin = 0; begin < merges[step].position; ++index) begin += parts[index].size();
    parts[index] += parts[index + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(index) + 1);
  }
  return parts;
}

std::vector<Part> segment_bpe(const PieceTable& pieces, std::string_view normalised) {
  std::vector<Part> parts;
  while (!normalised.empty()) {
    const std::size_t begin = parts.empty() ? 0 : parts.back().end;
    const std::size_t end = pieces.words_are_apart() ? normalised.find(kSpaceSymbol, 1) : std::string_view::npos;
    const std::string_view word = normalised.substr(0, end);
    Merger merger(pieces, word);
    merger.run(nullptr);
    merger.append_parts(begin, parts);
    normalised.remove_prefix(word.size());
  }
  return parts;
}

MergeSteps merge_steps(const PieceTable& pieces, std::string_view normalised) {
  Merger merger(pieces, normalised);
  MergeSteps steps{merger.texts(), {}};
  merger.run(&steps.merges);
  return steps;
}

}  // namespace glass::text
