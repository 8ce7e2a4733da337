#include "engine/lesson/verify.hpp"

#include <algorithm>

namespace glass::lesson {
namespace {

/// Thrown at the seam once everything wanted is recorded.
struct Enough {};

Ids ids_in(const Trace& trace, std::string_view name) {
  const Matrix& column = trace.at(parse_name(name).value());
  return {column.values.begin(), column.values.end()};
}

Source source_in(const golden::Case& whole) {
  return {ids_in(whole.expected, "encoder.ids"), ids_in(whole.expected, "encoder.visible")};
}

/// Any ids will do where the inputs are forced; only their number matters.
Ids stand_in(std::int64_t id, std::size_t length) { return Ids(std::max<std::size_t>(length, 1), id); }

Edit force(const Trace& inputs) {
  return [inputs](Name name, Matrix& value, const Trace&) {
    if (const auto input = inputs.find(name); input != inputs.end()) value = input->second;
  };
}

/// Stops the run when the first name passes after all wanted ones are there.
Edit stop_after(std::size_t n_matrices) {
  return [n_matrices](Name, Matrix&, const Trace& so_far) {
    if (so_far.size() == n_matrices) throw Enough{};
  };
}

}  // namespace

Trace run_case(const Model& model, const Stages& stage, const golden::Case& golden_case) {
  Recording recording;
  const Weights& weights = *model.weights;
  if (!golden_case.stage) {
    run(weights, stage, source_in(golden_case), ids_in(golden_case.expected, "decoder.ids"), Seam(recording));
    return std::move(recording.trace);
  }
  const Trace& expected = golden_case.expected;
  recording.wants = [&expected](Name name) { return expected.find(name) != expected.end(); };
  recording.edits = {stop_after(expected.size()), force(golden_case.inputs)};
  const Source source = source_of(stand_in(model.tokenizer.eos(), golden_case.lengths.source));
  const Ids read = stand_in(model.tokenizer.eos(), golden_case.lengths.target);
  try {
    run(weights, stage, source, read, Seam(recording));
  } catch (const Enough&) {
  }
  return std::move(recording.trace);
}

golden::Verdict verify(const Model& model, const Stages& stage, const golden::Case& golden_case) {
  return golden::compare(golden_case.expected, run_case(model, stage, golden_case), model.dims);
}

Labels labels_of(const Model& model, const Trace& trace) {
  const text::Tokenizer& tokenizer = model.tokenizer;
  return glass::labels_of(
      trace, [tokenizer](std::int64_t id) { return tokenizer.piece(id, text::Side::source); },
      [tokenizer](std::int64_t id) { return tokenizer.piece(id, text::Side::target); }, tokenizer.eos());
}

}  // namespace glass::lesson
