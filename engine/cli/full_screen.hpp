#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/cli/raw_terminal.hpp"
#include "engine/player/key.hpp"
#include "engine/screen/line.hpp"

namespace glass::cli {

/// True if something can be played: standard input and output are terminals, and TERM is neither empty nor "dumb".
[[nodiscard]] bool can_play();

/// Columns and lines of a terminal.
struct Size {
  std::size_t width = 80, height = 24;
  bool operator==(const Size&) const = default;
};

/// A frame as the bytes that draw it: inside of synchronised output, from the first line on, exactly `size.height`
/// lines, each cropped to the width and cleared to its end. The terminal's cursor is hidden, but while one is `typing`
/// it is shown where Ink::cursor stands.
[[nodiscard]] std::string frame(const screen::Lines& lines, const Size& size, screen::Colour colour, bool typing);

/// The whole terminal, drawn on and read from, while this lives; see RawTerminal for how it is given back.
class FullScreen {
 public:
  /// @throws as RawTerminal does
  explicit FullScreen(screen::Colour colour) : colour_(colour) {}

  /// What the terminal is now; 80 x 24 where that is not known.
  [[nodiscard]] Size size() const;

  /// Draws frame(). Where that cannot be written, the terminal is gone: see ended().
  void draw(const screen::Lines& lines, bool typing = false);

  /// Waits for keys. Nothing comes back where the time is over, where everything must be drawn again (the size changed,
  /// or the program was stopped and goes on), after SIGINT (see interrupted()), and at the end of the input.
  /// @param timeout  none: as long as it takes
  [[nodiscard]] std::vector<player::Key> wait(std::optional<std::chrono::milliseconds> timeout = std::nullopt);

  /// True once the input has ended or nothing can be drawn: the terminal is gone.
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  [[nodiscard]] std::vector<player::Key> read_keys();

  screen::Colour colour_;
  RawTerminal terminal_;
  player::KeyReader reader_;
  bool ended_ = false;
};

}  // namespace glass::cli
