#include "engine/trace/output_file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "engine/trace/npz.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using glass::OutputFile;
using glass::test::message_of;
using glass::test::read_file;
using glass::test::TemporaryDirectory;
using glass::test::write_file;
using Names = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

/// While it lives, no file of this process grows beyond so many bytes, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

}  // namespace

TEST_CASE("output file: nothing is there before it is complete, and nothing remains of one that is not") {
  const TemporaryDirectory directory;
  {
    OutputFile file(directory / "a");
    file.write("half");
    CHECK_FALSE(fs::exists(directory / "a"));
  }
  CHECK(directory.names().empty());
  OutputFile file(directory / "a");
  file.write("who");
  file.write("le");
  file.commit();
  CHECK(read_file(directory / "a") == "whole");
  CHECK(directory.names() == Names{"a"});
}

TEST_CASE("output file: an older file stays until the new one takes its place, and keeps its permissions") {
  const TemporaryDirectory directory;
  const fs::path target = write_file(directory / "a", "old");
  fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
  OutputFile file(target);
  file.write("new");
  CHECK(read_file(target) == "old");
  file.commit();
  CHECK(read_file(target) == "new");
  CHECK(fs::status(target).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("output file: a new file has the permissions that any program's would have") {
  const TemporaryDirectory directory;
  OutputFile file(directory / "a");
  file.commit();
  write_file(directory / "b", "");
  CHECK(fs::status(directory / "a").permissions() == fs::status(directory / "b").permissions());
}

TEST_CASE("output file: a symbolic link stays one, and its target is replaced") {
  const TemporaryDirectory directory;
  write_file(directory / "real", "old");
  fs::create_symlink("real", directory / "link");
  OutputFile file(directory / "link");
  file.write("new");
  file.commit();
  CHECK(fs::is_symlink(directory / "link"));
  CHECK(read_file(directory / "real") == "new");
}

TEST_CASE("output file: a device is written to, not replaced") {
  OutputFile file("/dev/null");
  file.write("text");
  file.commit();
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("output file: a full device is reported, and stays a device") {
  OutputFile file("/dev/full");
  file.write("text");
  CHECK(message_of([&] { file.commit(); }) == "/dev/full: cannot be written: No space left on device");
  CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("output file: what cannot be written is refused at once") {
  const TemporaryDirectory directory;
  const std::string inside = (directory / "none" / "a").string();
  CHECK(message_of([&] { OutputFile{inside}; }) == inside + ": cannot be written: No such file or directory");
  CHECK(message_of([&] { OutputFile{directory.path()}; }) ==
        directory.path().string() + ": cannot be written: Is a directory");
  const std::string below = (write_file(directory / "file", "") / "a").string();
  CHECK(message_of([&] { OutputFile{below}; }) == below + ": cannot be written: Not a directory");
  if (::geteuid() == 0) {
    WARN("not tested as root: permissions");
    return;
  }
  fs::permissions(directory / "file", fs::perms::owner_read);
  CHECK(message_of([&] { OutputFile{directory / "file"}; }) ==
        (directory / "file").string() + ": cannot be written: Permission denied");
}

TEST_CASE("output file: a full disk is reported and leaves nothing, not even of an archive") {
  const TemporaryDirectory directory;
  const std::string text = (directory / "a.npy").string(), archive = (directory / "a.npz").string();
  const glass::Array large{glass::kFloat64, {1000}, true, std::vector<double>(1000), {}};
  {
    const FullDisk disk(4096);
    CHECK(message_of([&] { glass::write_npy(text, large); }) == text + ": cannot be written: File too large");
    CHECK(message_of([&] {
            glass::write_npz(archive, {{"a", large}});
          }) == archive + ": cannot be written: File too large");
  }
  CHECK(directory.names().empty());
}
