#include "engine/trace/explain.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/contract_example.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using namespace glass::test;

TEST_CASE("explain: what is given is what it is") {
  Example e;
  e.record("encoder.visible")(2, 0) = 1;
  const Explanation cell = e.explain("encoder.visible", 2, 0);
  CHECK(cell.operands.empty());
  CHECK(cell.terms.empty());
  check_stages(cell, {{"given: 1 for a real token, 0 for padding", 1}});
  CHECK(cell.agrees());
}

TEST_CASE("explain: lookup says the id and the table's row") {
  Example e;
  e.record("decoder.ids")(5, 0) = 3;
  e.record("decoder.embed.tokens");
  e.tensors["model.decoder.embed_tokens.weight"] = counted(8, 6);
  const Explanation cell = e.explain("decoder.embed.tokens", 5, 4);
  CHECK(read_by(cell) == "decoder.ids (5, 0); model.decoder.embed_tokens.weight (3, 4)");
  check_stages(cell, {{"the id at this position", 3}, {"in the table's row of that id, column 4", 34}});
  CHECK(cell.recorded == 54);
  CHECK_FALSE(cell.agrees());
}

TEST_CASE("explain: scale multiplies, or says that the model does not") {
  Example e;
  e.record("encoder.embed.tokens");
  e.record("encoder.embed.scaled");
  const Explanation cell = e.explain("encoder.embed.scaled", 3, 5);
  CHECK(terms_of(cell) == "5: 35 2.500000 87.500000");
  check_stages(cell, {{"times sqrt(d_model) = 2.5", 87.5}});
  e.dims.embedding_scale = 1;
  check_stages(e.explain("encoder.embed.scaled", 3, 5), {{"times 1: this model does not scale", 35}});
}

TEST_CASE("explain: a position is an angle's sine or cosine, or a row of the checkpoint's table") {
  Example e;
  e.record("encoder.embed.positions");
  const double angle = 3 / std::pow(10000.0, 4.0 / 6);
  const std::string says = "angle: p / 10000^(2 i / d_model), i = 2, d_model = 6";
  check_stages(e.explain("encoder.embed.positions", 3, 2),
               {{"position p", 3},
                {says, angle},
                {"sine of the angle", std::sin(angle)},
                {"rounded to float32", static_cast<double>(static_cast<float>(std::sin(angle)))}});
  const Explanation cosine = e.explain("encoder.embed.positions", 3, 5);
  CHECK(cosine.stages[2].says == "cosine of the angle");
  CHECK(cosine.stages[1].value == angle);
  CHECK(cosine.operands.empty());
  e.tensors["model.encoder.embed_positions.weight"] = counted(9, 6);
  const Explanation stored = e.explain("encoder.embed.positions", 3, 5);
  CHECK(read_by(stored) == "model.encoder.embed_positions.weight (3, 5)");
  CHECK(terms_of(stored) == "5: 35 1 35");
  check_stages(stored, {{"row p of the checkpoint's own table, p = 3", 35}});
  CHECK(stored.agrees());
}

TEST_CASE("explain: add has a term an operand") {
  Example e;
  e.record("encoder.embed.scaled");
  e.record("encoder.embed.positions")(1, 4) = -20;
  e.record("encoder.embed.sum");
  const Explanation cell = e.explain("encoder.embed.sum", 1, 4);
  CHECK(read_by(cell) == "encoder.embed.scaled (1, 4); encoder.embed.positions (1, 4)");
  CHECK(terms_of(cell) == "0: 14 1 14; 1: -20 1 -20");
  check_stages(cell, {{"sum of the terms", -6}});
  CHECK(cell.magnitude == 34);
}

TEST_CASE("explain: linear multiplies row i of x and row j of the weight, and adds the bias") {
  Example e;
  e.record("encoder.embed.sum");
  e.record(kSelf + ".query");
  Matrix& weight = e.tensors[kTensor + ".q_proj.weight"] = Matrix(6, 6);
  set_row(weight, 2, {1, 0, -1, 2, 0, 3});
  e.tensors[kTensor + ".q_proj.bias"] = counted(1, 6);
  const Explanation cell = e.explain(kSelf + ".query", 1, 2);
  CHECK(read_by(cell) ==
        "encoder.embed.sum (row 1); " + kTensor + ".q_proj.weight (row 2); " + kTensor + ".q_proj.bias (0, 2)");
  CHECK(terms_of(cell) == "0: 10 1 10; 1: 11 0 0; 2: 12 -1 -12; 3: 13 2 26; 4: 14 0 0; 5: 15 3 45");
  check_stages(cell, {{"sum of the terms", 69}, {"plus bias = 2", 71}});
  CHECK(cell.magnitude == 10 + 12 + 26 + 45 + 2);
  CHECK(cell.operands[0].cell(3) == std::pair<std::size_t, std::size_t>{1, 3});
  CHECK(cell.operands[1].cell(3) == std::pair<std::size_t, std::size_t>{2, 3});
  CHECK(cell.operands[2].cell(3) == std::pair<std::size_t, std::size_t>{0, 2});
  CHECK_FALSE(cell.operands[0].is_tensor);
  CHECK(cell.operands[2].is_tensor);
  CHECK(cell.formula == "x W_Q + b_Q");
}

TEST_CASE("explain: logits of a checkpoint without a bias say so and do not list it") {
  Example e;
  e.record("decoder.layers.0.feed_forward.norm");
  e.record("decoder.logits");
  e.tensors["lm_head.weight"] = counted(8, 6);
  const Explanation cell = e.explain("decoder.logits", 0, 1);
  CHECK(read_by(cell) == "decoder.layers.0.feed_forward.norm (row 0); lm_head.weight (row 1)");
  check_stages(cell, {{"sum of the terms", 11 + 24 + 39 + 56 + 75}, {"this checkpoint has no bias", 205}});
  e.tensors["final_logits_bias"] = counted(1, 8);
  CHECK(e.explain("decoder.logits", 0, 1).stages[1].says == "plus bias = 1");
}

TEST_CASE("explain: layer normalisation step by step") {
  Example e;
  set_row(e.record(kSelf + ".residual"), 2, {1, 3, 1, 3, 1, 3});
  e.record(kSelf + ".norm");
  e.tensors[kTensor + "_layer_norm.weight"] = counted(1, 6);
  e.tensors[kTensor + "_layer_norm.bias"] = Matrix(1, 6);
  e.tensors[kTensor + "_layer_norm.bias"](0, 3) = -0.5;
  const Explanation cell = e.explain(kSelf + ".norm", 2, 3);
  CHECK(read_by(cell) ==
        kSelf + ".residual (row 2); " + kTensor + "_layer_norm.weight (0, 3); " + kTensor + "_layer_norm.bias (0, 3)");
  CHECK(cell.rule == TermRule::squared_error);
  CHECK(terms_of(cell) == "0: 1 2 1; 1: 3 2 1; 2: 1 2 1; 3: 3 2 1; 4: 1 2 1; 5: 3 2 1");
  const double root = std::sqrt(1 + 1e-5);
  check_stages(cell, {{"mean of the row", 2},
                      {"sum of the terms", 6},
                      {"variance: divided by d_model = 6", 1},
                      {"root of variance + 1e-5", root},
                      {"its own number minus the mean, x = 3", 1},
                      {"divided by the root: normalised", 1 / root},
                      {"times gamma = 3", 3 / root},
                      {"plus beta = -0.5", 3 / root - 0.5}});
}

TEST_CASE("explain: activation names its function, memory copies") {
  Example e;
  e.record("encoder.layers.0.feed_forward.hidden")(3, 4) = -7;
  e.record("encoder.layers.0.feed_forward.activation");
  check_stages(e.explain("encoder.layers.0.feed_forward.activation", 3, 4), {{"x", -7}, {"relu(x)", 0}});
  check_stages(e.explain("encoder.layers.0.feed_forward.activation", 2, 4), {{"x", 24}, {"relu(x)", 24}});
  e.record("encoder.layers.0.feed_forward.norm");
  e.record("encoder.memory");
  const Explanation cell = e.explain("encoder.memory", 3, 1);
  CHECK(read_by(cell) == "encoder.layers.0.feed_forward.norm (3, 1)");
  CHECK(terms_of(cell) == "1: 31 1 31");
  check_stages(cell, {{"the same number", 31}});
}

TEST_CASE("explain: the logarithm of softmax subtracts log-sum-exp") {
  Example e;
  e.record("decoder.logits") = Matrix(7, 8);
  e.trace.at(parse_name("decoder.logits").value())(4, 6) = -2;
  e.record("decoder.log_probabilities");
  const Explanation cell = e.explain("decoder.log_probabilities", 4, 6);
  CHECK(read_by(cell) == "decoder.logits (row 4)");
  CHECK(cell.terms.size() == 8);
  const double sum = 7 + std::exp(-2.0);
  check_stages(cell, {{"largest of the row", 0},
                      {"sum of the terms", sum},
                      {"log-sum-exp: largest + log(sum)", std::log(sum)},
                      {"its own logit minus log-sum-exp, logit = -2", -2 - std::log(sum)}});
  CHECK_THAT(cell.magnitude, check::WithinRel(2 + std::log(sum), 1e-15));
}

TEST_CASE("explain: agreement is relative to what was added up, and infinity agrees with infinity alone") {
  Explanation cell;
  cell.value = 1;
  cell.magnitude = 1000;
  cell.recorded = 1 + 0.9e-9;
  CHECK(cell.agrees());
  cell.recorded = 1 + 1.1e-9;
  CHECK_FALSE(cell.agrees());
  CHECK(cell.agrees(1e-6));
  cell.value = cell.recorded = kHidden;
  cell.magnitude = -kHidden;
  CHECK(cell.agrees());
  cell.recorded = 3;
  CHECK_FALSE(cell.agrees());
  cell.value = cell.recorded = std::nan("");
  CHECK(cell.agrees());
  cell.recorded = 3;
  CHECK_FALSE(cell.agrees());
}

TEST_CASE("explain: what cannot be explained is refused with the reason") {
  Example e;
  const auto refusal = [&](const std::string& name, std::size_t i, std::size_t j) {
    return message_of([&] { (void)e.explain(name, i, j); });
  };
  CHECK(refusal("encoder.memory", 0, 0) == "encoder.memory was not recorded");
  e.record("encoder.memory") = Matrix(4, 9);
  CHECK(refusal("encoder.memory", 0, 0) == "the contract cannot be applied: encoder.memory is 4 x 9, expected 4 x 6");
  e.record("encoder.memory");
  CHECK(refusal("encoder.memory", 0, 0) ==
        "the contract cannot be applied to encoder.memory: encoder.layers.0.feed_forward.norm was not recorded");
  e.record("encoder.layers.0.feed_forward.norm");
  CHECK(refusal("encoder.memory", 4, 5) == "encoder.memory has no cell (4, 5): it is 4 x 6");
  e.record("encoder.ids");
  CHECK(refusal("encoder.ids", 0, 1) == "encoder.ids has no cell (0, 1): it is 4 x 1");
  e.record("encoder.ids")(1, 0) = 8;
  e.record("encoder.embed.tokens");
  e.tensors["model.encoder.embed_tokens.weight"] = counted(8, 6);
  CHECK(refusal("encoder.embed.tokens", 1, 0) ==
        "the contract cannot be applied: id 8.000000 at position 1 is outside the table of 8 rows");
}
