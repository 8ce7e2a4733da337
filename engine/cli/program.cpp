#include "engine/cli/program.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace glass::cli {
namespace {

volatile std::sig_atomic_t interrupts = 0;
std::atomic<void (*)()> sudden_end_hook = nullptr;
static_assert(std::atomic<void (*)()>::is_always_lock_free);

/// Thrown when nobody reads our output any more.
struct ClosedPipe {};

/// Thrown between two pieces of work after SIGINT.
struct Interrupted {};

extern "C" void on_interrupt(int /*signal*/) {
  interrupts = interrupts + 1;
  if (interrupts < 2) return;
  if (void (*const hook)() = sudden_end_hook.load(); hook != nullptr) hook();
  _exit(kInterrupted);
}

void install_signals() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;  // without SA_RESTART, so that a waiting read returns
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error like a full disk
}

void require_written(bool written) {
  if (written) return;
  if (errno == EPIPE) throw ClosedPipe{};
  throw std::runtime_error(std::string("cannot write to standard output: ") + std::strerror(errno));
}

std::string visible_controls(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      result += c;
    } else {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02X", byte);
      result += escaped;
    }
  }
  return result;
}

int parse_and_run(const Program& program, int argc, char** argv, const std::function<int(const Arguments&)>& body) {
  const Arguments arguments = Arguments::parse(program, {argv + 1, argv + argc});
  int status = kSuccess;
  if (arguments.has("help")) {
    print(help(program));
  } else if (arguments.has("version")) {
    print(program.name + " " GLASSFORMER_VERSION "\n");
  } else {
    status = body(arguments);
  }
  flush();
  return status;
}

}  // namespace

int run(const Program& program, int argc, char** argv, const std::function<int(const Arguments&)>& body) {
  install_signals();
  try {
    return parse_and_run(program, argc, argv, body);
  } catch (const ClosedPipe&) {
    _exit(kClosedPipe);  // nothing more can be written: not even what is buffered
  } catch (const Interrupted&) {
  } catch (const std::bad_alloc&) {
    complain(program.name, "out of memory");
  } catch (const std::exception& error) {
    complain(program.name, error.what());
  }
  return interrupted() ? kInterrupted : kError;
}

void print(const std::string& text) {
  require_written(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

void flush() { require_written(std::fflush(stdout) == 0); }

void complain(const std::string& name, const std::string& message) {
  std::fprintf(stderr, "%s: error: %s\n", name.c_str(), visible_controls(message).c_str());
}

bool interrupted() { return interrupts > 0; }

void before_sudden_end(void (*hook)()) { sudden_end_hook = hook; }

void stop_if_interrupted() {
  if (interrupted()) throw Interrupted{};
}

std::filesystem::path data_directory() {
  namespace fs = std::filesystem;
  if (const char* given = std::getenv("GLASSFORMER_DATA"); given != nullptr && *given != '\0') {
    if (fs::is_directory(given)) return given;
    throw std::runtime_error(std::string("GLASSFORMER_DATA is \"") + given +
                             "\", which is no directory; it holds model/ and golden/");
  }
  std::error_code error;
  const fs::path bin = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path beside = bin / ".." / ".." / "data", installed = bin / ".." / "share" / "glassformer";
  for (const fs::path& candidate : {beside, installed}) {
    if (fs::is_directory(candidate / "model", error)) return fs::canonical(candidate);
  }
  throw std::runtime_error("the data folder is neither " + beside.lexically_normal().string() + " nor " +
                           installed.lexically_normal().string() +
                           "; set GLASSFORMER_DATA to the folder that holds model/ and golden/");
}

}  // namespace glass::cli
