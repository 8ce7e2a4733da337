#include <cmath>

#include "engine/trace/explain.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contract_example.hpp"

using namespace glass;
using namespace glass::test;

TEST_CASE("explain: head columns and joined heads show the arithmetic of columns") {
  Example e;
  e.record(kSelf + ".query");
  e.record(kSelf + ".head.1.query");
  const Explanation column = e.explain(kSelf + ".head.1.query", 2, 1);
  CHECK(read_by(column) == kSelf + ".query (2, 4)");
  CHECK(terms_of(column) == "4: 24 1 24");
  check_stages(column, {{"column 1 of head 1 is column H d_k + 1 = 1 * 3 + 1 = 4", 24}});
  e.record(kSelf + ".head.0.context");
  e.record(kSelf + ".head.1.context")(3, 2) = 77;
  e.record(kSelf + ".context");
  const Explanation joined = e.explain(kSelf + ".context", 3, 5);
  CHECK(read_by(joined) == kSelf + ".head.1.context (3, 2)");
  CHECK(terms_of(joined) == "2: 77 1 77");
  check_stages(joined, {{"column 5 = 1 * 3 + 2 is column 2 of head 1", 77}});
}

TEST_CASE("explain: scores are a dot product divided by the root of d_k") {
  Example e;
  set_row(e.record(kCross + ".head.1.query"), 6, {1, -2, 3});
  set_row(e.record(kCross + ".head.1.key"), 2, {4, 5, 6});
  e.record(kCross + ".head.1.scores")(6, 2) = 12 / std::sqrt(3.0);
  const Explanation cell = e.explain(kCross + ".head.1.scores", 6, 2);
  CHECK(read_by(cell) == kCross + ".head.1.query (row 6); " + kCross + ".head.1.key (row 2)");
  CHECK(terms_of(cell) == "0: 1 4 4; 1: -2 5 -10; 2: 3 6 18");
  check_stages(cell, {{"sum of the terms", 12}, {"divided by sqrt(d_k) = 1.732", 12 / std::sqrt(3.0)}});
  CHECK_THAT(cell.magnitude, check::WithinRel(32 / std::sqrt(3.0), 1e-15));
  CHECK(cell.agrees());
}

TEST_CASE("explain: a hidden score names the mark or the rule that hides it") {
  Example e;
  e.record("encoder.visible") = Matrix(4, 1);
  e.trace.at(parse_name("encoder.visible").value())(3, 0) = 1;
  e.record(kCross + ".head.0.scores");
  e.record(kCross + ".head.0.masked_scores")(6, 2) = kHidden;
  const Explanation padding = e.explain(kCross + ".head.0.masked_scores", 6, 2);
  CHECK(read_by(padding) == kCross + ".head.0.scores (6, 2); encoder.visible (2, 0)");
  CHECK(padding.terms.empty());
  check_stages(padding, {{"the key's mark: 1 real, 0 padding", 0}, {"hidden: -inf instead of the score", kHidden}});
  CHECK(padding.agrees());
  const Explanation real = e.explain(kCross + ".head.0.masked_scores", 6, 3);
  CHECK(terms_of(real) == "3: 63 1 63");
  check_stages(real, {{"the key's mark: 1 real, 0 padding", 1}, {"visible: the score stays", 63}});

  const std::string causal = "decoder.layers.0.self_attn.head.1";
  e.record(causal + ".scores");
  e.record(causal + ".masked_scores");
  const Explanation future = e.explain(causal + ".masked_scores", 4, 5);
  check_stages(future, {{"hidden: key 5 is later than query 4, -inf instead of the score", kHidden}});
  CHECK_FALSE(future.agrees());
  check_stages(e.explain(causal + ".masked_scores", 5, 5),
               {{"visible: key 5 is not later than query 5, the score stays", 55}});
}

TEST_CASE("explain: softmax takes the largest out, adds the exponentials up and divides") {
  Example e;
  set_row(e.record(kCross + ".head.0.masked_scores"), 6, {kHidden, 1000, 1000 + std::log(3.0), kHidden});
  e.record(kCross + ".head.0.weights");
  const Explanation cell = e.explain(kCross + ".head.0.weights", 6, 1);
  const double largest = 1000 + std::log(3.0), own = std::exp(1000 - largest);
  CHECK(cell.rule == TermRule::exponential);
  REQUIRE(cell.terms.size() == 4);
  CHECK(cell.terms[0].left == kHidden);
  CHECK(cell.terms[0].value == 0);
  CHECK(cell.terms[2].left == largest);
  CHECK(cell.terms[2].right == largest);
  CHECK(cell.terms[2].value == 1);
  check_stages(cell, {{"largest of the row", largest},
                      {"sum of the terms", 1 + own},
                      {"the term of its own column", own},
                      {"divided by the sum: its share", 0.25}});
  CHECK(cell.magnitude == 1);
  check_stages(e.explain(kCross + ".head.0.weights", 6, 3), {{"largest of the row", largest},
                                                             {"sum of the terms", 1 + own},
                                                             {"the term of its own column", 0},
                                                             {"divided by the sum: its share", 0}});
}

TEST_CASE("explain: mix multiplies weights by one column of the values") {
  Example e;
  set_row(e.record(kCross + ".head.1.weights"), 5, {0.5, 0.25, 0, 0.25});
  e.record(kCross + ".head.1.value");
  e.record(kCross + ".head.1.context");
  const Explanation cell = e.explain(kCross + ".head.1.context", 5, 2);
  CHECK(read_by(cell) == kCross + ".head.1.weights (row 5); " + kCross + ".head.1.value (column 2)");
  CHECK(terms_of(cell) == "0: 0.500000 2 1; 1: 0.250000 12 3; 2: 0 22 0; 3: 0.250000 32 8");
  check_stages(cell, {{"sum of the terms", 12}});
  CHECK(cell.operands[1].cell(3) == std::pair<std::size_t, std::size_t>{3, 2});
}
