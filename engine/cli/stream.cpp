#include "engine/cli/stream.hpp"

#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/cli/program.hpp"
#include "engine/cli/progress.hpp"

namespace glass::cli {
namespace {

/// Lines of standard input, without their ends.
class Reader {
 public:
  /// @throws std::runtime_error if standard input cannot be read
  std::optional<std::string> next() {
    const ssize_t size = interrupted() ? -1 : getline(&buffer_, &capacity_, stdin);
    if (size < 0) {
      if (std::ferror(stdin) != 0 && !interrupted())
        throw std::runtime_error(std::string("cannot read standard input: ") + std::strerror(errno));
      return std::nullopt;
    }
    std::string line(buffer_, static_cast<std::size_t>(size));
    if (!line.empty() && line.back() == '\n') line.pop_back();
    return line;
  }

  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { std::free(buffer_); }

 private:
  char* buffer_ = nullptr;
  std::size_t capacity_ = 0;
};

/// One thread reads (the one that SIGINT interrupts), others translate, and the answers leave in the order of the
/// lines.
class Stream {
 public:
  Stream(std::string name, std::size_t n_threads) : name_(std::move(name)), window_(64 * n_threads) {}

  /// Reads to the end of standard input, staying at most a window ahead of what is printed.
  void read() {
    Reader reader;
    guarded([&] {
      while (std::optional<std::string> text = reader.next()) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return failure_ || read_lines_ < printed_ + window_; });
        if (failure_) break;
        queue_.push_back({read_lines_++, std::move(*text)});
        changed_.notify_all();
      }
    });
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  void work(const Translator& translator) {
    guarded([&] {
      while (std::optional<Line> line = take()) deliver(*line, translator(line->text));
    });
  }

  int finish() {
    progress_.clear();
    if (failure_) std::rethrow_exception(failure_);
    if (interrupted()) return kInterrupted;
    return errors_ > 0 ? kError : kSuccess;
  }

 private:
  struct Line {
    std::size_t number;
    std::string text;
  };

  /// Keeps the first exception for finish() and stops everybody.
  void guarded(const std::function<void()>& body) {
    try {
      body();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
    }
  }

  std::optional<Line> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failure_ || ended_ || !queue_.empty(); });
    if (failure_ || interrupted() || queue_.empty()) return std::nullopt;
    Line line = std::move(queue_.front());
    queue_.pop_front();
    return line;
  }

  void deliver(const Line& line, Answer answer) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(line.number, std::move(answer));
    answered_bytes_ += line.text.size() + 1;
    progress_.clear();
    for (auto next = waiting_.begin(); next != waiting_.end() && next->first == printed_; next = waiting_.erase(next)) {
      print(next->second.output);
      ++printed_;
      if (next->second.error.empty()) continue;
      ++errors_;
      complain(name_ + ": line " + std::to_string(printed_), next->second.error);
    }
    flush();
    progress_.show(printed_, answered_bytes_);
    changed_.notify_all();
  }

  std::string name_;
  std::size_t window_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Progress progress_;
  std::deque<Line> queue_;
  std::map<std::size_t, Answer> waiting_;  ///< answers that came before their turn
  std::size_t read_lines_ = 0, answered_bytes_ = 0, printed_ = 0, errors_ = 0;
  bool ended_ = false;
  std::exception_ptr failure_;
};

/// Threads made while this lives leave SIGINT to the thread that reads.
class WithoutInterrupts {
 public:
  WithoutInterrupts() {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &before_);
  }
  ~WithoutInterrupts() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  WithoutInterrupts(const WithoutInterrupts&) = delete;
  WithoutInterrupts& operator=(const WithoutInterrupts&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

int stream(const std::string& name, const std::vector<Translator>& translators) {
  if (isatty(STDIN_FILENO) == 1) std::fprintf(stderr, "%s: type a line; Ctrl-D ends\n", name.c_str());
  Stream stream(name, translators.size());
  {
    std::vector<std::jthread> threads;
    {
      const WithoutInterrupts masked;
      for (const Translator& translator : translators) threads.emplace_back([&] { stream.work(translator); });
    }
    stream.read();
  }
  return stream.finish();
}

}  // namespace glass::cli
