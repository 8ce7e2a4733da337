#include "engine/trace/contract.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <stdexcept>

namespace glass {
namespace {

using Rows = std::vector<Row>;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// Token embedding: Vaswani et al. (2017), sections 3.4 and 3.5.
void add_embed(Rows& rows, const std::string& side, Axis tokens) {
  const std::string embed = side + ".embed.";
  const std::string model = "model." + side;
  rows.push_back({embed + "tokens",
                  tokens,
                  Axis::d_model,
                  Op::lookup,
                  {side + ".ids", model + ".embed_tokens"},
                  "E[id]",
                  "the row of the embedding table that each id points at"});
  rows.push_back({embed + "scaled",
                  tokens,
                  Axis::d_model,
                  Op::scale,
                  {embed + "tokens"},
                  "tokens * sqrt(d_model)",
                  "the table rows, scaled to stand up against the positions"});
  rows.push_back({embed + "positions",
                  tokens,
                  Axis::d_model,
                  Op::position,
                  {model + ".embed_positions"},
                  "sin(p / 10000^(2i/d_model)) | cos(p / 10000^(2i/d_model))",
                  "where each token stands: sines in the first half of the row, cosines in the second"});
  rows.push_back({embed + "sum",
                  tokens,
                  Axis::d_model,
                  Op::add,
                  {embed + "scaled", embed + "positions"},
                  "scaled + positions",
                  "what the first layer reads: which token, and where"});
}

/// A sub-layer's end: Vaswani et al. (2017), section 3.1, `LayerNorm(x + Sublayer(x))`.
void add_norm(Rows& rows, const std::string& site, Axis tokens, const std::string& input, const std::string& weights) {
  rows.push_back({site + ".residual",
                  tokens,
                  Axis::d_model,
                  Op::add,
                  {input, site + ".output"},
                  "x + output",
                  "the sub-layer's input and its answer, added"});
  rows.push_back({site + ".norm",
                  tokens,
                  Axis::d_model,
                  Op::layer_norm,
                  {site + ".residual", weights},
                  "(x - mean) / sqrt(variance + 1e-5) * gamma + beta",
                  "each row shifted and scaled to mean 0, variance 1, then by gamma and beta"});
}

/// Where an attention sub-layer stands: who asks, who is asked, and which rule hides keys.
struct AttentionSite {
  std::string name;
  Axis queries, keys;
  std::string asks, asked;
  Op hide;
};

void add_head(Rows& rows, const AttentionSite& at) {
  const std::string head = at.name + ".head.H.";
  const std::vector<std::string> hidden_by =
      at.hide == Op::hide_padding ? std::vector<std::string>{"encoder.visible"} : std::vector<std::string>{};
  std::vector<std::string> masked = {head + "scores"};
  masked.insert(masked.end(), hidden_by.begin(), hidden_by.end());
  rows.push_back({head + "query",
                  at.queries,
                  Axis::d_k,
                  Op::head_columns,
                  {at.name + ".query"},
                  "query[:, H d_k : (H+1) d_k]",
                  "the columns of query that belong to head H"});
  rows.push_back({head + "key",
                  at.keys,
                  Axis::d_k,
                  Op::head_columns,
                  {at.name + ".key"},
                  "key[:, H d_k : (H+1) d_k]",
                  "the columns of key that belong to head H"});
  rows.push_back({head + "value",
                  at.keys,
                  Axis::d_k,
                  Op::head_columns,
                  {at.name + ".value"},
                  "value[:, H d_k : (H+1) d_k]",
                  "the columns of value that belong to head H"});
  rows.push_back({head + "scores",
                  at.queries,
                  at.keys,
                  Op::scaled_dot,
                  {head + "query", head + "key"},
                  "query key^T / sqrt(d_k)",
                  "row i, column j: how well the question of token i fits the label of token j"});
  rows.push_back({head + "masked_scores", at.queries, at.keys, at.hide, masked, "scores where visible, else -inf",
                  at.hide == Op::hide_future ? "scores with the future hidden" : "scores with the padding hidden"});
  rows.push_back({head + "weights",
                  at.queries,
                  at.keys,
                  Op::softmax,
                  {head + "masked_scores"},
                  "softmax(masked_scores), row by row",
                  "row i: the shares in which token i listens to the others; they sum to 1"});
  rows.push_back({head + "context",
                  at.queries,
                  Axis::d_k,
                  Op::mix,
                  {head + "weights", head + "value"},
                  "weights value",
                  "row i: the values, mixed by token i's weights"});
}

/// Multi-head attention: Vaswani et al. (2017), sections 3.2.1 and 3.2.2.
void add_attention(Rows& rows, const AttentionSite& at) {
  const std::string model = "model." + at.name;
  rows.push_back({at.name + ".query",
                  at.queries,
                  Axis::d_model,
                  Op::linear,
                  {at.asks, model + ".q_proj"},
                  "x W_Q + b_Q",
                  "what each token asks, all heads side by side"});
  rows.push_back({at.name + ".key",
                  at.keys,
                  Axis::d_model,
                  Op::linear,
                  {at.asked, model + ".k_proj"},
                  "x W_K + b_K",
                  "the label by which each token is found, all heads side by side"});
  rows.push_back({at.name + ".value",
                  at.keys,
                  Axis::d_model,
                  Op::linear,
                  {at.asked, model + ".v_proj"},
                  "x W_V + b_V",
                  "what each token has to say, all heads side by side"});
  add_head(rows, at);
  rows.push_back({at.name + ".context",
                  at.queries,
                  Axis::d_model,
                  Op::join_heads,
                  {at.name + ".head.H*.context"},
                  "[context_0 | context_1 | ...]",
                  "the heads' contexts side by side"});
  rows.push_back({at.name + ".output",
                  at.queries,
                  Axis::d_model,
                  Op::linear,
                  {at.name + ".context", model + ".out_proj"},
                  "context W_O + b_O",
                  "what the heads found, mixed together"});
  add_norm(rows, at.name, at.queries, at.asks, model + "_layer_norm");
}

/// Position-wise feed-forward network: Vaswani et al. (2017), section 3.3.
void add_feed_forward(Rows& rows, const std::string& layer, Axis tokens, const std::string& input) {
  const std::string site = layer + ".feed_forward";
  const std::string model = "model." + layer;
  rows.push_back({site + ".hidden",
                  tokens,
                  Axis::d_ff,
                  Op::linear,
                  {input, model + ".fc1"},
                  "x W_1 + b_1",
                  "each token alone, spread to d_ff features"});
  rows.push_back({site + ".activation",
                  tokens,
                  Axis::d_ff,
                  Op::activation,
                  {site + ".hidden"},
                  "act(hidden)",
                  "the features that fire"});
  rows.push_back({site + ".output",
                  tokens,
                  Axis::d_model,
                  Op::linear,
                  {site + ".activation", model + ".fc2"},
                  "activation W_2 + b_2",
                  "back to d_model features"});
  add_norm(rows, site, tokens, input, model + ".final_layer_norm");
}

void add_encoder(Rows& rows) {
  rows.push_back(
      {"encoder.ids", Axis::source, Axis::one, Op::given, {}, "", "the source pieces' ids, closed by end-of-sentence"});
  rows.push_back({"encoder.visible", Axis::source, Axis::one, Op::given, {}, "", "1 for a real token, 0 for padding"});
  add_embed(rows, "encoder", Axis::source);
  const std::string below = "encoder.layers.L-1.feed_forward.norm";
  add_attention(rows, {"encoder.layers.L.self_attn", Axis::source, Axis::source, below, below, Op::hide_padding});
  add_feed_forward(rows, "encoder.layers.L", Axis::source, "encoder.layers.L.self_attn.norm");
  rows.push_back({"encoder.memory",
                  Axis::source,
                  Axis::d_model,
                  Op::copy,
                  {"encoder.layers.N-1.feed_forward.norm"},
                  "x of the last layer",
                  "the encoder's result, read by every decoder layer"});
}

void add_decoder(Rows& rows) {
  rows.push_back({"decoder.ids",
                  Axis::target,
                  Axis::one,
                  Op::given,
                  {},
                  "",
                  "the start token, then the target ids without the closing end-of-sentence"});
  add_embed(rows, "decoder", Axis::target);
  const std::string layer = "decoder.layers.L";
  const std::string below = "decoder.layers.L-1.feed_forward.norm";
  add_attention(rows, {layer + ".self_attn", Axis::target, Axis::target, below, below, Op::hide_future});
  add_attention(rows, {layer + ".encoder_attn", Axis::target, Axis::source, layer + ".self_attn.norm", "encoder.memory",
                       Op::hide_padding});
  add_feed_forward(rows, layer, Axis::target, layer + ".encoder_attn.norm");
  rows.push_back({"decoder.logits",
                  Axis::target,
                  Axis::vocab_size,
                  Op::linear,
                  {"decoder.layers.N-1.feed_forward.norm", "lm_head"},
                  "x E^T + b",
                  "row i, column v: how strongly v is proposed as the token after token i"});
  rows.push_back({"decoder.log_probabilities",
                  Axis::target,
                  Axis::vocab_size,
                  Op::log_softmax,
                  {"decoder.logits"},
                  "logits - log(sum(exp(logits))), row by row",
                  "the logarithm of each token's probability to come next"});
}

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

const std::vector<Row>& contract() {
  static const std::vector<Row> rows = [] {
    Rows result;
    add_encoder(result);
    add_decoder(result);
    return result;
  }();
  return rows;
}

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
