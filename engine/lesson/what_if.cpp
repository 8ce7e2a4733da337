#include "engine/lesson/what_if.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "engine/lesson/runs.hpp"
#include "engine/reference/scorer.hpp"
#include "engine/reference/translate.hpp"
#include "engine/trace/trace_file.hpp"

namespace glass::lesson {
namespace {

bool same_bits(const Trace& before, const Trace& after, Name name) {
  const auto a = before.find(name), b = after.find(name);
  if (a == before.end() || b == after.end()) return (a == before.end()) == (b == after.end());
  return a->second.rows == b->second.rows && a->second.cols == b->second.cols &&
         std::memcmp(a->second.values.data(), b->second.values.data(), a->second.values.size() * sizeof(double)) == 0;
}

/// "decoder.layers.1.encoder_attn" for every name in it.
std::string sub_layer(Name name) {
  std::string place = to_string(name);
  place.resize(std::min(place.find(".head."), place.rfind('.')));
  return place;
}

bool on_side(Name name, const std::string& side) { return row_of(name).name.starts_with(side); }

/// Whether any operand on the same side has changed.
bool follows(Name name, const std::string& side, const std::set<Name>& changed, const Dims& dims) {
  const std::vector<std::string> operands = operands_of(name, dims);
  return std::any_of(operands.begin(), operands.end(), [&](const std::string& operand) {
    if (is_tensor(operand) || !operand.starts_with(side)) return false;
    return changed.contains(parse_name(operand).value());
  });
}

void part_side(const std::string& side, const std::set<Name>& changed, const Dims& dims, Parting& parting) {
  std::vector<Name> names = all_names(dims);
  std::erase_if(names, [&](Name name) { return !on_side(name, side); });
  const auto first = std::find_if(names.begin(), names.end(), [&](Name name) { return changed.contains(name); });
  parting.equal.insert(parting.equal.end(), names.begin(), first);
  if (first == names.end()) return;
  const std::string place = sub_layer(*first);
  std::copy_if(first, names.end(), std::back_inserter(parting.equal),
               [&](Name name) { return !changed.contains(name) && sub_layer(name) == place; });
  std::copy_if(first, names.end(), std::back_inserter(parting.first_changed), [&](Name name) {
    return changed.contains(name) && sub_layer(name) == place && !follows(name, side, changed, dims);
  });
}

/// The translation under an experiment, in which the encoder reads so many tokens.
std::string translation(const Session& session, const Experiment& experiment, std::size_t n_source) {
  const Model& model = session.model();
  const search::Settings settings = quick_settings(session, n_source);
  ReferenceScorer scorer(model.weights, experiment.stages, experiment.edits);
  const Translation best = translate(model, experiment, scorer, settings, session.text()).front();
  const bool cut = best.hypothesis.ids.size() + 1 >= settings.max_length;
  return cut ? best.text + " …" : best.text;
}

}  // namespace

std::vector<Name> changed_names(const Trace& before, const Trace& after, const Dims& dims) {
  std::vector<Name> names = all_names(dims);
  std::erase_if(names, [&](Name name) { return same_bits(before, after, name); });
  return names;
}

Parting part(const Trace& before, const Trace& after, const Dims& dims) {
  const std::vector<Name> names = changed_names(before, after, dims);
  const std::set<Name> changed(names.begin(), names.end());
  Parting parting;
  part_side("encoder.", changed, dims, parting);
  part_side("decoder.", changed, dims, parting);
  return parting;
}

Outcome what_if(const Session& session, const Experiment& experiment) {
  const Source source = source_of(session.model().source_ids(session.text(), experiment.segmenter));
  Outcome outcome;
  outcome.after = record(session.model(), experiment, source, read_in(session));
  Parting parting = part(session.trace(), outcome.after, session.dims());
  outcome.equal = std::move(parting.equal);
  outcome.first_changed = std::move(parting.first_changed);
  outcome.before_text = translation(session, {}, session.source_ids().size());
  outcome.after_text = translation(session, experiment, lengths_of(outcome.after).source);
  return outcome;
}

}  // namespace glass::lesson
