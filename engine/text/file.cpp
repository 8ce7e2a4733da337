#include "engine/text/file.hpp"

#include <fstream>
#include <stdexcept>
#include <system_error>

namespace glass::text {

std::string read_file(const std::filesystem::path& path, std::uint64_t largest) {
  const std::string name = path.string();
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw std::runtime_error(name + ": no such file; a model directory needs it (--model DIR)");
  }
  if (!std::filesystem::is_regular_file(status)) throw std::runtime_error(name + ": is not an ordinary file");
  const std::uint64_t size = std::filesystem::file_size(path, error);
  if (error) throw std::runtime_error(name + ": its size cannot be read: " + error.message());
  if (size > largest) {
    throw std::runtime_error(name + ": has " + std::to_string(size) + " bytes; at most " + std::to_string(largest) +
                             " are read");
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error(name + ": cannot be opened for reading; check its permissions");
  std::string content(static_cast<std::size_t>(size), '\0');
  stream.read(content.data(), static_cast<std::streamsize>(size));
  if (static_cast<std::uint64_t>(stream.gcount()) != size) {
    throw std::runtime_error(name + ": only " + std::to_string(stream.gcount()) + " of " + std::to_string(size) +
                             " bytes could be read");
  }
  return content;
}

}  // namespace glass::text
