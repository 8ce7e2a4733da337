#include "engine/trace/contract.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "engine/trace/placeholder.hpp"

namespace glass {
namespace {

/// Name::row by its pattern ("decoder.layers.L.encoder_attn.head.H.scores").
const std::map<std::string, std::int16_t, std::less<>>& index_of_pattern() {
  static const std::map<std::string, std::int16_t, std::less<>> index = [] {
    std::map<std::string, std::int16_t, std::less<>> result;
    for (const Row& row : contract()) result.emplace(row.name, static_cast<std::int16_t>(result.size()));
    return result;
  }();
  return index;
}

/// Takes the number after `marker` ("layers.", "head.") out of the text and puts `placeholder` there; -1 if there is
/// none.
std::optional<std::int16_t> take_number(std::string& text, std::string_view marker, std::string_view placeholder) {
  const std::size_t found = text.find(marker);
  if (found == std::string::npos) return std::int16_t{-1};
  const char* first = text.data() + found + marker.size();
  const char* last = std::find(first, static_cast<const char*>(text.data()) + text.size(), '.');
  std::int16_t number = -1;
  const auto [end, error] = std::from_chars(first, last, number);
  const bool canonical = error == std::errc{} && end == last && number >= 0 && (*first != '0' || last - first == 1);
  if (!canonical) return std::nullopt;
  text.replace(found + marker.size(), static_cast<std::size_t>(last - first), placeholder);
  return number;
}

std::string filled_in(std::string pattern, Name name, std::size_t n_layers) {
  const bool encoder = pattern.starts_with("encoder.");
  if (name.layer == 0 && pattern.find(".L-1.") != std::string::npos)
    return encoder ? "encoder.embed.sum" : "decoder.embed.sum";
  pattern = replaced(std::move(pattern), ".L-1.", "." + std::to_string(name.layer - 1) + ".");
  pattern = replaced(std::move(pattern), ".N-1.", "." + std::to_string(n_layers - 1) + ".");
  pattern = replaced(std::move(pattern), "layers.L", "layers." + std::to_string(name.layer));
  return replaced(std::move(pattern), "head.H.", "head." + std::to_string(name.head) + ".");
}

const StackDims& stack_of(std::string_view pattern, const Dims& dims) {
  return pattern.starts_with("encoder.") ? dims.encoder : dims.decoder;
}

}  // namespace

const Row& row_of(Name name) { return contract().at(static_cast<std::size_t>(name.row)); }

const std::vector<Read>& reads(Op op) {
  static const std::map<Op, std::vector<Read>> table = {{Op::given, {}},
                                                        {Op::lookup, {Read::first_of_row, Read::table}},
                                                        {Op::scale, {Read::cell}},
                                                        {Op::position, {Read::table}},
                                                        {Op::add, {Read::cell, Read::cell}},
                                                        {Op::linear, {Read::row, Read::row_of_column}},
                                                        {Op::head_columns, {Read::slice}},
                                                        {Op::scaled_dot, {Read::row, Read::row_of_column}},
                                                        {Op::hide_padding, {Read::cell, Read::first_of_column}},
                                                        {Op::hide_future, {Read::cell}},
                                                        {Op::softmax, {Read::row}},
                                                        {Op::mix, {Read::row, Read::column}},
                                                        {Op::join_heads, {Read::slice}},
                                                        {Op::layer_norm, {Read::row, Read::first_of_column}},
                                                        {Op::activation, {Read::cell}},
                                                        {Op::copy, {Read::cell}},
                                                        {Op::log_softmax, {Read::row}}};
  return table.at(op);
}

Read read_of(Op op, std::size_t index) {
  if (op == Op::linear && index == 2) return Read::first_of_column;
  const std::vector<Read>& each = reads(op);
  return index < each.size() ? each[index] : each.back();
}

std::optional<Name> parse_name(std::string_view text) {
  std::string pattern(text);
  const std::optional<std::int16_t> layer = take_number(pattern, ".layers.", "L");
  const std::optional<std::int16_t> head = take_number(pattern, ".head.", "H");
  if (!layer || !head) return std::nullopt;
  const auto found = index_of_pattern().find(pattern);
  if (found == index_of_pattern().end()) return std::nullopt;
  return Name{found->second, *layer, *head};
}

std::string to_string(Name name) { return filled_in(row_of(name).name, name, 0); }

std::vector<std::string> operands_of(Name name, const Dims& dims) {
  std::vector<std::string> result;
  for (const std::string& pattern : row_of(name).operands) {
    const StackDims& stack = stack_of(pattern, dims);
    if (pattern.find("head.H*.") == std::string::npos) {
      result.push_back(filled_in(pattern, name, stack.n_layers));
      continue;
    }
    for (std::size_t head = 0; head < stack.n_heads; ++head) {
      result.push_back(
          filled_in(replaced(pattern, "head.H*.", "head." + std::to_string(head) + "."), name, stack.n_layers));
    }
  }
  return result;
}

bool is_tensor(std::string_view operand) { return operand.starts_with("model.") || operand == "lm_head"; }

}  // namespace glass
