#include "tests/structure/files.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>

#include "tests/support/paths.hpp"

namespace glass::structure {
namespace {

const std::set<std::string> kEndings = {".cpp", ".hpp", ".ipp", ".py", ".sh", ".cmake", ".md", ".js", ".css", ".in"};
const std::set<std::string> kUntracked = {".git", "work"};

std::vector<std::string> known_to_git() {
  const std::string command = "git -C '" + glass::test::root().string() + "' ls-files 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  std::array<char, 4096> buffer{};
  while (pipe != nullptr) {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
    if (count == 0) break;
    output.append(buffer.data(), count);
  }
  std::vector<std::string> paths;
  std::istringstream stream(output);
  for (std::string path; std::getline(stream, path);) paths.push_back(path);
  return paths;
}

}  // namespace

std::vector<std::string> tracked_files() {
  std::vector<std::string> paths = known_to_git();
  if (!paths.empty()) return paths;
  for (const auto& top : std::filesystem::directory_iterator(glass::test::root())) {
    const std::string name = top.path().filename().string();
    if (kUntracked.count(name) == 1 || name.rfind("build", 0) == 0) continue;
    if (top.is_regular_file()) paths.push_back(name);
    if (!top.is_directory()) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
      if (entry.is_regular_file()) paths.push_back(entry.path().lexically_relative(glass::test::root()).string());
    }
  }
  return paths;
}

bool is_source(const std::string& path) {
  if (path.rfind("tests/data/", 0) == 0) return false;
  const std::string name = std::filesystem::path(path).filename().string();
  return name == "run" || name == "CMakeLists.txt" ||
         kEndings.count(std::filesystem::path(name).extension().string()) == 1;
}

std::vector<File> sources() {
  std::vector<File> files;
  for (const std::string& path : tracked_files()) {
    std::ifstream stream(glass::test::root() / path, std::ios::binary);
    if (stream && is_source(path)) files.push_back({path, std::string(std::istreambuf_iterator<char>(stream), {})});
  }
  return files;
}

}  // namespace glass::structure
