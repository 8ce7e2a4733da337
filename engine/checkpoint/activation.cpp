#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "engine/checkpoint/config.hpp"

namespace glass::checkpoint {

namespace {

constexpr std::array<std::pair<std::string_view, Activation>, 19> kActivations{
    {{"swish", Activation::swish},
     {"silu", Activation::swish},
     {"relu", Activation::relu},
     {"gelu", Activation::gelu},
     {"gelu_python", Activation::gelu},
     {"gelu_new", Activation::gelu_tanh},
     {"gelu_pytorch_tanh", Activation::gelu_tanh},
     {"gelu_fast", Activation::gelu_tanh},
     {"gelu_accurate", Activation::gelu_tanh},
     {"gelu_10", Activation::gelu_10},
     {"quick_gelu", Activation::quick_gelu},
     {"relu2", Activation::relu2},
     {"relu6", Activation::relu6},
     {"leaky_relu", Activation::leaky_relu},
     {"mish", Activation::mish},
     {"laplace", Activation::laplace},
     {"sigmoid", Activation::sigmoid},
     {"tanh", Activation::tanh},
     {"linear", Activation::linear}}};

}  // namespace

Activation activation_named(std::string_view name) {
  std::string known;
  for (const auto& [spelled, activation] : kActivations) {
    if (spelled == name) return activation;
    known += (known.empty() ? "" : ", ") + std::string(spelled);
  }
  throw std::runtime_error("activation_function must be one of " + known + ", found \"" + std::string(name) + "\"");
}

}  // namespace glass::checkpoint
