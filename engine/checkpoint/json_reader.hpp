#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glass::checkpoint {

/// The inclusive range that a whole number must lie in.
struct Range {
  std::int64_t least;
  std::int64_t most;
};

/// A JSON object whose values are fetched by key and type; every refusal is one sentence naming file, key, what was
/// expected and what was found. A key that is absent, and one that is null, give nullopt.
class JsonObject {
 public:
  /// @throws std::runtime_error if the text is not one JSON object
  JsonObject(std::string_view text, std::string file);

  bool has(std::string_view key) const;
  bool is_null(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key, Range range) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<std::string> string(std::string_view key) const;
  /// One id or a list of ids.
  std::optional<std::vector<std::int64_t>> ids(std::string_view key) const;
  /// A list of lists of ids, none empty.
  std::optional<std::vector<std::vector<std::int64_t>>> lists_of_ids(std::string_view key) const;
  /// The value itself; null if absent.
  const nlohmann::json& value(std::string_view key) const;

  /// @throws std::runtime_error "FILE: KEY must be EXPECTED, found VALUE"
  [[noreturn]] void refuse(std::string_view key, const std::string& expected) const;

  const std::string& file() const { return file_; }

 private:
  std::string file_;
  nlohmann::json object_;
};

/// The text of a file of at most `most` bytes.
/// @throws std::runtime_error naming the file if it cannot be read or is larger
std::string read_text(const std::filesystem::path& file, std::uint64_t most);

}  // namespace glass::checkpoint
