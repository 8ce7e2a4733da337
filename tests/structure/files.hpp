#pragma once

#include <string>
#include <vector>

namespace glass::structure {

/// A file by its path from the root.
struct File {
  std::string path;
  std::string text;
};

/// The paths of the files git knows; where there is no git, of all files in the known places.
std::vector<std::string> tracked_files();

/// True for the text files that people write: code, scripts, CMake, Markdown.
bool is_source(const std::string& path);

/// All of them, read.
std::vector<File> sources();

}  // namespace glass::structure
