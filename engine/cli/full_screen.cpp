#include "engine/cli/full_screen.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include "engine/cli/program.hpp"
#include "engine/screen/ansi.hpp"
#include "engine/screen/view.hpp"
#include "engine/screen/width.hpp"

namespace glass::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How long an escape may stand alone before it is the key Esc.
constexpr milliseconds kEscapeTime{40};

/// Signals that end a wait come only inside of ppoll while this lives, so that none is missed just before it.
class HeldSignals {
 public:
  HeldSignals() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : {SIGINT, SIGWINCH, SIGTSTP, SIGCONT}) sigaddset(&held, signal);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  [[nodiscard]] const sigset_t& before() const { return before_; }

 private:
  sigset_t before_{};
};

enum class Heard { input, signal, silence };

/// @param until  none: as long as it takes
Heard listen(std::optional<Clock::time_point> until, const sigset_t& signals) {
  timespec time{};
  if (until) {
    const auto left = std::max(*until - Clock::now(), Clock::duration::zero());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    time.tv_sec = seconds.count();
    time.tv_nsec = std::chrono::duration_cast<std::chrono::nanoseconds>(left - seconds).count();
  }
  pollfd input{STDIN_FILENO, POLLIN, 0};
  const int ready = ::ppoll(&input, 1, until ? &time : nullptr, &signals);
  if (ready < 0) return Heard::signal;
  return ready == 0 ? Heard::silence : Heard::input;
}

}  // namespace

bool can_play() {
  const char* const terminal = std::getenv("TERM");
  const std::string_view name = terminal == nullptr ? "" : terminal;
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1 && !name.empty() && name != "dumb";
}

std::string frame(const screen::Lines& lines, const Size& size, screen::Colour colour, bool typing) {
  screen::Lines shown = screen::cropped(lines, size.width);
  shown.resize(size.height);
  std::string text = "\x1b[?2026h\x1b[?25l\x1b[H";
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i > 0) text += "\r\n";
    text += screen::to_ansi(shown[i], colour);
    if (screen::width(shown[i]) < size.width) text += "\x1b[K";  // behind a full line it would clear the last column
  }
  const auto cursor = typing ? screen::cursor_of(shown) : std::nullopt;
  if (cursor)
    text += "\x1b[" + std::to_string(cursor->first + 1) + ";" + std::to_string(cursor->second + 1) + "H\x1b[?25h";
  return text + "\x1b[?2026l";
}

Size FullScreen::size() const {
  winsize known{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &known) != 0 || known.ws_col == 0 || known.ws_row == 0) return {};
  return {known.ws_col, known.ws_row};
}

void FullScreen::draw(const screen::Lines& lines, bool typing) {
  if (!write_all(frame(lines, size(), colour_, typing))) ended_ = true;
}

std::vector<player::Key> FullScreen::read_keys() {
  std::array<char, 4096> bytes{};
  const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  if (count > 0) return reader_.feed({bytes.data(), static_cast<std::size_t>(count)});
  ended_ = count == 0 || (errno != EINTR && errno != EAGAIN);
  return {};
}

std::vector<player::Key> FullScreen::wait(std::optional<milliseconds> timeout) {
  const auto end = timeout ? std::optional(Clock::now() + *timeout) : std::nullopt;
  const HeldSignals held;
  while (!ended_ && !interrupted() && !RawTerminal::take_changed()) {
    const bool undecided = reader_.waiting();
    const Heard heard = listen(undecided ? Clock::now() + kEscapeTime : end, held.before());
    if (heard == Heard::silence && !undecided) return {};
    std::vector<player::Key> keys;
    if (heard == Heard::silence) keys = reader_.flush();
    if (heard == Heard::input) keys = read_keys();
    if (!keys.empty()) return keys;
  }
  return {};
}

}  // namespace glass::cli
