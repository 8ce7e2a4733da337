#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace glass::lesson {

/// The folder in which it is remembered how far a learner has come: $XDG_STATE_HOME/glassformer, or
/// ~/.local/state/glassformer; empty where neither is set.
/// @source XDG Base Directory Specification 0.8
[[nodiscard]] std::filesystem::path state_directory();

/// The ids of the lessons that were read to the end.
[[nodiscard]] std::set<std::string> lessons_done(const std::filesystem::path& directory);

/// Remembers one more. Where nothing can be written, nothing is remembered: a lesson does not fail by it.
void mark_done(const std::filesystem::path& directory, const std::string& lesson);

/// Where a reader left a lesson.
struct Place {
  std::string lesson;     ///< its id
  std::size_t slide = 0;  ///< 0: at the beginning
};

/// The places that are remembered, the lesson that was left last at the end.
[[nodiscard]] std::vector<Place> places(const std::filesystem::path& directory);

/// Where this lesson was left; 0 where nothing is remembered.
[[nodiscard]] std::size_t left_at(const std::filesystem::path& directory, const std::string& lesson);

/// Remembers where a lesson is left, in place of what was remembered of it. A lesson does not fail by it.
void remember(const std::filesystem::path& directory, const Place& place);

}  // namespace glass::lesson
