#include "engine/text/unigram.hpp"

#include "engine/text/sentencepiece.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/text/model_builder.hpp"
#include "tests/unit/text/random_text.hpp"

namespace {

using namespace glass::text;
using Parts = std::vector<Part>;

/// a -1, b -1.5, ab -2, abc -2.25, c -3; ids 3 to 7.
SentencePieceModel small() {
  SentencePieceModel model = glass::test::small_model(ModelType::unigram, {"a", "b", "ab", "abc", "c"});
  const float scores[] = {-1, -1.5, -2, -2.25, -3};
  for (std::size_t i = 0; i < 5; ++i) model.pieces[3 + i].score = scores[i];
  return model;
}

}  // namespace

TEST_CASE("unigram: the way with the highest sum of scores is taken", "[text]") {
  const PieceTable pieces(small().pieces);
  CHECK(segment_unigram(pieces, "ab") == Parts{{0, 2, 5}});              // -2 beats -1 - 1.5
  CHECK(segment_unigram(pieces, "abc") == Parts{{0, 3, 6}});             // -2.25 beats -2 - 3
  CHECK(segment_unigram(pieces, "aab") == Parts{{0, 1, 3}, {1, 3, 5}});  // -1 - 2
  CHECK(segment_unigram(pieces, "").empty());
}

TEST_CASE("unigram: of two equal ways the first found stays", "[text]") {
  SentencePieceModel model = small();
  model.pieces[5].score = -2.5;  // ab is now as good as a b, and the longer edge is offered first
  CHECK(segment_unigram(PieceTable(model.pieces), "ab") == Parts{{0, 2, 5}});
}

TEST_CASE("unigram: a character that is no piece is unknown, ten below the lowest score", "[text]") {
  const PieceTable pieces(small().pieces);
  CHECK(segment_unigram(pieces,
                        "a\xC3\xA9"
                        "b") == Parts{{0, 1, 3}, {1, 3, 0}, {3, 4, 4}});
  const Lattice lattice = unigram_lattice(pieces, "\xC3\xA9");
  REQUIRE(lattice.edges.size() == 1);
  CHECK(lattice.edges[0].score == -13);
  CHECK(lattice.edges[0].total == -13);
}

TEST_CASE("unigram: the lattice holds every edge with the best total so far", "[text]") {
  const Lattice lattice = unigram_lattice(PieceTable(small().pieces), "abc");
  REQUIRE(lattice.edges.size() == 5);
  const auto is = [](const Edge& edge, Part part, double total, bool best) {
    return Part{edge.begin, edge.end, edge.id} == part && edge.total == total && edge.best == best;
  };
  CHECK(is(lattice.edges[0], {0, 1, 3}, -1, false));
  CHECK(is(lattice.edges[1], {0, 2, 5}, -2, false));
  CHECK(is(lattice.edges[2], {0, 3, 6}, -2.25, true));
  CHECK(is(lattice.edges[3], {1, 2, 4}, -2.5, false));
  CHECK(is(lattice.edges[4], {2, 3, 7}, -5, false));
  CHECK(lattice.best == Parts{{0, 3, 6}});
}

TEST_CASE("unigram: an unused piece is never taken, a user-defined one always", "[text]") {
  SentencePieceModel model = small();
  model.pieces[6].type = PieceType::unused;
  CHECK(segment_unigram(PieceTable(model.pieces), "abc") == Parts{{0, 2, 5}, {2, 3, 7}});
  model.pieces[6] = {"abc", -100, PieceType::user_defined};
  CHECK(segment_unigram(PieceTable(model.pieces), "abc") == Parts{{0, 3, 6}});
}

TEST_CASE("unigram: no single way through the lattice beats the one taken", "[text]") {
  const SentencePiece model = SentencePiece::load(glass::test::data("oracle/models/tiny-swish-unigram/source.spm"));
  glass::test::RandomText next(5, {"you", " the", "ing", " Hello"});
  for (int i = 0; i < 500; ++i) {
    const std::string text = next();
    const Lattice lattice = model.lattice(text);
    const std::size_t size = model.normalise(text).text.size();
    std::vector<double> best(size + 1, -1e30);
    best[0] = 0;
    for (const Edge& edge : lattice.edges) best[edge.end] = std::max(best[edge.end], best[edge.begin] + edge.score);
    double taken = 0;
    for (const Edge& edge : lattice.edges) taken += edge.best ? edge.score : 0;
    REQUIRE(taken == check::Approx(best[size]).epsilon(1e-5));
  }
}
