#include "engine/cli/export.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "engine/cli/weight_names.hpp"
#include "engine/trace/nearest.hpp"
#include "engine/trace/trace_file.hpp"

namespace glass::cli {
namespace {

std::vector<std::size_t> sizes(const checkpoint::Tensor& tensor) { return {tensor.shape.begin(), tensor.shape.end()}; }

Array as_stored(const checkpoint::Tensor& tensor) {
  return {kFloat32, sizes(tensor), false, checkpoint::read<double>(tensor), {}};
}

/// W is the stored [out, in] read in Fortran order; a bias is a list, however it is stored.
NamedArray as_letter(const WeightName& weight, const checkpoint::Tensor& tensor) {
  Array array = as_stored(tensor);
  if (weight.transposed) {
    std::reverse(array.shape.begin(), array.shape.end());
    array.fortran_order = true;
  }
  if (weight.tensor == "final_logits_bias") array.shape = {array.size()};
  return {weight.name, std::move(array)};
}

void append_letters(Arrays& arrays, Name name, const Dims& dims, const checkpoint::Checkpoint& checkpoint) {
  for (const WeightName& weight : weights_of(name, dims)) {
    const std::optional<checkpoint::Tensor> tensor = checkpoint.find(weight.tensor);
    if (tensor) arrays.push_back(as_letter(weight, *tensor));
  }
}

/// The last parts of a name: as many as the pattern has, so that `scores` is near to `encoder. ... .head.0.scores`.
std::string ending(const std::string& name, const std::string& glob) {
  std::size_t from = name.size();
  for (auto dots = std::count(glob.begin(), glob.end(), '.') + 1; dots > 0 && from > 0; --dots) {
    from = name.rfind('.', from - 1);
    if (from == std::string::npos) return name;
  }
  return name.substr(std::min(from + 1, name.size()));
}

[[noreturn]] void refuse_glob(const std::string& glob, const std::vector<std::string>& known) {
  std::string nearest_name = known.front();
  for (const std::string& name : known) {
    if (edit_distance(glob, ending(name, glob)) < edit_distance(glob, ending(nearest_name, glob))) nearest_name = name;
  }
  throw std::runtime_error("--name " + in_quotes(glob) + " matches nothing; the nearest is " + nearest_name);
}

/// The chosen names and all that they are computed from.
std::set<Name> with_operands(const std::set<Name>& chosen, const Dims& dims) {
  std::set<Name> result = chosen;
  for (const Name name : chosen) {
    for (const std::string& operand : operands_of(name, dims)) {
      if (!is_tensor(operand)) result.insert(parse_name(operand).value());
    }
  }
  return result;
}

void append_matrix(Arrays& arrays, const golden::Case& matrices, Name name) {
  const auto input = matrices.inputs.find(name);
  const auto expected = matrices.expected.find(name);
  if (input != matrices.inputs.end()) {
    arrays.push_back({"input." + to_string(name), to_array(name, input->second)});
  }
  if (expected != matrices.expected.end()) arrays.push_back({to_string(name), to_array(name, expected->second)});
}

void append_stage(Arrays& arrays, const golden::Case& matrices) {
  if (matrices.stage) arrays.push_back({"stage", {kText, {}, false, {}, {*matrices.stage}}});
}

}  // namespace

bool matches(const std::string& name, const std::string& glob) { return ::fnmatch(glob.c_str(), name.c_str(), 0) == 0; }

Arrays weight_arrays(const checkpoint::Checkpoint& checkpoint, const Dims& dims) {
  Arrays arrays;
  for (const checkpoint::Expected& expected : checkpoint.names()) {
    arrays.push_back({expected.name, as_stored(checkpoint.tensor(expected.name))});
  }
  for (const Name name : all_names(dims)) append_letters(arrays, name, dims, checkpoint);
  return arrays;
}

Arrays weight_arrays(const checkpoint::Checkpoint& checkpoint, const Dims& dims, const std::string& glob) {
  Arrays arrays = weight_arrays(checkpoint, dims);
  std::vector<std::string> known;
  for (const NamedArray& each : arrays) known.push_back(each.name);
  std::erase_if(arrays, [&](const NamedArray& each) { return !matches(each.name, glob); });
  if (arrays.empty()) refuse_glob(glob, known);
  return arrays;
}

Arrays case_arrays(const golden::Case& matrices, const Dims& dims) {
  Arrays arrays;
  append_stage(arrays, matrices);
  for (const Name name : all_names(dims)) append_matrix(arrays, matrices, name);
  return arrays;
}

Arrays stage_arrays(const golden::Case& matrices, const Dims& dims, const checkpoint::Checkpoint& checkpoint,
                    const std::string& glob) {
  std::set<Name> chosen;
  std::vector<std::string> known;
  for (const auto& [name, matrix] : matrices.expected) {
    known.push_back(to_string(name));
    if (matches(known.back(), glob)) chosen.insert(name);
  }
  if (chosen.empty()) refuse_glob(glob, known);
  const std::set<Name> needed = with_operands(chosen, dims);
  Arrays arrays;
  append_stage(arrays, matrices);
  for (const Name name : all_names(dims)) {
    if (needed.contains(name)) append_matrix(arrays, matrices, name);
    if (chosen.contains(name)) append_letters(arrays, name, dims, checkpoint);
  }
  return arrays;
}

}  // namespace glass::cli
