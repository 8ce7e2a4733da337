#include "tests/cli/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/support/paths.hpp"

namespace glass::test {
namespace {

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    read = ends[0];
    write = ends[1];
  }
  ~Pipe() {
    shut(read);
    shut(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  static void shut(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& words, const Setting& setting) {
  for (const std::string& variable : setting.environment) putenv(strdup(variable.c_str()));
  std::vector<char*> argv = {strdup(program.c_str())};
  for (const std::string& word : words) argv.push_back(strdup(word.c_str()));
  argv.push_back(nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  execv(program.c_str(), argv.data());
  _exit(127);
}

/// Reads what there is; closes the end at end of file. @return how many bytes came
std::size_t drain(int& end, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t size = read(end, buffer.data(), buffer.size());
  if (size <= 0) {
    Pipe::shut(end);
    return 0;
  }
  text.append(buffer.data(), static_cast<std::size_t>(size));
  return static_cast<std::size_t>(size);
}

int wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void feed(int end, const std::string& input) {
  for (std::size_t done = 0; done < input.size();) {
    const ssize_t size = write(end, input.data() + done, input.size() - done);
    if (size < 0) break;
    done += static_cast<std::size_t>(size);
  }
  close(end);
}

}  // namespace

Result run(const std::string& name, const std::vector<std::string>& words, const Setting& setting) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe in, out, err;
  const pid_t child = fork();
  if (child == 0) {
    dup2(in.read, STDIN_FILENO);
    dup2(setting.to.empty() ? out.write : open(setting.to.c_str(), O_WRONLY | O_CREAT, 0644), STDOUT_FILENO);
    dup2(err.write, STDERR_FILENO);
    become(binary(name).string(), words, setting);
  }
  Pipe::shut(in.read);
  Pipe::shut(out.write);
  Pipe::shut(err.write);
  const int input = std::exchange(in.write, -1);
  std::jthread feeder([&setting, input, child] {
    if (setting.interrupt_after > 0) {
      feed(dup(input), setting.input);
      std::this_thread::sleep_for(std::chrono::duration<double>(setting.interrupt_after));
      kill(child, SIGINT);
      close(input);
    } else {
      feed(input, setting.input);
    }
  });

  Result result;
  while (out.read >= 0 || err.read >= 0) {
    std::array<pollfd, 2> ends{{{out.read, POLLIN, 0}, {err.read, POLLIN, 0}}};
    poll(ends.data(), ends.size(), -1);
    if (ends[0].revents != 0) drain(out.read, result.out);
    if (ends[1].revents != 0) drain(err.read, result.err);
    if (setting.close_after > 0 && result.out.size() >= setting.close_after) Pipe::shut(out.read);
  }
  result.status = wait_for(child);
  return result;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

}  // namespace glass::test
