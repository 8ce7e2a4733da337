#include <algorithm>
#include <optional>

#include "engine/trace/contract.hpp"
#include "engine/trace/derived.hpp"
#include "engine/trace/placeholder.hpp"

namespace glass {
namespace {

std::string in_parentheses(const std::string& operand) {
  return operand.find(' ') == std::string::npos ? operand : "(" + operand + ")";
}

/// The different values in ascending order.
std::vector<std::int16_t> values_of(std::vector<std::int16_t> all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// "H" for 0, 1, 2, ...; "H = 0, 2" where some are left out.
std::string range_text(const std::string& letter, const std::vector<std::int16_t>& values) {
  if (static_cast<std::size_t>(values.back()) + 1 == values.size()) return letter;
  std::string text = letter + " =";
  for (const std::int16_t value : values) text += (text.back() == '=' ? " " : ", ") + std::to_string(value);
  return text;
}

/// "H of decoder.layers.1.encoder_attn.head.H.weights" if the operands are one row of the contract at several layers or
/// heads, each once and all combinations.
std::optional<std::string> ranged(const std::vector<std::string>& operands) {
  std::vector<Name> names;
  std::vector<std::int16_t> layers, heads;
  for (const std::string& operand : operands) {
    const std::optional<Name> name = parse_name(operand);
    if (!name || name->row != parse_name(operands[0])->row) return std::nullopt;
    names.push_back(*name);
    layers.push_back(name->layer);
    heads.push_back(name->head);
  }
  layers = values_of(layers);
  heads = values_of(heads);
  std::sort(names.begin(), names.end());
  const bool each_once = std::adjacent_find(names.begin(), names.end()) == names.end();
  if (names.size() < 2 || !each_once || names.size() != layers.size() * heads.size()) return std::nullopt;
  std::string pattern = row_of(names[0]).name;
  if (layers.size() == 1) pattern = replaced(pattern, ".layers.L.", ".layers." + std::to_string(layers[0]) + ".");
  if (heads.size() == 1) pattern = replaced(pattern, ".head.H.", ".head." + std::to_string(heads[0]) + ".");
  const std::string over_layers = layers.size() == 1 ? "" : range_text("L", layers);
  const std::string over_heads = heads.size() == 1 ? "" : range_text("H", heads);
  const std::string both = over_layers.empty() || over_heads.empty() ? "" : " and ";
  return over_layers + both + over_heads + " of " + pattern;
}

std::string mean_text(const std::vector<std::string>& operands) {
  if (const std::optional<std::string> over = ranged(operands)) return "mean over " + *over;
  std::string text = "mean of ";
  for (const std::string& operand : operands) text += (&operand == &operands[0] ? "" : ", ") + in_parentheses(operand);
  return text;
}

}  // namespace

std::string expression(DerivedOp op, const std::vector<std::string>& operands) {
  require_count(op, operands.size());
  switch (op) {
    case DerivedOp::mean:
      return mean_text(operands);
    case DerivedOp::difference:
      return in_parentheses(operands[0]) + " - " + in_parentheses(operands[1]);
    case DerivedOp::ratio:
      return in_parentheses(operands[0]) + " / " + in_parentheses(operands[1]);
    case DerivedOp::likeness:
      return in_parentheses(operands[0]) + " " + in_parentheses(operands[1]) + "^T";
    case DerivedOp::exponential:
      return "exp(" + operands[0] + ")";
    case DerivedOp::entropy:
      return "entropy(" + operands[0] + ")";
    case DerivedOp::word_sum:
      return "word_sum(" + operands[0] + ")";
  }
  return "";
}

}  // namespace glass
