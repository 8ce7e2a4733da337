#pragma once

#include <memory>
#include <string>

#include "engine/lesson/session.hpp"
#include "engine/screen/line.hpp"

namespace glass::cli {

/// Steps through a lesson in the terminal until the reader leaves it, from where it was left.
/// @return 0; 1 if the last screen found a difference, which is printed
int play(const std::shared_ptr<const lesson::Session>& session, const lesson::Lesson& lesson,
         const screen::Style& style);

/// What stands on the screen after these keys (see player::keys_of), in a window of this size.
/// @throws std::invalid_argument for a word that is no key
[[nodiscard]] screen::Lines after_keys(const std::shared_ptr<const lesson::Session>& session,
                                       const lesson::Lesson& lesson, const std::string& keys,
                                       const screen::Style& style, std::size_t height);

}  // namespace glass::cli
