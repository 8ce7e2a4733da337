#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace glass::text {

/// A checkpoint's own numbering of the pieces (vocab.json): piece ↔ id. An id is the row of the embedding table.
class Vocabulary {
 public:
  /// @param json  one object: every key a piece, every value its id
  /// @param file  named in every refusal
  /// @throws std::runtime_error if the text is no such object, a piece or an id is there twice, or an id is negative or
  ///         2^31 or more
  static Vocabulary parse(std::string_view json, const std::string& file);

  /// Reads `file` (at most 64 MiB) and parses it.
  static Vocabulary read(const std::filesystem::path& file);

  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;
  Vocabulary(Vocabulary&&) = default;
  Vocabulary& operator=(Vocabulary&&) = default;
  ~Vocabulary() = default;

  std::optional<std::int64_t> find(std::string_view piece) const;

  /// @throws std::runtime_error naming the file if the piece is missing
  std::int64_t require(std::string_view piece) const;

  /// The piece with this id, or nullptr.
  const std::string* piece(std::int64_t id) const;

  std::size_t size() const { return ids_.size(); }

  /// @throws std::runtime_error naming the piece with the highest id if that is not below `vocab_size`
  void require_below(std::int64_t vocab_size) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  class Handler;
  Vocabulary() = default;
  void add(const std::string& piece, std::uint64_t id);

  std::string file_;
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> ids_;
  std::unordered_map<std::int64_t, const std::string*> pieces_;  ///< point at the keys of ids_
};

}  // namespace glass::text
