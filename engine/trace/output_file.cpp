#include "engine/trace/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace glass {
namespace {

namespace fs = std::filesystem;

constexpr int kNewFile = 0666;  // less what the umask takes away

std::string temporary_name() {
  static std::atomic<unsigned> count = 0;
  return ".glassformer-" + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".part";
}

/// An open file descriptor that is closed when it goes.
class Descriptor {
 public:
  Descriptor(const fs::path& file, int flags) : value_(::open(file.c_str(), flags | O_CLOEXEC, kNewFile)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] bool valid() const { return value_ >= 0; }
  [[nodiscard]] int get() const { return value_; }

  /// @return false with errno set if not all could be written
  [[nodiscard]] bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::write(value_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

 private:
  int value_;
};

}  // namespace

OutputFile::OutputFile(fs::path target) : target_(std::move(target)) {
  std::error_code ignored;
  const fs::file_status status = fs::status(target_, ignored);
  if (fs::is_directory(status)) refuse(EISDIR);
  if (fs::exists(status) && ::access(target_.c_str(), W_OK) != 0) refuse(errno);
  replaces_ = !fs::exists(status) || fs::is_regular_file(status);
  const fs::path place = fs::is_regular_file(status) ? fs::canonical(target_) : target_;
  temporary_ = (replaces_ ? place.parent_path() : fs::temp_directory_path()) / temporary_name();
  if (!Descriptor(temporary_, O_WRONLY | O_CREAT | O_EXCL).valid()) refuse(errno);
  if (fs::is_regular_file(status)) fs::permissions(temporary_, status.permissions(), ignored);
}

OutputFile::~OutputFile() {
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

void OutputFile::refuse(int error) const {
  throw std::runtime_error(target_.string() + ": cannot be written: " + std::generic_category().message(error));
}

void OutputFile::write(std::string_view bytes) {
  const Descriptor file(temporary_, O_WRONLY | O_APPEND);
  if (!file.valid() || !file.write(bytes)) refuse(errno);
}

void OutputFile::copy_to_target() const {
  const Descriptor from(temporary_, O_RDONLY);
  const Descriptor to(target_, O_WRONLY);
  if (!from.valid() || !to.valid()) refuse(errno);
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
    if (count == 0) return;
    if (count < 0 || !to.write({buffer.data(), static_cast<std::size_t>(count)})) refuse(errno);
  }
}

void OutputFile::commit() {
  if (!replaces_) return copy_to_target();
  std::error_code error;
  const fs::path place = fs::exists(target_) ? fs::canonical(target_) : target_;
  fs::rename(temporary_, place, error);
  if (error) refuse(error.value());
}

}  // namespace glass
