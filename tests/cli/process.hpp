#pragma once

#include <string>
#include <vector>

#include "tests/support/temporary.hpp"

namespace glass::test {

/// What a program left: everything it printed, and its exit status as a shell would show it.
struct Result {
  std::string out, err;
  int status = 0;
};

/// How to run a program beside its words.
struct Setting {
  std::string input{};                     ///< its standard input
  std::string to{};                        ///< a file that takes its standard output instead of us
  std::vector<std::string> environment{};  ///< NAME=VALUE
  double interrupt_after = 0;              ///< seconds after which it gets SIGINT; 0: never
  std::size_t close_after = 0;             ///< bytes of output after which we stop listening; 0: never
};

/// Runs build/bin/NAME with these words and waits for its end.
Result run(const std::string& name, const std::vector<std::string>& words, const Setting& setting = {});

/// The text's lines without their ends.
std::vector<std::string> lines(const std::string& text);

}  // namespace glass::test
