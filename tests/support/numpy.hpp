#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/temporary.hpp"

namespace glass::test {

/// True if the distribution's Python has NumPy.
inline bool has_numpy() { return std::system("/usr/bin/python3 -c 'import numpy' 2>/dev/null") == 0; }

/// Runs a program of Python in a directory, `np` being NumPy. @return what it printed; its error, if it failed
inline std::string run_numpy(const TemporaryDirectory& directory, const std::string& program) {
  const std::filesystem::path script = write_file(directory / "script.py", "import numpy as np\n" + program);
  const std::filesystem::path output = directory / "output.txt";
  const std::string command = "cd '" + directory.path().string() + "' && /usr/bin/python3 '" + script.string() +
                              "' > '" + output.string() + "' 2>&1";
  const int status = std::system(command.c_str());
  const std::string printed = read_file(output);
  return status == 0 ? printed : "failed: " + printed;
}

}  // namespace glass::test
