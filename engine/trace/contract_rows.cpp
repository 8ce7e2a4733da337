#include <array>
#include <span>

#include "engine/trace/contract.hpp"
#include "engine/trace/placeholder.hpp"

namespace glass {
namespace {

/// A matrix's rows and columns as the three tables below name them: queries and keys are source or target by the site.
enum class Extent { queries, keys, d_model, d_k, d_ff };

/// A row of one of the tables. In names, `@` is the site and `X` what it reads; in operands, `M` is what it asks
/// (in self-attention X again), `VISIBLE` the mark of real tokens where the site hides padding, `NORM` its norm's
/// weights.
struct Line {
  std::string_view name;
  Extent rows, cols;
  Op op;
  std::array<std::string_view, 2> operands;
  std::string_view formula, meaning;
};

/// Where a table is filled in.
struct Site {
  std::string name;
  Axis queries, keys;
  std::string x, memory, norm;
  Op hide = Op::hide_padding;
};

using enum Extent;

// clang-format off
constexpr Line kEmbed[] = {  // Vaswani et al. (2017), sections 3.4 and 3.5
  {"@.embed.tokens", queries, d_model, Op::lookup, {"@.ids", "model.@.embed_tokens"},
   "E[id]", "the row of the embedding table that each id points at"},
  {"@.embed.scaled", queries, d_model, Op::scale, {"@.embed.tokens"},
   "tokens * sqrt(d_model)", "the table rows, scaled to stand up against the positions"},
  {"@.embed.positions", queries, d_model, Op::position, {"model.@.embed_positions"},
   "sin(p / 10000^(2i/d_model)) | cos(p / 10000^(2i/d_model))",
   "where each token stands: sines in the first half of the row, cosines in the second"},
  {"@.embed.sum", queries, d_model, Op::add, {"@.embed.scaled", "@.embed.positions"},
   "scaled + positions", "what the first layer reads: which token, and where"}};

constexpr Line kAttention[] = {  // sections 3.2.1 and 3.2.2; residual and norm: section 3.1
  {"@.query", queries, d_model, Op::linear, {"X", "model.@.q_proj"},
   "x W_Q + b_Q", "what each token asks, all heads side by side"},
  {"@.key", keys, d_model, Op::linear, {"M", "model.@.k_proj"},
   "x W_K + b_K", "the label by which each token is found, all heads side by side"},
  {"@.value", keys, d_model, Op::linear, {"M", "model.@.v_proj"},
   "x W_V + b_V", "what each token has to say, all heads side by side"},
  {"@.head.H.query", queries, d_k, Op::head_columns, {"@.query"},
   "query[:, H d_k : (H+1) d_k]", "the columns of query that belong to head H"},
  {"@.head.H.key", keys, d_k, Op::head_columns, {"@.key"},
   "key[:, H d_k : (H+1) d_k]", "the columns of key that belong to head H"},
  {"@.head.H.value", keys, d_k, Op::head_columns, {"@.value"},
   "value[:, H d_k : (H+1) d_k]", "the columns of value that belong to head H"},
  {"@.head.H.scores", queries, keys, Op::scaled_dot, {"@.head.H.query", "@.head.H.key"},
   "query key^T / sqrt(d_k)", "row i, column j: how well the question of token i fits the label of token j"},
  {"@.head.H.masked_scores", queries, keys, Op::hide_padding, {"@.head.H.scores", "VISIBLE"},
   "scores where visible, else -inf", "scores with what a token may not see hidden"},
  {"@.head.H.weights", queries, keys, Op::softmax, {"@.head.H.masked_scores"},
   "softmax(masked_scores), row by row", "row i: the shares in which token i listens to the others; they sum to 1"},
  {"@.head.H.context", queries, d_k, Op::mix, {"@.head.H.weights", "@.head.H.value"},
   "weights value", "row i: the values, mixed by token i's weights"},
  {"@.context", queries, d_model, Op::join_heads, {"@.head.H*.context"},
   "[context_0 | context_1 | ...]", "the heads' contexts side by side"},
  {"@.output", queries, d_model, Op::linear, {"@.context", "model.@.out_proj"},
   "context W_O + b_O", "what the heads found, mixed together"}};

constexpr Line kFeedForward[] = {  // section 3.3
  {"@.hidden", queries, d_ff, Op::linear, {"X", "model.LAYER.fc1"},
   "x W_1 + b_1", "each token alone, spread to d_ff features"},
  {"@.activation", queries, d_ff, Op::activation, {"@.hidden"},
   "act(hidden)", "the features that fire"},
  {"@.output", queries, d_model, Op::linear, {"@.activation", "model.LAYER.fc2"},
   "activation W_2 + b_2", "back to d_model features"}};

constexpr Line kAddNorm[] = {  // section 3.1, post-norm
  {"@.residual", queries, d_model, Op::add, {"X", "@.output"},
   "x + output", "the sub-layer's input and its answer, added"},
  {"@.norm", queries, d_model, Op::layer_norm, {"@.residual", "NORM"},
   "(x - mean) / sqrt(variance + 1e-5) * gamma + beta",
   "each row shifted and scaled to mean 0 and variance 1, then by gamma and beta"}};
// clang-format on

Axis axis_of(Extent extent, const Site& site) {
  switch (extent) {
    case queries:
      return site.queries;
    case keys:
      return site.keys;
    case d_model:
      return Axis::d_model;
    case d_k:
      return Axis::d_k;
    case d_ff:
      return Axis::d_ff;
  }
  return Axis::one;
}

std::string operand_of(std::string_view operand, const Site& site) {
  if (operand == "X") return site.x;
  if (operand == "M") return site.memory;
  if (operand == "NORM") return site.norm;
  if (operand == "VISIBLE") return site.hide == Op::hide_padding ? "encoder.visible" : "";
  const std::string layer = site.name.substr(0, site.name.rfind('.'));
  return replaced(replaced(std::string(operand), "@", site.name), "LAYER", layer);
}

void add(std::vector<Row>& rows, std::span<const Line> table, const Site& site) {
  for (const Line& line : table) {
    std::vector<std::string> operands;
    for (const std::string_view operand : line.operands) operands.push_back(operand_of(operand, site));
    std::erase(operands, "");
    const Op op = line.op == Op::hide_padding ? site.hide : line.op;
    rows.push_back({replaced(std::string(line.name), "@", site.name), axis_of(line.rows, site),
                    axis_of(line.cols, site), op, std::move(operands), line.formula, line.meaning});
  }
}

void add_attention(std::vector<Row>& rows, Site site) {
  site.norm = "model." + site.name + "_layer_norm";
  add(rows, kAttention, site);
  add(rows, kAddNorm, site);
}

void add_feed_forward(std::vector<Row>& rows, const std::string& layer, Axis tokens, const std::string& x) {
  const Site site{layer + ".feed_forward", tokens, tokens, x, x, "model." + layer + ".final_layer_norm"};
  add(rows, kFeedForward, site);
  add(rows, kAddNorm, site);
}

void add_encoder(std::vector<Row>& rows) {
  const std::string layer = "encoder.layers.L", below = "encoder.layers.L-1.feed_forward.norm";
  rows.push_back(
      {"encoder.ids", Axis::source, Axis::one, Op::given, {}, "", "the source pieces' ids, closed by end-of-sentence"});
  rows.push_back({"encoder.visible", Axis::source, Axis::one, Op::given, {}, "", "1 for a real token, 0 for padding"});
  add(rows, kEmbed, {"encoder", Axis::source, Axis::source, "", "", ""});
  add_attention(rows, {layer + ".self_attn", Axis::source, Axis::source, below, below, ""});
  add_feed_forward(rows, layer, Axis::source, layer + ".self_attn.norm");
  rows.push_back({"encoder.memory",
                  Axis::source,
                  Axis::d_model,
                  Op::copy,
                  {"encoder.layers.N-1.feed_forward.norm"},
                  "x of the last layer",
                  "the encoder's result, read by every decoder layer"});
}

void add_decoder(std::vector<Row>& rows) {
  const std::string layer = "decoder.layers.L", below = "decoder.layers.L-1.feed_forward.norm";
  rows.push_back({"decoder.ids",
                  Axis::target,
                  Axis::one,
                  Op::given,
                  {},
                  "",
                  "the start token, then the target ids without the closing end-of-sentence"});
  add(rows, kEmbed, {"decoder", Axis::target, Axis::target, "", "", ""});
  add_attention(rows, {layer + ".self_attn", Axis::target, Axis::target, below, below, "", Op::hide_future});
  const std::string after_self = layer + ".self_attn.norm";
  add_attention(rows, {layer + ".encoder_attn", Axis::target, Axis::source, after_self, "encoder.memory", ""});
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

}  // namespace

const std::vector<Row>& contract() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> result;
    add_encoder(result);
    add_decoder(result);
    return result;
  }();
  return rows;
}

}  // namespace glass
