#include <cmath>

#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/sites.hpp"

namespace glass::lesson::proof {
namespace {

/// The paper's table: sine and cosine of the same angle in neighbouring columns.
Mat interleaved_positions(std::size_t n_positions, std::size_t d_model) {
  Mat table(n_positions, d_model);
  for (std::size_t j = 0; j < d_model; ++j) {
    const std::size_t pair = j / 2;
    const double exponent = 2.0 * static_cast<double>(pair) / static_cast<double>(d_model);
    for (std::size_t p = 0; p < n_positions; ++p) {
      const double angle = static_cast<double>(p) / std::pow(10000.0, exponent);
      table(p, j) = static_cast<float>(j % 2 == 0 ? std::sin(angle) : std::cos(angle));
    }
  }
  return table;
}

/// Even columns first, then the odd ones.
Mat halves_of(const Mat& interleaved) {
  Mat halves(interleaved.n_rows, interleaved.n_cols);
  const arma::uword n_even = (interleaved.n_cols + 1) / 2;
  for (arma::uword j = 0; j < interleaved.n_cols; ++j)
    halves.col(j) = interleaved.col(j < n_even ? 2 * j : 2 * (j - n_even) + 1);
  return halves;
}

/// The part of a projection that makes one head's columns.
Linear part_of(const Linear& whole, std::size_t head, std::size_t n_heads) {
  return {whole.name, std::make_shared<const Mat>(columns_of_head(whole.W(), head, n_heads)),
          columns_of_head(Mat(whole.b), head, n_heads)};
}

}  // namespace

Measured interleaved_is_a_permutation(const Session& session, const Experiment& under) {
  if (!session.model().weights->encoder_embed.positions.is_empty())
    return {0, "the checkpoint brings a position table of its own"};
  const std::size_t n_positions = std::max(session.plain().lengths.source, session.plain().lengths.target);
  const std::size_t d_model = session.dims().d_model;
  return {
      difference(under.stages.positions(n_positions, d_model), halves_of(interleaved_positions(n_positions, d_model))),
      ""};
}

Measured one_projection_cut_is_many(const Session& session, const Experiment& under) {
  double largest = 0;
  const Stages& stage = under.stages;
  for (const Site& site : attention_sites(session, session.plain(), stage)) {
    const std::size_t n_heads = site.weights.n_heads;
    for (const Linear* linear : {&site.weights.query, &site.weights.key, &site.weights.value}) {
      const Mat& x = linear == &site.weights.query ? site.x : site.memory;
      const std::vector<Mat> cut = stage.split_heads(stage.project(x, *linear), n_heads);
      for (std::size_t h = 0; h < n_heads; ++h)
        largest = std::max(largest, difference(stage.project(x, part_of(*linear, h, n_heads)), cut.at(h)));
    }
  }
  return {largest, ""};
}

Measured head_is_a_range_of_columns(const Session& session, const Experiment& under) {
  double largest = 0;
  for (const Name name : names_matching(session.dims(), {"*_attn.query", "*_attn.key", "*_attn.value"})) {
    const Mat whole = recorded(session.trace(), name);
    const std::size_t n_heads = stack_of(name, session.dims()).n_heads;
    const std::vector<Mat> heads = under.stages.split_heads(whole, n_heads);
    for (std::size_t h = 0; h < n_heads; ++h)
      largest = std::max(largest, difference(heads.at(h), columns_of_head(whole, h, n_heads)));
  }
  return {largest, ""};
}

}  // namespace glass::lesson::proof
