#pragma once

#include <chrono>
#include <cstddef>

namespace glass::cli {

/// A line on standard error that says how far a stream has come, where that is a terminal and standard input is not.
class Progress {
 public:
  Progress();

  /// Redraws the line, at most ten times a second.
  /// @param bytes  of standard input that were answered; a bar shows their share where it is a file
  void show(std::size_t lines, std::size_t bytes);

  /// Takes the line away, so that something else can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool enabled_ = false, shown_ = false;
  std::size_t total_bytes_ = 0;  ///< 0 where it is not known
  Clock::time_point start_ = Clock::now(), last_{};
};

}  // namespace glass::cli
