#include "engine/lesson/progress.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/trace/output_file.hpp"

namespace glass::lesson {
namespace {

constexpr const char* kFile = "lessons-done";
constexpr const char* kPlaces = "lessons-left-at";
constexpr std::size_t kMostPlaces = 1000;  ///< a longer file is not ours

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

std::vector<Place> places(const std::filesystem::path& directory) {
  std::vector<Place> all;
  std::ifstream file(directory / kPlaces);
  for (std::string line; all.size() < kMostPlaces && std::getline(file, line);) {
    std::istringstream words(line);
    Place place;
    if (words >> place.lesson >> place.slide) all.push_back(std::move(place));
  }
  return all;
}

std::size_t left_at(const std::filesystem::path& directory, const std::string& lesson) {
  for (const Place& place : places(directory)) {
    if (place.lesson == lesson) return place.slide;
  }
  return 0;
}

void remember(const std::filesystem::path& directory, const Place& place) {
  if (directory.empty()) return;
  std::vector<Place> all = places(directory);
  std::erase_if(all, [&](const Place& each) { return each.lesson == place.lesson; });
  all.push_back(place);
  std::error_code ignored;
  std::filesystem::create_directories(directory, ignored);
  try {
    OutputFile file(directory / kPlaces);
    for (const Place& each : all) file.write(each.lesson + " " + std::to_string(each.slide) + "\n");
    file.commit();
  } catch (const std::runtime_error&) {  // a full disk, a folder that is not ours: then nothing is remembered
  }
}

}  // namespace glass::lesson
