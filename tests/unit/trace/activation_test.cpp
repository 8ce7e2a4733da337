#include "engine/trace/activation.hpp"

#include <cmath>
#include <map>
#include <stdexcept>

#include "engine/checkpoint/config.hpp"
#include "tests/support/catch.hpp"

using glass::activation_function;

TEST_CASE("activation: each function has its known values") {
  // At -1.5 and 0.75, computed from the definitions with Python's math module.
  const std::map<std::string, std::pair<double, double>> known = {
      {"relu", {0, 0.75}},
      {"relu2", {0, 0.5625}},
      {"relu6", {0, 0.75}},
      {"leaky_relu", {-0.015, 0.75}},
      {"linear", {-1.5, 0.75}},
      {"sigmoid", {0.18242552380635635, 0.679178699175393}},
      {"tanh", {-0.9051482536448664, 0.6351489523872873}},
      {"swish", {-0.2736382857095345, 0.5093840243815447}},
      {"quick_gelu", {-0.10833780155292341, 0.5863900575346379}},
      {"gelu", {-0.10021080190328713, 0.5800294857173488}},
      {"gelu_10", {-0.10021080190328713, 0.5800294857173488}},
      {"gelu_new", {-0.10042842301976707, 0.5799605551656203}},
      {"mish", {-0.29809974216680674, 0.6100183352182934}},
      {"laplace", {2.55351295663786e-15, 0.5604268865308244}}};
  for (const auto& [name, values] : known) {
    INFO(name);
    CHECK_THAT(activation_function(name)(-1.5), check::WithinAbs(values.first, 1e-15));
    CHECK_THAT(activation_function(name)(0.75), check::WithinAbs(values.second, 1e-15));
  }
  CHECK(activation_function("relu6")(7) == 6);
  CHECK(activation_function("gelu_10")(12) == 10);
}

TEST_CASE("activation: names that mean one function give the same numbers") {
  for (const double x : {-3.0, -0.5, 0.0, 0.1, 2.0, 40.0}) {
    CHECK(activation_function("silu")(x) == activation_function("swish")(x));
    CHECK(activation_function("gelu_new")(x) == activation_function("gelu_pytorch_tanh")(x));
    CHECK(activation_function("gelu_python")(x) == activation_function("gelu")(x));
    CHECK_THAT(activation_function("gelu_new")(x), check::WithinAbs(activation_function("gelu")(x), 1e-3));
  }
}

TEST_CASE("activation: NaN stays NaN and large numbers overflow nowhere") {
  for (const std::string& name : glass::activation_names()) {
    INFO(name);
    CHECK(std::isnan(activation_function(name)(std::nan(""))));
    CHECK(std::isfinite(activation_function(name)(-1e4)));
    CHECK(std::isfinite(activation_function(name)(1e4)));
  }
}

TEST_CASE("activation: whatever a checkpoint may name can be computed") {
  for (const char* name :
       {"swish", "silu", "relu", "gelu", "gelu_python", "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate",
        "gelu_10", "quick_gelu", "relu2", "relu6", "leaky_relu", "mish", "laplace", "sigmoid", "tanh", "linear"}) {
    INFO(name);
    CHECK_NOTHROW(glass::checkpoint::activation_named(name));
    CHECK_NOTHROW(activation_function(name));
  }
}

TEST_CASE("activation: an unknown name is refused with the known ones") {
  CHECK_THROWS_MATCHES(
      activation_function("reluu"), std::invalid_argument,
      check::Message("activation: \"reluu\" is unknown; known are gelu, gelu_10, gelu_accurate, gelu_fast, gelu_new, "
                     "gelu_python, gelu_pytorch_tanh, laplace, leaky_relu, linear, mish, quick_gelu, relu, relu2, "
                     "relu6, sigmoid, silu, swish, tanh"));
}
