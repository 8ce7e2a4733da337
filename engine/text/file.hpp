#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace glass::text {

/// The whole content of an ordinary file.
/// @param largest  more bytes than this are refused before anything is allocated
/// @throws std::runtime_error naming the file if it is missing, no ordinary file, too large or unreadable
std::string read_file(const std::filesystem::path& path, std::uint64_t largest);

}  // namespace glass::text
