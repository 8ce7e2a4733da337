#pragma once

#include <filesystem>

#include "engine/trace/npz.hpp"
#include "engine/trace/recorder.hpp"

namespace glass {

/// A recorded matrix as files have it: float64 in Fortran order; what is given (ids, visible) as a list of int64.
/// @throws std::invalid_argument naming the matrix if something given is not one whole number a position
[[nodiscard]] Array to_array(Name name, const Matrix& matrix);

/// The array as the matrix of this name: two axes, or one for what is given.
/// @param where  names file and array in messages
/// @throws std::runtime_error for another number of axes and for text
[[nodiscard]] Matrix to_matrix(Name name, const Array& array, const std::string& where);

/// Writes a trace as .npz, one array a name; whole or not at all. @throws as write_npz
void write_trace(const std::filesystem::path& file, const Trace& trace);

/// Reads a trace from .npz.
/// @param dims  says which names there are
/// @throws std::runtime_error for a name that a model of these sizes has not, with the nearest ones
[[nodiscard]] Trace read_trace(const std::filesystem::path& file, const Dims& dims);

/// The contract name that a file's key stands for.
/// @throws std::runtime_error naming file and key, with the nearest names of a model of these sizes
[[nodiscard]] Name known_name(const std::string& key, const Dims& dims, const std::string& file);

/// The lengths of both sides, from the matrices that are there; 0 for a side that no matrix tells.
[[nodiscard]] Lengths lengths_of(const Trace& trace);

}  // namespace glass
