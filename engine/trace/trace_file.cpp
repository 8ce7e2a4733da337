#include "engine/trace/trace_file.hpp"

#include <stdexcept>

namespace glass {

Array to_array(Name name, const Matrix& matrix) {
  if (row_of(name).op != Op::given) return to_array(matrix);
  if (matrix.cols != 1) {
    throw std::invalid_argument(to_string(name) + " is " + shape(matrix.rows, matrix.cols) + ", expected one column");
  }
  return {kInt64, {matrix.rows}, false, matrix.values, {}};
}

Matrix to_matrix(Name name, const Array& array, const std::string& where) {
  const std::size_t axes = row_of(name).op == Op::given ? 1 : 2;
  if (array.dtype.kind == Kind::text) throw std::runtime_error(where + ": is text, expected numbers");
  if (array.shape.size() != axes) {
    throw std::runtime_error(where + ": has shape " + shape_text(array.shape) + ", expected " +
                             (axes == 1 ? "a list, one number a position" : "a matrix, one row a position"));
  }
  return Matrix(array.view());
}

void write_trace(const std::filesystem::path& file, const Trace& trace) {
  std::vector<NamedArray> arrays;
  arrays.reserve(trace.size());
  for (const auto& [name, matrix] : trace) arrays.push_back({to_string(name), to_array(name, matrix)});
  write_npz(file, arrays);
}

Name known_name(const std::string& key, const Dims& dims, const std::string& file) {
  const std::optional<Name> name = parse_name(key);
  if (name && exists(*name, dims)) return *name;
  std::string message = file + ": " + in_quotes(key) + " is not the name of a matrix";
  const std::vector<std::string> nearest = nearest_names(key, dims);
  for (std::size_t i = 0; i < nearest.size(); ++i) message += (i == 0 ? "; the nearest are " : ", ") + nearest[i];
  throw std::runtime_error(message);
}

Trace read_trace(const std::filesystem::path& file, const Dims& dims) {
  const Npz archive(file);
  Trace trace;
  for (const std::string& key : archive.names()) {
    const Name name = known_name(key, dims, file.string());
    trace.emplace(name, to_matrix(name, archive.read(key), file.string() + ": " + in_quotes(key)));
  }
  return trace;
}

Lengths lengths_of(const Trace& trace) {
  Lengths lengths;
  const auto take = [&](Axis axis, std::size_t length) {
    if (axis == Axis::source && lengths.source == 0) lengths.source = length;
    if (axis == Axis::target && lengths.target == 0) lengths.target = length;
  };
  for (const auto& [name, matrix] : trace) {
    take(row_of(name).rows, matrix.rows);
    take(row_of(name).cols, matrix.cols);
  }
  return lengths;
}

}  // namespace glass
