#pragma once

#include <filesystem>

namespace glass::test {

/// The root of the source tree.
inline std::filesystem::path root() { return GLASSFORMER_TEST_ROOT; }

/// tests/data/NAME.
inline std::filesystem::path data(const std::filesystem::path& name) { return root() / "tests" / "data" / name; }

/// The program NAME as this build made it.
inline std::filesystem::path binary(const std::filesystem::path& name) {
  return std::filesystem::path(GLASSFORMER_TEST_BIN) / name;
}

}  // namespace glass::test
