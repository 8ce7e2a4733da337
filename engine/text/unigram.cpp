#include "engine/text/unigram.hpp"

#include <algorithm>
#include <limits>

#include "engine/text/utf8.hpp"

namespace glass::text {
namespace {

constexpr std::size_t kUnreached = std::numeric_limits<std::size_t>::max();
constexpr float kUnknownPenalty = 10;

/// The best way to one byte position.
struct Best {
  std::size_t begin = kUnreached;  ///< of the last piece
  std::int32_t id = 0;
  float total = 0;
};

class Viterbi {
 public:
  Viterbi(const PieceTable& pieces, std::string_view text) : pieces_(pieces), text_(text), best_(text.size() + 1) {}

  void run(std::vector<Edge>* edges) {
    for (std::size_t begin = 0; begin < text_.size(); begin += announced_size(text_.substr(begin))) {
      const std::size_t one_character = announced_size(text_.substr(begin));
      bool known = false;
      std::uint32_t node = PrefixTree::kRoot;
      for (std::size_t end = begin; end < text_.size() && pieces_.tree().step(node, text_[end]);) {
        const std::int32_t id = pieces_.tree().value(node);
        ++end;
        if (id == PrefixTree::kNone || pieces_.is(id, PieceType::unused)) continue;
        known = known || end - begin == one_character;
        offer({begin, end, id, score(id, end - begin), 0, false}, edges);
      }
      const double unknown_score = pieces_.lowest_score() - kUnknownPenalty;
      if (!known) offer({begin, begin + one_character, pieces_.unknown(), unknown_score, 0, false}, edges);
    }
  }

  std::vector<Part> way() const {
    std::vector<Part> parts;
    for (std::size_t end = text_.size(); end > 0; end = best_[end].begin) {
      parts.push_back({best_[end].begin, end, best_[end].id});
    }
    std::reverse(parts.begin(), parts.end());
    return parts;
  }

 private:
  /// A user-defined piece gets so high a score that it is always taken.
  double score(std::int32_t id, std::size_t size) const {
    if (!pieces_.is(id, PieceType::user_defined)) return pieces_[id].score;
    return static_cast<double>(static_cast<float>(size) * pieces_.highest_score()) - 0.1;
  }

  void offer(Edge edge, std::vector<Edge>* edges) {
    edge.total = edge.score + static_cast<double>(best_[edge.begin].total);
    if (edge.id == pieces_.unknown()) edge.total = static_cast<float>(edge.total);
    Best& best = best_[edge.end];
    if (best.begin == kUnreached || edge.total > static_cast<double>(best.total)) {
      best = {edge.begin, edge.id, static_cast<float>(edge.total)};
    }
    if (edges != nullptr) edges->push_back(edge);
  }

  const PieceTable& pieces_;
  std::string_view text_;
  std::vector<Best> best_;
};

}  // namespace

std::vector<Part> segment_unigram(const PieceTable& pieces, std::string_view normalised) {
  Viterbi viterbi(pieces, normalised);
  viterbi.run(nullptr);
  return viterbi.way();
}

Lattice unigram_lattice(const PieceTable& pieces, std::string_view normalised) {
  Viterbi viterbi(pieces, normalised);
  Lattice lattice;
  viterbi.run(&lattice.edges);
  lattice.best = viterbi.way();
  for (Edge& edge : lattice.edges) {
    const Part part{edge.begin, edge.end, edge.id};
    const auto place = std::lower_bound(lattice.best.begin(), lattice.best.end(), part.begin,
                                        [](const Part& a, std::size_t begin) { return a.begin < begin; });
    edge.best = place != lattice.best.end() && *place == part;
  }
  return lattice;
}

}  // namespace glass::text
