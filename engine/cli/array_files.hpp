#pragma once

#include <filesystem>
#include <string>

#include "engine/cli/export.hpp"

namespace glass::cli {

/// Where arrays are written, and how.
struct Destination {
  enum class Format { npz, npy, csv, json };
  std::filesystem::path path;
  Format format = Format::npz;
  bool directory = false;  ///< one file an array in it (npz: one file, named after what it holds)
};

/// A path that ends in .npz, .npy, .csv or .json is a file; any other is a directory.
/// @param format  the word of --format; empty: by the ending, for a directory npy
/// @throws UsageError if there is no path, or format and ending contradict each other
[[nodiscard]] Destination destination(const std::string& to, const std::string& format);

/// Writes the arrays, all or none; missing directories are made. CSV has a line a row; JSON is an object of nested
/// lists. Numbers are written so that reading them gives the same bits; infinities as `-inf`, in JSON as "-Infinity".
/// @param what  names an .npz within a directory
/// @throws std::runtime_error with the system's reason; UsageError for several arrays to one .npy or .csv
void write_arrays(const Arrays& arrays, const Destination& to, const std::string& what);

/// The array as lines of comma-separated numbers, a row each.
[[nodiscard]] std::string to_csv(const Array& array);

/// The arrays as one JSON object.
[[nodiscard]] std::string to_json(const Arrays& arrays);

}  // namespace glass::cli
