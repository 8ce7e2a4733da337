#pragma once

#include <string>

#include "engine/lesson/session.hpp"

namespace glass::cli {

/// The program of one lesson: prints it, verifies its matrices, and ends with `verified N matrices in M cases`.
/// @return 0; 1 if a matrix or a claim is not as it must be; 2 for errors
int lesson_main(const lesson::Course& course, const std::string& id, int argc, char** argv);

/// The program `course`, on which lessons/run stands: `list`, `check`, `next`, `find WORD`.
int course_main(const lesson::Course& course, int argc, char** argv);

}  // namespace glass::cli
