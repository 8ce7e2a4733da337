#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "engine/cli/options.hpp"

namespace glass::cli {

/// Exit statuses of every program.
enum Exit { kSuccess = 0, kMismatch = 1, kError = 2, kInterrupted = 130, kClosedPipe = 141 };

/// The frame around every `main`: parses the command line, answers --help and --version, runs the body, and turns what
/// it throws into one line `NAME: error: ...` on standard error and exit status 2. A closed pipe ends it silently with
/// 141, SIGINT with 130 once the body notices `interrupted()`.
int run(const Program& program, int argc, char** argv, const std::function<int(const Arguments&)>& body);

/// Writes to standard output. @throws std::runtime_error if that fails (a full disk); ends the program if the pipe
/// closed
void print(const std::string& text);

/// Hands everything printed to the system. @throws as print does
void flush();

/// One line on standard error: `NAME: error: ...`. Control characters in it are made visible.
void complain(const std::string& name, const std::string& message);

/// True after SIGINT; a second one ends the program at once.
[[nodiscard]] bool interrupted();

/// What is done before a second SIGINT ends the program at once; nullptr: nothing. It is called by the signal's
/// handler, so it may call only what is safe there.
void before_sudden_end(void (*hook)());

/// Ends the program with 130 if it was interrupted, everything cleaned up behind it. Called between two pieces of work.
void stop_if_interrupted();

/// The folder with model/ and golden/: $GLASSFORMER_DATA, or beside the program (../../data in a build tree,
/// ../share/glassformer where installed). @throws std::runtime_error naming where it looked
[[nodiscard]] std::filesystem::path data_directory();

}  // namespace glass::cli
