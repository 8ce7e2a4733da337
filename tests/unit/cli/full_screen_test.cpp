#include "engine/cli/full_screen.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <functional>

#include "tests/support/catch.hpp"

using namespace glass;
using cli::frame;
using cli::FullScreen;

namespace {

constexpr std::string_view kGivenBack = "\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

/// What a child does that has a terminal of its own, 80 x 24; what it returns is its exit status.
using Body = std::function<int()>;

/// A child behind a pseudo-terminal.
class Child {
 public:
  explicit Child(const Body& body) {
    const winsize size{24, 80, 0, 0};
    pid_ = forkpty(&terminal_, nullptr, nullptr, &size);
    REQUIRE(pid_ >= 0);
    if (pid_ > 0) return;
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    _exit(body());
  }
  ~Child() {
    hang_up();
    if (running_) kill(pid_, SIGKILL);
    if (running_) waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Reads until this was written.
  void expect(const std::string& text) {
    const std::size_t from = read_to_;
    while (output_.find(text, from) == output_.npos) {
      pollfd ready{terminal_, POLLIN, 0};
      std::array<char, 4096> bytes{};
      const bool in_time = ::poll(&ready, 1, 10000) > 0;
      const ssize_t count = in_time ? ::read(terminal_, bytes.data(), bytes.size()) : -1;
      INFO("waiting for " << text.substr(text.find_first_not_of('\x1b')) << " in " << output_.size() << " bytes");
      REQUIRE(count > 0);
      output_.append(bytes.data(), static_cast<std::size_t>(count));
    }
    read_to_ = output_.find(text, from) + text.size();
  }

  void type(std::string_view bytes) const {
    REQUIRE(::write(terminal_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }

  void resize(unsigned short columns, unsigned short lines) const {
    const winsize size{lines, columns, 0, 0};
    REQUIRE(ioctl(terminal_, TIOCSWINSZ, &size) == 0);
  }

  [[nodiscard]] termios settings() const {
    termios result{};
    REQUIRE(tcgetattr(terminal_, &result) == 0);
    return result;
  }

  void send(int signal) const { kill(pid_, signal); }

  void hang_up() {
    if (terminal_ >= 0) ::close(terminal_);
    terminal_ = -1;
  }

  /// The status that waitpid() tells.
  int end() {
    int status = -1;
    REQUIRE(waitpid(pid_, &status, 0) == pid_);
    running_ = false;
    return status;
  }

 private:
  int terminal_ = -1;
  pid_t pid_ = -1;
  std::string output_;
  std::size_t read_to_ = 0;
  bool running_ = true;
};

screen::Lines lines_of(const std::string& text) { return {{{text, {}}}}; }

std::string name_of(const cli::Size& size) { return std::to_string(size.width) + "x" + std::to_string(size.height); }

/// Shows the size and the number of keys until q is typed.
int play() {
  FullScreen full(screen::Colour::none);
  for (std::size_t count = 0; !full.ended();) {
    full.draw(lines_of(name_of(full.size()) + " keys " + std::to_string(count) + "."));
    for (const player::Key& key : full.wait()) {
      if (key.text == "q") return 0;
      ++count;
    }
  }
  return 7;
}

/// Waits for a line before and after, so that the terminal's settings can be compared.
int play_between_lines() {
  char byte = 0;
  const bool first = ::read(STDIN_FILENO, &byte, 1) == 1;
  const int status = play();
  cli::write_all("done");
  return first && ::read(STDIN_FILENO, &byte, 1) == 1 ? status : 9;
}

bool same(const termios& a, const termios& b) {
  return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag && a.c_lflag == b.c_lflag &&
         std::memcmp(a.c_cc, b.c_cc, sizeof a.c_cc) == 0;
}

}  // namespace

TEST_CASE("full screen: a frame has exactly as many lines as the terminal, each cropped and cleared") {
  const screen::Lines lines = {{{"ab", {}}}, {{"漢字漢", {}}}, {{"漢字x", {}}}, {{"more", {}}}};
  CHECK(frame(lines, {5, 3}, screen::Colour::none, false) ==
        "\x1b[?2026h\x1b[?25l\x1b[Hab\x1b[K\r\n漢字\x1b[K\r\n漢字x\x1b[?2026l");
  CHECK(frame({}, {5, 2}, screen::Colour::none, true) == "\x1b[?2026h\x1b[?25l\x1b[H\x1b[K\r\n\x1b[K\x1b[?2026l");
}

TEST_CASE("full screen: the cursor is shown where one types") {
  screen::Ink cursor;
  cursor.cursor = true;
  const screen::Lines lines = {{{"above", {}}}, {{"漢 ", {}}, {"x", cursor}}};
  const std::string drawn = frame(lines, {9, 2}, screen::Colour::indexed, true);
  CHECK(drawn.ends_with("漢 x\x1b[K\x1b[2;4H\x1b[?25h\x1b[?2026l"));
  CHECK(frame(lines, {9, 2}, screen::Colour::indexed, false).ends_with("漢 x\x1b[K\x1b[?2026l"));
  CHECK(frame(lines, {3, 2}, screen::Colour::indexed, true).find("\x1b[?25h") == std::string::npos);
}

TEST_CASE("full screen: the terminal is taken over, answers keys and sizes, and is given back") {
  Child child(play_between_lines);
  const termios before = child.settings();
  child.type("\n");
  child.expect("\x1b[?1049h");
  child.expect("80x24 keys 0.\x1b[K");
  const termios meanwhile = child.settings();
  CHECK((meanwhile.c_lflag & static_cast<tcflag_t>(ICANON | ECHO)) == 0);
  CHECK((meanwhile.c_lflag & static_cast<tcflag_t>(ISIG)) != 0);
  child.type("\x1b[A");
  child.expect("keys 1.");
  child.type("\x1b");
  child.expect("keys 2.");
  child.resize(100, 30);
  child.expect("100x30 keys 2.");
  child.type("q");
  child.expect(std::string(kGivenBack).append("done"));
  CHECK(same(before, child.settings()));
  child.type("\n");
  const int status = child.end();
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

TEST_CASE("full screen: a signal that ends the program gives the terminal back first") {
  for (const int signal : {SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    CAPTURE(signal);
    Child child(play);
    child.expect("keys 0.");
    child.send(signal);
    child.expect(std::string(kGivenBack));
    const int status = child.end();
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == signal);
    CHECK((child.settings().c_lflag & static_cast<tcflag_t>(ICANON)) != 0);
  }
}

TEST_CASE("full screen: when the terminal goes, the input ends") {
  Child child([] {
    std::signal(SIGHUP, SIG_IGN);
    return play();
  });
  child.expect("keys 0.");
  child.hang_up();
  const int status = child.end();
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 7));
}
