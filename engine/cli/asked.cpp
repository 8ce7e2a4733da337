#include "engine/cli/asked.hpp"

#include <algorithm>
#include <charconv>

#include "engine/cli/options.hpp"
#include "engine/trace/array.hpp"
#include "engine/trace/nearest.hpp"
#include "engine/trace/written_index.hpp"

namespace glass::cli {
namespace {

constexpr std::size_t kNearest = 3;
constexpr std::size_t kCompared = 200;  ///< bytes of a name that are compared with every other

/// The names that end in what was typed, as `scores` may be meant, or else those with the fewest differences.
std::vector<std::string> meant(const std::string& typed, std::vector<std::string> names) {
  const std::string text = typed.substr(0, kCompared);
  const auto rank = [&](const std::string& name) {
    return !text.empty() && name.ends_with("." + text) ? 0 : 1 + edit_distance(text, name);
  };
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (std::string& name : names) {
    const std::size_t distance = rank(name);
    ranked.emplace_back(distance, std::move(name));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (std::size_t k = 0; k < std::min(kNearest, ranked.size()); ++k) result.push_back(ranked[k].second);
  return result;
}

std::size_t step_number(const std::string& list, const std::string& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return number;
  throw UsageError("--up is " + in_quotes(list) +
                   ", expected operands by their numbers, each maybe with an element: 2 or 2:17,1");
}

}  // namespace

bool is_matrix(const Model& model, const std::string& name) {
  const std::optional<Name> found = parse_name(name);
  if (found && exists(*found, model.dims)) return true;
  if (model.checkpoint.find(name)) return false;
  std::vector<std::string> names;
  for (const Name each : all_names(model.dims)) names.push_back(to_string(each));
  for (const checkpoint::Expected& tensor : model.checkpoint.names()) names.push_back(tensor.name);
  std::string complaint =
      in_quotes(name) + " is neither a matrix of this model nor a tensor of its checkpoint; the nearest are";
  for (const std::string& near : meant(name, std::move(names))) complaint += " " + near;
  throw UsageError(complaint);
}

CellRef cell_of(const Asked& asked, const lesson::Session& session) {
  const bool tensor = !is_matrix(session.model(), asked.name);
  const Sources sources = session.sources(session.plain());
  CellRef cell{asked.name, tensor, 0, 0};
  if (tensor) {
    const MatrixView view = sources.tensor(asked.name);
    cell.row = numbered_index("row", asked.name, view.rows, asked.row);
    cell.col = numbered_index("column", asked.name, view.cols, asked.column);
    return cell;
  }
  const Name name = parse_name(asked.name).value();
  const auto [rows, cols] = shape_of(name, sources.dims, sources.lengths);
  cell.row = row_index(name, rows, asked.row, session.labels());
  cell.col = column_index(name, cols, asked.column, session.labels());
  return cell;
}

std::vector<UpStep> up_steps(const std::string& list) {
  std::vector<UpStep> steps;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t end = std::min(list.find(',', from), list.size());
    const std::string step = list.substr(from, end - from);
    const std::size_t colon = step.find(':');
    steps.push_back({step_number(list, step.substr(0, colon)), std::nullopt});
    if (colon != step.npos) steps.back().element = step_number(list, step.substr(colon + 1));
    from = end + 1;
  }
  return steps;
}

}  // namespace glass::cli
