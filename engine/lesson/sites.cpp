#include "engine/lesson/sites.hpp"

#include "engine/lesson/names.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/reference/model.hpp"

namespace glass::lesson {
namespace {

Visible visible_at(Name query, const Pass& pass, const Stages& stage) {
  const std::string& row = row_of(query).name;
  if (row.starts_with("decoder.layers.L.self_attn")) return stage.causal(pass.lengths.target);
  const Mat real = recorded(pass.trace, "encoder.visible");
  const bool source_asks = row.starts_with("encoder.");
  return stage.padding(Ids(real.begin(), real.end()), source_asks ? pass.lengths.source : pass.lengths.target);
}

}  // namespace

const AttentionWeights& attention_weights(const Weights& weights, Name name) {
  const std::string& row = row_of(name).name;
  const auto layer = static_cast<std::size_t>(name.layer);
  if (row.starts_with("encoder.")) return weights.encoder.at(layer).self_attn;
  const DecoderLayerWeights& decoder = weights.decoder.at(layer);
  return row.find(".encoder_attn.") == std::string::npos ? decoder.self_attn : decoder.encoder_attn;
}

std::vector<Site> attention_sites(const Session& session, const Pass& pass, const Stages& stage) {
  std::vector<Site> sites;
  for (const Name query : names_matching(session.dims(), {"*_attn.query"})) {
    const std::string x = operands_of(query, session.dims()).front();
    const std::string memory = operands_of(with_leaf(query, "key"), session.dims()).front();
    sites.push_back({query, attention_weights(*session.model().weights, query), recorded(pass.trace, x),
                     recorded(pass.trace, memory), visible_at(query, pass, stage)});
  }
  return sites;
}

Trace attend_at(const Site& site, const Stages& stage) {
  const std::string& row = row_of(site.query).name;
  const bool crosses = row.find(".encoder_attn.") != std::string::npos;
  Recording recording;
  const Seam layer = Seam(recording)
                         .in(row.starts_with("encoder.") ? "encoder" : "decoder")
                         .in("layers", static_cast<std::size_t>(site.query.layer));
  const Seam trace = layer.in(crosses ? "encoder_attn" : "self_attn");
  (crosses ? stage.cross_attention : stage.attention)(stage, site.weights, site.question(), trace);
  return std::move(recording.trace);
}

}  // namespace glass::lesson
