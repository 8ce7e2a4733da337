#include <algorithm>

#include "engine/trace/contract.hpp"
#include "engine/trace/nearest.hpp"

namespace glass {
namespace {

enum class Part { once, layer, head };

Part part_of(const Row& row) {
  if (row.name.find(".head.H.") != std::string::npos) return Part::head;
  return row.name.find(".layers.L.") != std::string::npos ? Part::layer : Part::once;
}

/// Appends rows [first, last) of the contract, which repeat together, for one layer: head rows once a head, head by
/// head.
void append_layer(std::vector<Name>& names, std::size_t first, std::size_t last, std::int16_t layer,
                  std::size_t n_heads) {
  for (std::size_t row = first; row < last;) {
    if (part_of(contract()[row]) == Part::layer) {
      names.push_back({static_cast<std::int16_t>(row++), layer, -1});
      continue;
    }
    std::size_t end = row;
    while (end < last && part_of(contract()[end]) == Part::head) ++end;
    for (std::size_t head = 0; head < n_heads; ++head) {
      for (std::size_t r = row; r < end; ++r)
        names.push_back({static_cast<std::int16_t>(r), layer, static_cast<std::int16_t>(head)});
    }
    row = end;
  }
}

std::size_t extent(Axis axis, const StackDims& stack, const Dims& dims, const Lengths& lengths) {
  switch (axis) {
    case Axis::one:
      return 1;
    case Axis::source:
      return lengths.source;
    case Axis::target:
      return lengths.target;
    case Axis::d_model:
      return dims.d_model;
    case Axis::d_k:
      return dims.d_model / stack.n_heads;
    case Axis::d_ff:
      return stack.d_ff;
    case Axis::vocab_size:
      return dims.vocab_size;
  }
  return 0;
}

}  // namespace

const StackDims& stack_of(Name name, const Dims& dims) {
  return row_of(name).name.starts_with("encoder.") ? dims.encoder : dims.decoder;
}

std::vector<Name> all_names(const Dims& dims) {
  std::vector<Name> names;
  const std::vector<Row>& rows = contract();
  for (std::size_t row = 0; row < rows.size();) {
    if (part_of(rows[row]) == Part::once) {
      names.push_back({static_cast<std::int16_t>(row++), -1, -1});
      continue;
    }
    std::size_t end = row;
    while (end < rows.size() && part_of(rows[end]) != Part::once) ++end;
    const StackDims& stack = rows[row].name.starts_with("encoder.") ? dims.encoder : dims.decoder;
    for (std::size_t layer = 0; layer < stack.n_layers; ++layer) {
      append_layer(names, row, end, static_cast<std::int16_t>(layer), stack.n_heads);
    }
    row = end;
  }
  return names;
}

bool exists(Name name, const Dims& dims) {
  const StackDims& stack = stack_of(name, dims);
  const Part part = part_of(row_of(name));
  const auto within = [](std::int16_t index, bool used, std::size_t count) {
    return used ? index >= 0 && static_cast<std::size_t>(index) < count : index == -1;
  };
  return within(name.layer, part != Part::once, stack.n_layers) && within(name.head, part == Part::head, stack.n_heads);
}

std::pair<std::size_t, std::size_t> shape_of(Name name, const Dims& dims, const Lengths& lengths) {
  const Row& row = row_of(name);
  const StackDims& stack = stack_of(name, dims);
  return {extent(row.rows, stack, dims, lengths), extent(row.cols, stack, dims, lengths)};
}

std::vector<std::string> nearest_names(std::string_view text, const Dims& dims, std::size_t count) {
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const Name name : all_names(dims)) {
    std::string known = to_string(name);
    const std::size_t distance = edit_distance(text, known);
    ranked.emplace_back(distance, std::move(known));
  }
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(count, ranked.size()));
  std::partial_sort(ranked.begin(), end, ranked.end());
  std::vector<std::string> result;
  std::transform(ranked.begin(), end, std::back_inserter(result), [](const auto& entry) { return entry.second; });
  return result;
}

}  // namespace glass
