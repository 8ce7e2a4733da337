#pragma once

#include <string_view>

namespace glass::cli {

/// Takes the terminal over while it lives: single keys without echo (Ctrl-C and Ctrl-Z stay signals), the other
/// screen, no cursor, no wrapping. Everything is given back in the end, whatever the end is: the destructor, `exit`, a
/// signal that ends the program (TERM, HUP, QUIT, SEGV, BUS, FPE, ILL, ABRT, which then does what it does by default),
/// a second SIGINT, or Ctrl-Z, after which SIGCONT takes the terminal over again.
class RawTerminal {
 public:
  /// @throws std::runtime_error unless standard input and output are a terminal; std::logic_error if there is another
  RawTerminal();
  ~RawTerminal();
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

  /// True once after each SIGWINCH and SIGCONT: everything must be drawn again.
  [[nodiscard]] static bool take_changed();
};

/// Writes all of it to standard output, however often that is interrupted. @return false if it cannot
bool write_all(std::string_view bytes);

}  // namespace glass::cli
