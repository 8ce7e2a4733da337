#include "engine/text/vocabulary.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/text/file.hpp"
#include "engine/text/utf8.hpp"

namespace glass::text {
namespace {

constexpr std::uint64_t kLargestVocabulary = std::uint64_t{64} << 20;
constexpr std::uint64_t kIdLimit = std::uint64_t{1} << 31;

}  // namespace

/// Takes the JSON text as it is read, so that nothing but the vocabulary itself is ever held, however deep or long a
/// hostile file is.
class Vocabulary::Handler : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Handler(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  bool null() override { return wrong("null"); }
  bool boolean(bool) override { return wrong("true or false"); }
  bool number_integer(number_integer_t value) override { return wrong(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return wrong(text); }
  bool string(string_t&) override { return wrong("a string"); }
  bool binary(binary_t&) override { return wrong("binary data"); }
  bool start_array(std::size_t) override { return wrong("a list"); }
  bool end_array() override { return true; }
  bool end_object() override { return true; }

  bool start_object(std::size_t) override {
    if (inside_) return wrong("an object");
    inside_ = true;
    return true;
  }

  bool key(string_t& piece) override {
    piece_ = piece;
    return true;
  }

  bool number_unsigned(number_unsigned_t id) override {
    if (!inside_) return wrong("a number");
    vocabulary_.add(piece_, id);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    throw std::runtime_error(vocabulary_.file_ + ": is no valid JSON from byte " + std::to_string(position) + " on");
  }

 private:
  bool wrong(const std::string& found) {
    const std::string what = inside_ ? "the id of " + quote(piece_) + " is " + found + "; a whole number is expected"
                                     : "is " + found + "; an object of pieces and ids is expected";
    throw std::runtime_error(vocabulary_.file_ + ": " + what);
  }

  Vocabulary& vocabulary_;
  std::string piece_;
  bool inside_ = false;
};

void Vocabulary::add(const std::string& piece, std::uint64_t id) {
  if (id >= kIdLimit) {
    throw std::runtime_error(file_ + ": the id of " + quote(piece) + " is " + std::to_string(id) +
                             "; it must be below 2147483648");
  }
  const auto [entry, is_new] = ids_.emplace(piece, static_cast<std::int64_t>(id));
  if (!is_new) throw std::runtime_error(file_ + ": the piece " + quote(piece) + " is there twice");
  const auto [known, is_free] = pieces_.emplace(entry->second, &entry->first);
  if (is_free) return;
  throw std::runtime_error(file_ + ": the id " + std::to_string(id) + " belongs to " + quote(*known->second) +
                           " and to " + quote(piece) + "; ids must be unique");
}

Vocabulary Vocabulary::parse(std::string_view json, const std::string& file) {
  Vocabulary vocabulary;
  vocabulary.file_ = file;
  Handler handler(vocabulary);
  nlohmann::json::sax_parse(json, &handler);
  return vocabulary;
}

Vocabulary Vocabulary::read(const std::filesystem::path& file) {
  return parse(read_file(file, kLargestVocabulary), file.string());
}

std::optional<std::int64_t> Vocabulary::find(std::string_view piece) const {
  const auto entry = ids_.find(piece);
  return entry == ids_.end() ? std::nullopt : std::optional(entry->second);
}

std::int64_t Vocabulary::require(std::string_view piece) const {
  const auto id = find(piece);
  if (id) return *id;
  throw std::runtime_error(file_ + ": the piece " + quote(piece) + " is missing; a vocabulary needs it");
}

const std::string* Vocabulary::piece(std::int64_t id) const {
  const auto entry = pieces_.find(id);
  return entry == pieces_.end() ? nullptr : entry->second;
}

void Vocabulary::require_below(std::int64_t vocab_size) const {
  const auto lower = [](const auto& a, const auto& b) { return a.first < b.first; };
  const auto highest = std::max_element(pieces_.begin(), pieces_.end(), lower);
  if (highest == pieces_.end() || highest->first < vocab_size) return;
  throw std::runtime_error(file_ + ": the id of " + quote(*highest->second) + " is " + std::to_string(highest->first) +
                           ", but the model has only " + std::to_string(vocab_size) +
                           " rows; ids must be below vocab_size of config.json");
}

}  // namespace glass::text
