#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace glass::cli {

/// A mistake in how a program was called. `main` prints it like any other error, with the way to --help.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What one program accepts. `options` are words of the one table that all programs share (see option_words).
struct Program {
  std::string name, usage, summary;
  std::vector<std::string> options;
  std::string details;  ///< printed at the end of --help
};

/// One word of the command line. `value` names what follows it; empty for a switch.
struct OptionWord {
  std::string name, value, help;
};

/// Every option word of every program, so that a word means the same everywhere.
[[nodiscard]] const std::vector<OptionWord>& option_words();

/// A parsed command line.
class Arguments {
 public:
  /// @throws UsageError for an unknown option (naming the nearest), a missing value, or a value for a switch
  static Arguments parse(const Program& program, const std::vector<std::string>& words);

  [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }
  [[nodiscard]] bool has(std::string_view option) const { return values_.find(option) != values_.end(); }
  [[nodiscard]] std::string text(std::string_view option, const std::string& fallback = "") const;

  /// What follows the option; nothing if it was not given.
  [[nodiscard]] std::optional<std::string> given(std::string_view option) const;

  /// A whole number. @throws UsageError unless it lies in [least, most]
  [[nodiscard]] std::size_t number(std::string_view option, std::size_t fallback, std::size_t least,
                                   std::size_t most) const;

  /// One of a few words. @throws UsageError naming the nearest choice
  [[nodiscard]] std::string choice(std::string_view option, const std::vector<std::string>& choices) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> positional_;
};

/// The text of --help.
[[nodiscard]] std::string help(const Program& program);

}  // namespace glass::cli
