#include "engine/text/language_code.hpp"

#include <algorithm>
#include <optional>

namespace glass::text {
namespace {

constexpr std::string_view kOpen = ">>";
constexpr std::string_view kClose = "<<";

struct Match {
  std::size_t begin, end;
};

/// The first match of `>>.+<<` from `from` on: within one line, at least one byte between, as long as possible.
std::optional<Match> find_code(std::string_view text, std::size_t from) {
  while (true) {
    const std::size_t open = text.find(kOpen, from);
    if (open == std::string_view::npos) return std::nullopt;
    const std::size_t line_end = std::min(text.find('\n', open), text.size());
    const std::size_t close = text.substr(0, line_end).rfind(kClose);
    if (close != std::string_view::npos && close >= open + 3) return Match{open, close + kClose.size()};
    from = close == std::string_view::npos || close < open ? line_end : open + 1;
  }
}

void keep(LanguageSplit& split, std::string_view text, std::size_t begin, std::size_t end) {
  split.stretches.emplace_back(split.rest.size(), begin);
  split.rest += text.substr(begin, end - begin);
}

LanguageSplit split_older(std::string_view text) {
  LanguageSplit split;
  std::size_t begin = 0;
  while (const auto match = find_code(text, begin)) {
    if (match->begin == 0) split.code = text.substr(0, match->end);
    keep(split, text, begin, match->begin);
    begin = match->end;
  }
  keep(split, text, begin, text.size());
  return split;
}

}  // namespace

std::size_t LanguageSplit::origin(std::size_t offset) const {
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), std::pair(offset, std::string_view::npos));
  const auto& [in_rest, in_text] = *(after - 1);
  return in_text + (offset - in_rest);
}

LanguageSplit split_language_code(std::string_view text, LanguageCodes rule) {
  if (rule == LanguageCodes::hf_4_52) return split_older(text);
  LanguageSplit split;
  const std::size_t close = text.starts_with(kOpen) ? text.find(kClose) : std::string_view::npos;
  if (close != std::string_view::npos) split.code = text.substr(0, close + kClose.size());
  keep(split, text, split.code.size(), text.size());
  return split;
}

}  // namespace glass::text
