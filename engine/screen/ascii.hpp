#pragma once

#include <optional>
#include <string_view>

namespace glass::screen {

/// How a sign is written in ASCII where what it is composed of does not tell: `√` sqrt, `ε` eps, `─` -.
[[nodiscard]] std::optional<std::string_view> ascii_name(char32_t code);

}  // namespace glass::screen
