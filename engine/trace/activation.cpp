#include "engine/trace/activation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <stdexcept>

namespace glass {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double relu(double x) { return x > 0 || std::isnan(x) ? x : 0; }
double swish(double x) { return x * sigmoid(x); }
double gelu(double x) { return 0.5 * x * (1 + std::erf(x / std::numbers::sqrt2)); }
double gelu_tanh(double x) {
  return 0.5 * x * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
}
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }
double laplace(double x) { return 0.5 * (1 + std::erf((x - 0.707107) / (0.282095 * std::numbers::sqrt2))); }

const std::map<std::string, ActivationFunction, std::less<>>& table() {
  static const std::map<std::string, ActivationFunction, std::less<>> functions = {
      {"gelu", gelu},
      {"gelu_10", [](double x) { return std::clamp(gelu(x), -10.0, 10.0); }},
      {"gelu_accurate", gelu_tanh},
      {"gelu_fast", gelu_tanh},
      {"gelu_new", gelu_tanh},
      {"gelu_python", gelu},
      {"gelu_pytorch_tanh", gelu_tanh},
      {"laplace", laplace},
      {"leaky_relu", [](double x) { return x > 0 ? x : 0.01 * x; }},
      {"linear", [](double x) { return x; }},
      {"mish", [](double x) { return x * std::tanh(softplus(x)); }},
      {"quick_gelu", [](double x) { return x * sigmoid(1.702 * x); }},
      {"relu", relu},
      {"relu2", [](double x) { return relu(x) * relu(x); }},
      {"relu6", [](double x) { return std::min(relu(x), 6.0); }},
      {"sigmoid", sigmoid},
      {"silu", swish},
      {"swish", swish},
      {"tanh", [](double x) { return std::tanh(x); }}};
  return functions;
}

}  // namespace

ActivationFunction activation_function(std::string_view name) {
  const auto found = table().find(name);
  if (found != table().end()) return found->second;
  std::string known;
  for (const std::string& each : activation_names()) known += (known.empty() ? "" : ", ") + each;
  throw std::invalid_argument("activation: \"" + std::string(name) + "\" is unknown; known are " + known);
}

std::vector<std::string> activation_names() {
  std::vector<std::string> names;
  for (const auto& [name, function] : table()) names.push_back(name);
  return names;
}

}  // namespace glass
