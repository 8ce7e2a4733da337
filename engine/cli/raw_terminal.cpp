#include "engine/cli/raw_terminal.hpp"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "engine/cli/program.hpp"

namespace glass::cli {
namespace {

/// The other screen, no cursor, no wrapping.
constexpr std::string_view kTake = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[0m\x1b[H\x1b[2J";
/// Ends a frame that was cut off, and undoes kTake.
constexpr std::string_view kGiveBack = "\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

constexpr std::array kDeadly = {SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr std::array kOthers = {SIGTSTP, SIGCONT, SIGWINCH};
constexpr std::size_t kStackBytes = 65536;

// What signal handlers read.
termios before_us{};
termios ours{};
volatile std::sig_atomic_t alive = 0, taken = 0, changed = 0;

std::array<struct sigaction, kDeadly.size() + kOthers.size()> actions_before{};
std::array<char, kStackBytes> handler_stack;

void take_over() {
  taken = 1;
  tcsetattr(STDIN_FILENO, TCSANOW, &ours);  // stops a program in the background until it is in front
  write_all(kTake);
}

void give_back() {
  if (taken == 0) return;
  write_all(kGiveBack);
  tcsetattr(STDIN_FILENO, TCSANOW, &before_us);
  taken = 0;
}

void by_default(int signal) {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, nullptr);
}

/// What is ignored already stays ignored.
void handle(int signal, void (*handler)(int), struct sigaction* before) {
  sigaction(signal, nullptr, before);
  if (before->sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  if (signal == SIGCONT) sigdelset(&action.sa_mask, SIGTTOU);
  sigaction(signal, &action, before);
}

extern "C" void on_deadly_signal(int signal) {
  give_back();
  by_default(signal);
  raise(signal);  // comes as soon as this handler returns
}

extern "C" void on_stop(int signal) {
  const int error = errno;
  give_back();
  struct sigaction ours_again {};
  sigaction(signal, nullptr, &ours_again);
  by_default(signal);
  raise(signal);
  sigset_t only, mask;
  sigemptyset(&only);
  sigaddset(&only, signal);
  pthread_sigmask(SIG_UNBLOCK, &only, &mask);  // stops here
  sigset_t pending;
  const bool stopped = sigpending(&pending) == 0 && sigismember(&pending, SIGCONT) == 1;
  if (!stopped) {  // nobody could let an orphaned program go on, so the kernel does not stop it
    take_over();
    changed = 1;
  }
  pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  sigaction(signal, &ours_again, nullptr);
  errno = error;
}

extern "C" void on_continue(int /*signal*/) {
  const int error = errno;
  if (alive != 0) take_over();
  changed = 1;
  errno = error;
}

extern "C" void on_resize(int /*signal*/) { changed = 1; }

void install_handlers() {
  std::size_t next = 0;
  for (const int signal : kDeadly) handle(signal, on_deadly_signal, &actions_before[next++]);
  handle(SIGTSTP, on_stop, &actions_before[next++]);
  handle(SIGCONT, on_continue, &actions_before[next++]);
  handle(SIGWINCH, on_resize, &actions_before[next++]);
}

void restore_handlers() {
  std::size_t next = 0;
  for (const int signal : kDeadly) sigaction(signal, &actions_before[next++], nullptr);
  for (const int signal : kOthers) sigaction(signal, &actions_before[next++], nullptr);
}

void use_handler_stack(int flags) {
  stack_t stack{};
  stack.ss_sp = handler_stack.data();
  stack.ss_size = handler_stack.size();
  stack.ss_flags = flags;
  sigaltstack(&stack, nullptr);
}

/// Every byte as it comes, at once; the keys for signals stay.
termios raw(termios settings) {
  settings.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
  settings.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | IEXTEN);
  settings.c_lflag |= ISIG;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  return settings;
}

}  // namespace

RawTerminal::RawTerminal() {
  if (alive != 0) throw std::logic_error("the terminal is taken over already");
  if (tcgetattr(STDIN_FILENO, &before_us) != 0 || isatty(STDOUT_FILENO) == 0)
    throw std::runtime_error(std::string("standard input and output are no terminal: ") + std::strerror(errno));
  static const bool at_exit = std::atexit(give_back) == 0;
  static_cast<void>(at_exit);
  ours = raw(before_us);
  use_handler_stack(0);
  alive = 1;
  install_handlers();
  before_sudden_end(give_back);
  take_over();
}

RawTerminal::~RawTerminal() {
  alive = 0;
  give_back();
  before_sudden_end(nullptr);
  restore_handlers();
  use_handler_stack(SS_DISABLE);
}

bool RawTerminal::take_changed() {
  const bool result = changed != 0;
  changed = 0;
  return result;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno == EAGAIN) {
      pollfd output{STDOUT_FILENO, POLLOUT, 0};
      ::poll(&output, 1, 100);
    } else if (written == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace glass::cli
