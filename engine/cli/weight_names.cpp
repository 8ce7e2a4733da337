#include "engine/cli/weight_names.hpp"

#include <map>
#include <stdexcept>

namespace glass::cli {
namespace {

/// What a tensor pair is called in the formulas; no second letter: it has no bias.
struct Letters {
  std::string weight, bias;
  bool transposed;
};

Letters letters_of(std::string_view tensor) {
  static const std::map<std::string, Letters, std::less<>> table = {
      {"q_proj", {"W_Q", "b_Q", true}},        {"k_proj", {"W_K", "b_K", true}},      {"v_proj", {"W_V", "b_V", true}},
      {"out_proj", {"W_O", "b_O", true}},      {"fc1", {"W_1", "b_1", true}},         {"fc2", {"W_2", "b_2", true}},
      {"embed_tokens", {"E", "", false}},      {"embed_positions", {"P", "", false}}, {"lm_head", {"W", "b", true}},
      {"layer_norm", {"gamma", "beta", false}}};
  const std::string_view leaf = tensor.substr(tensor.rfind('.') + 1);
  const auto found = table.find(leaf.ends_with("layer_norm") ? "layer_norm" : leaf);
  if (found == table.end()) throw std::logic_error("no letter stands for the tensor " + std::string(tensor));
  return found->second;
}

}  // namespace

std::vector<WeightName> weights_of(Name name, const Dims& dims) {
  const std::string matrix = to_string(name);
  const std::string place = matrix.substr(0, matrix.rfind('.') + 1);
  std::vector<WeightName> result;
  for (const std::string& operand : operands_of(name, dims)) {
    if (!is_tensor(operand)) continue;
    const Letters letters = letters_of(operand);
    result.push_back({place + letters.weight, operand + ".weight", letters.transposed});
    if (letters.bias.empty()) continue;
    result.push_back({place + letters.bias, operand == "lm_head" ? "final_logits_bias" : operand + ".bias", false});
  }
  return result;
}

}  // namespace glass::cli
