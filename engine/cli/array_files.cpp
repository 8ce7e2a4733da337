#include "engine/cli/array_files.hpp"

#include <deque>
#include <stdexcept>

#include "engine/cli/options.hpp"
#include "engine/cli/program.hpp"
#include "engine/trace/npz.hpp"
#include "engine/trace/output_file.hpp"

namespace glass::cli {
namespace {

namespace fs = std::filesystem;
using Format = Destination::Format;

const std::vector<std::pair<std::string, Format>>& endings() {
  static const std::vector<std::pair<std::string, Format>> table = {
      {".npz", Format::npz}, {".npy", Format::npy}, {".csv", Format::csv}, {".json", Format::json}};
  return table;
}

std::string ending(Format format) {
  for (const auto& [text, each] : endings()) {
    if (each == format) return text;
  }
  return "";
}

std::string contents(const NamedArray& named, Format format) {
  if (format == Format::csv) return to_csv(named.array);
  if (format == Format::json) return to_json({named});
  return npy_prefix(named.array) + npy_data(named.array);
}

/// Writes every file under a temporary name first, then puts all in place.
void write_files(const Arrays& arrays, const Destination& to) {
  std::deque<OutputFile> files;
  for (const NamedArray& named : arrays) {
    stop_if_interrupted();
    files.emplace_back(to.path / (named.name + ending(to.format))).write(contents(named, to.format));
  }
  for (OutputFile& file : files) file.commit();
}

void write_one(const Arrays& arrays, const fs::path& file, Format format) {
  if (format == Format::npz) return write_npz(file, arrays);
  if (format != Format::json && arrays.size() != 1) {
    throw UsageError(file.string() + ": holds one array, but there are " + std::to_string(arrays.size()) +
                     " (with what it is computed from); write to a directory, to .npz or to .json");
  }
  OutputFile output(file);
  output.write(format == Format::json ? to_json(arrays) : contents(arrays.front(), format));
  output.commit();
}

/// A directory that is made if it is missing, and goes again if nothing came into it.
class Directory {
 public:
  explicit Directory(fs::path path) : path_(std::move(path)) {
    std::error_code error;
    if (!path_.empty()) made_ = fs::create_directories(path_, error);
    if (error) throw std::runtime_error(path_.string() + ": cannot be made: " + error.message());
  }
  ~Directory() {
    std::error_code not_empty;
    if (made_) fs::remove(path_, not_empty);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

 private:
  fs::path path_;
  bool made_ = false;
};

}  // namespace

Destination destination(const std::string& to, const std::string& format) {
  if (to.empty()) throw UsageError("--to says where to write: --to FILE.npz or --to DIR");
  Destination result{to, Format::npy, true};
  for (const auto& [text, each] : endings()) {
    if (fs::path(to).extension() == text) result = {to, each, false};
  }
  for (const auto& [text, each] : endings()) {
    if ("." + format != text || each == result.format) continue;
    if (!result.directory) throw UsageError("--format " + format + " contradicts --to " + to);
    result.format = each;
  }
  std::error_code ignored;
  if (!result.directory || !fs::exists(to, ignored) || fs::is_directory(to, ignored)) return result;
  throw UsageError("--to " + to + " is no directory; the name of a file ends in .npz, .npy, .csv or .json");
}

void write_arrays(const Arrays& arrays, const Destination& to, const std::string& what) {
  const Directory directory(to.directory ? to.path : to.path.parent_path());
  if (!to.directory) return write_one(arrays, to.path, to.format);
  if (to.format == Format::npz) return write_npz(to.path / (what + ".npz"), arrays);
  write_files(arrays, to);
}

}  // namespace glass::cli
