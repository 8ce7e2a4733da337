#include "engine/golden/case.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include "engine/trace/trace_file.hpp"

namespace glass::golden {
namespace {

constexpr std::string_view kStage = "stage";
constexpr std::string_view kInput = "input.";

std::string read_stage(const Npz& archive, const Dims& dims, const std::string& file) {
  const Array array = archive.read(std::string(kStage));
  if (array.dtype.kind != Kind::text || array.texts.size() != 1) {
    throw std::runtime_error(file + ": \"stage\" is " + to_string(array.dtype) + " of shape " +
                             shape_text(array.shape) + ", expected one text, a contract name");
  }
  return to_string(known_name(array.texts[0], dims, file + ": \"stage\""));
}

void check_shapes(const Trace& trace, const Dims& dims, const Lengths& lengths, const std::string& file) {
  for (const auto& [name, matrix] : trace) {
    const auto [rows, cols] = shape_of(name, dims, lengths);
    if (matrix.rows == rows && matrix.cols == cols) continue;
    throw std::runtime_error(file + ": " + to_string(name) + " is " + shape(matrix.rows, matrix.cols) + ", expected " +
                             shape(rows, cols));
  }
}

Lengths lengths_of_case(const Case& golden) {
  Trace all = golden.inputs;
  all.insert(golden.expected.begin(), golden.expected.end());
  return lengths_of(all);
}

void check(const Case& golden, const Dims& dims, const std::string& file) {
  if (golden.stage && golden.inputs.empty()) throw std::runtime_error(file + ": a stage case without an input.NAME");
  if (!golden.stage && !golden.inputs.empty()) throw std::runtime_error(file + ": has inputs, but no \"stage\"");
  for (const std::string_view ids : {"encoder.ids", "decoder.ids"}) {
    if (!golden.stage && !golden.expected.contains(parse_name(ids).value())) {
      throw std::runtime_error(file + ": has no " + std::string(ids) + ", which every case but a stage case needs");
    }
  }
  check_shapes(golden.inputs, dims, golden.lengths, file);
  check_shapes(golden.expected, dims, golden.lengths, file);
}

}  // namespace

Case load(const std::filesystem::path& file, const Dims& dims) {
  const Npz archive(file);
  Case golden;
  golden.name = file.stem().string();
  for (const std::string& key : archive.names()) {
    if (key == kStage) {
      golden.stage = read_stage(archive, dims, file.string());
      continue;
    }
    const bool is_input = key.starts_with(kInput);
    const Name name = known_name(is_input ? key.substr(kInput.size()) : key, dims, file.string());
    Matrix matrix = to_matrix(name, archive.read(key), file.string() + ": " + in_quotes(key));
    (is_input ? golden.inputs : golden.expected).emplace(name, std::move(matrix));
  }
  golden.lengths = lengths_of_case(golden);
  check(golden, dims, file.string());
  return golden;
}

const std::vector<std::string>& required_cases() {
  static const std::vector<std::string> names = {"equal-length", "flat-row",  "hello", "huge-scores",
                                                 "long",         "one-token", "padded"};
  return names;
}

std::vector<std::string> case_names(const std::filesystem::path& directory) {
  std::error_code error;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".npz") names.push_back(entry.path().stem().string());
  }
  if (error) throw std::runtime_error(directory.string() + ": cannot be read: " + error.message());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace glass::golden
