#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glass {

using ActivationFunction = double (*)(double);

/// The element-wise function that config.json's `activation_function` names ("relu", "swish", "gelu", ...).
/// @throws std::invalid_argument naming the known ones
/// @source Hugging Face ACT2FN; GELU: Hendrycks and Gimpel (2016); swish: Ramachandran et al. (2017).
[[nodiscard]] ActivationFunction activation_function(std::string_view name);

[[nodiscard]] std::vector<std::string> activation_names();

}  // namespace glass
