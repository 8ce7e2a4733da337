#pragma once

#include <string>
#include <string_view>

namespace glass {

/// The text with every `what` replaced by `with`.
inline std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

}  // namespace glass
