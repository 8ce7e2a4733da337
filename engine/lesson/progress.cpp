#include "engine/lesson/progress.hpp"

#include <cstdlib>
#include <fstream>

namespace glass::lesson {
namespace {

constexpr const char* kFile = "lessons-done";

std::filesystem::path directory_in(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? "" : std::filesystem::path(value);
}

}  // namespace

std::filesystem::path state_directory() {
  if (const std::filesystem::path state = directory_in("XDG_STATE_HOME"); state.is_absolute())
    return state / "glassformer";
  const std::filesystem::path home = directory_in("HOME");
  return home.is_absolute() ? home / ".local" / "state" / "glassformer" : "";
}

std::set<std::string> lessons_done(const std::filesystem::path& directory) {
  std::set<std::string> done;
  std::ifstream file(directory / kFile);
  for (std::string line; std::getline(file, line);) done.insert(line);
  return done;
}

void mark_done(const std::filesystem::path& directory, const std::string& lesson) {
  if (directory.empty() || lessons_done(directory).contains(lesson)) return;
  std::error_code ignored;
  std::filesystem::create_directories(directory, ignored);
  std::ofstream(directory / kFile, std::ios::app) << lesson << "\n";
}

}  // namespace glass::lesson
