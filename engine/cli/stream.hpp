#pragma once

#include <functional>
#include <string>
#include <vector>

namespace glass::cli {

/// What became of one line.
struct Answer {
  std::string output;  ///< whole lines, each with its line end
  std::string error;   ///< one sentence; empty if all went well
};

/// Answers one line; called from several threads at once, each with its own copy.
using Translator = std::function<Answer(const std::string& line)>;

/// Answers every line of standard input in order, as soon as it can, on `translators.size()` threads; memory does not
/// grow with the number of lines. Errors go to standard error as `NAME: line N: error: ...` and the rest goes on.
/// @return the exit status: 0, 2 if a line had an error, 130 if interrupted (what was finished is printed)
int stream(const std::string& name, const std::vector<Translator>& translators);

}  // namespace glass::cli
