#pragma once

#include "engine/lesson/lesson.hpp"
#include "engine/lesson/session.hpp"

namespace glass::lesson {

/// All lessons, in order: one for each folder lessons/NN_name, whose lesson.cpp defines `lesson_NN_name`.
[[nodiscard]] const Course& course();

}  // namespace glass::lesson
