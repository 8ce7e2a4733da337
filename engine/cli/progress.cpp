#include "engine/cli/progress.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace glass::cli {

Progress::Progress() : enabled_(isatty(STDERR_FILENO) == 1 && isatty(STDIN_FILENO) == 0) {
  struct stat input {};
  if (fstat(STDIN_FILENO, &input) == 0 && S_ISREG(input.st_mode))
    total_bytes_ = static_cast<std::size_t>(input.st_size);
}

void Progress::show(std::size_t lines, std::size_t bytes) {
  using namespace std::chrono_literals;
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now - last_ < 100ms) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string bar;
  if (total_bytes_ > 0) {
    constexpr std::size_t kWidth = 24;
    const std::size_t full = std::min(kWidth, bytes * kWidth / total_bytes_);
    bar = " [" + std::string(full, '#') + std::string(kWidth - full, '.') + "]";
  }
  std::fprintf(stderr, "\r%zu lines%s %.1f lines/s \033[K", lines, bar.c_str(),
               static_cast<double>(lines) / std::max(seconds, 1e-3));
}

void Progress::clear() {
  if (!shown_) return;
  std::fputs("\r\033[K", stderr);
  shown_ = false;
}

}  // namespace glass::cli
