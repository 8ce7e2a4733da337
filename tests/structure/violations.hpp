#pragma once

#include <string>
#include <vector>

#include "tests/structure/files.hpp"

/// The rules of docs/architecture.md and CONTRIBUTING.md that a program can check. Each takes a file's path from the
/// root and its text, and returns one sentence for each place that breaks the rule.
namespace glass::structure {

using Violations = std::vector<std::string>;

Violations wrong_includes(const File& file);        ///< engine's folders include in one direction only
Violations too_long(const File& file);              ///< 400 lines; a stage's header 60, its source 120
Violations prints(const File& file);                ///< in engine/, only lesson/ and cli/ print
Violations unchecked_armadillo(const File& file);   ///< Armadillo without its checks, or an expression in `auto`
Violations machine_paths(const File& file);         ///< a path that exists on one machine only
Violations unfinished(const File& file);            ///< notes to oneself left behind
Violations untidy(const File& file);                ///< tabs, trailing blanks, lines over 120 columns, no last newline
Violations header_without_guard(const File& file);  ///< #pragma once comes first
Violations unknown_place(const std::string& path);  ///< the top level and engine/ hold what the architecture names

}  // namespace glass::structure
