#pragma once

#include <string>

namespace glass::lesson {

/// The definition of a function, from its return type to its closing brace, as the file that was compiled has it.
/// @param file  from the root: "engine/stages/attention.cpp"
/// @throws std::logic_error if the file was not built in, or defines no such function
[[nodiscard]] std::string function_text(const std::string& file, const std::string& function);

/// The text of a file that was built in (see embed.cmake); nullptr if it was not.
[[nodiscard]] const char* built_in_file(const std::string& file);

}  // namespace glass::lesson
