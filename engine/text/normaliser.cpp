#include "engine/text/normaliser.hpp"

#include "engine/text/utf8.hpp"

namespace glass::text {

Normaliser::Normaliser(const NormaliserSpec& spec, bool whitespace_as_suffix, const std::string& file)
    : charsmap_(spec.charsmap, file),
      add_dummy_prefix_(spec.add_dummy_prefix),
      remove_extra_whitespaces_(spec.remove_extra_whitespaces),
      whitespace_as_suffix_(whitespace_as_suffix),
      space_(spec.escape_whitespaces ? kSpaceSymbol : " ") {}

Normaliser::Prefix Normaliser::prefix(std::string_view text, const PieceTable* pieces) const {
  const std::size_t kept_whole = pieces == nullptr ? 0 : pieces->user_defined(text);
  if (kept_whole > 0) return {text.substr(0, kept_whole), kept_whole};
  if (const auto rule = charsmap_.longest_rule(text)) return {rule->replacement, rule->size};
  const Character c = first_character(text);
  return {c.valid ? text.substr(0, c.size) : kReplacement, c.size};
}

void Normaliser::append(Normalised& result, std::string_view output, std::size_t origin) const {
  for (const char byte : output) {
    if (byte == ' ') {
      result.text += space_;
    } else {
      result.text += byte;
    }
    result.origin.resize(result.text.size(), origin);
  }
}

void Normaliser::strip_end(Normalised& result, std::size_t& consumed) const {
  while (std::string_view(result.text).ends_with(space_)) {
    const std::size_t size = result.text.size() - space_.size();
    consumed = result.origin[size];
    result.text.resize(size);
    result.origin.resize(size);
  }
}

Normalised Normaliser::operator()(std::string_view text, const PieceTable* pieces) const {
  Normalised result;
  std::size_t consumed = 0;
  const auto rest = [&] { return text.substr(consumed); };
  while (remove_extra_whitespaces_ && consumed < text.size()) {
    const Prefix leading = prefix(rest(), pieces);
    if (leading.output != " ") break;
    consumed += leading.size;
  }
  if (consumed == text.size()) return {"", {consumed}};

  if (add_dummy_prefix_ && !whitespace_as_suffix_) append(result, " ", consumed);
  bool after_space = remove_extra_whitespaces_;
  while (consumed < text.size()) {
    Prefix next = prefix(rest(), pieces);
    while (after_space && next.output.starts_with(' ')) next.output.remove_prefix(1);
    append(result, next.output, consumed);
    if (!next.output.empty()) after_space = remove_extra_whitespaces_ && next.output.ends_with(' ');
    consumed += next.size;
  }
  if (remove_extra_whitespaces_) strip_end(result, consumed);
  if (add_dummy_prefix_ && whitespace_as_suffix_) append(result, " ", consumed);
  result.origin.push_back(consumed);
  return result;
}

std::vector<Rewrite> Normaliser::rewrites(std::string_view text, const PieceTable* pieces) const {
  std::vector<Rewrite> changed;
  for (std::size_t begin = 0; begin < text.size();) {
    const Prefix next = prefix(text.substr(begin), pieces);
    if (next.output != text.substr(begin, next.size)) {
      changed.push_back({begin, begin + next.size, std::string(next.output)});
    }
    begin += next.size;
  }
  return changed;
}

}  // namespace glass::text
