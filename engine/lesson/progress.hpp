#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace glass::lesson {

/// The folder in which it is remembered how far a learner has come: $XDG_STATE_HOME/glassformer, or
/// ~/.local/state/glassformer; empty where neither is set.
/// @source XDG Base Directory Specification 0.8
[[nodiscard]] std::filesystem::path state_directory();

/// The ids of the lessons that were read to the end.
[[nodiscard]] std::set<std::string> lessons_done(const std::filesystem::path& directory);

/// Remembers one more. Where nothing can be written, nothing is remembered: a lesson does not fail by it.
void mark_done(const std::filesystem::path& directory, const std::string& lesson);

}  // namespace glass::lesson
