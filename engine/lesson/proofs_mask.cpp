#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/sites.hpp"

namespace glass::lesson::proof {
namespace {

constexpr double kLargeNegative = -1e9;

/// Names of the decoder with a row for every target token that depends on the tokens up to it alone: not the scores
/// that are yet to be masked.
std::vector<Name> causal_names(const Dims& dims) {
  std::vector<Name> names = names_matching(dims, {"decoder.*"});
  std::erase_if(names, [](Name name) {
    const Row& row = row_of(name);
    return row.rows != Axis::target || row.name == "decoder.layers.L.self_attn.head.H.scores";
  });
  return names;
}

}  // namespace

Measured padding_changes_nothing(const Session& session, const Experiment& under) {
  const Source plain = source_in(session);
  Source padded = plain;
  if (plain.ids.size() + 3 > session.model().weights->max_positions)
    return {0, "the sentence leaves no position for padding"};
  padded.ids.insert(padded.ids.end(), 3, session.model().tokenizer.pad());
  padded.visible.insert(padded.visible.end(), 3, 0);
  const Trace without = record(session.model(), under, plain, read_in(session));
  const Trace with = record(session.model(), under, padded, read_in(session));
  const Mat memory = recorded(with, "encoder.memory");
  return {std::max(difference(memory.head_rows(plain.ids.size()), recorded(without, "encoder.memory")),
                   difference(recorded(with, "decoder.logits"), recorded(without, "decoder.logits"))),
          ""};
}

Measured large_negative_is_minus_inf(const Session& session, const Experiment& under) {
  double largest = 0;
  const Stages& stage = under.stages;
  for (const Site& site : attention_sites(session, session.padded(), stage)) {
    for (const auto& [name, matrix] : attend_at(site, stage)) {
      if (!row_of(name).name.ends_with(".scores")) continue;
      const Mat scores(matrix.values.data(), matrix.rows, matrix.cols);
      Mat lowered = scores;
      lowered.elem(arma::find(site.visible != 1)) += kLargeNegative;
      largest = std::max(largest, difference(stage.softmax(stage.mask(scores, site.visible)), stage.softmax(lowered)));
    }
  }
  return {largest, ""};
}

Measured future_is_not_read(const Session& session, const Experiment& under) {
  const Ids read = read_in(session);
  if (read.size() < 2) return {0, "there is only one decoder row"};
  Ids other = read;
  other.back() = (other.back() + 1) % static_cast<std::int64_t>(session.dims().vocab_size);
  const Trace before = record(session.model(), under, source_in(session), read);
  const Trace after = record(session.model(), under, source_in(session), other);
  double largest = 0;
  for (const Name name : causal_names(session.dims())) {
    const Mat earlier = recorded(before, name).head_rows(read.size() - 1);
    largest = std::max(largest, difference(recorded(after, name).head_rows(read.size() - 1), earlier));
  }
  return {largest, ""};
}

}  // namespace glass::lesson::proof
