#include "engine/checkpoint/safetensors_header.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <unordered_set>
#include <utility>

namespace glass::checkpoint {

namespace {

constexpr std::size_t kDeepest = 127;
constexpr std::size_t kLongestName = 100;

std::optional<Dtype> dtype_of(std::string_view name) {
  for (int index = 0; index <= static_cast<int>(Dtype::f6_e3m2); ++index) {
    if (dtype_name(static_cast<Dtype>(index)) == name) return static_cast<Dtype>(index);
  }
  return std::nullopt;
}

/// Receives the header's JSON piece by piece and collects the entries; every member returns true to go on, and throws
/// when the piece has no business where it stands.
class HeaderReader {
 public:
  explicit HeaderReader(std::string file) : file_(std::move(file)) {}

  std::vector<HeaderEntry> take() { return std::move(entries_); }

  bool key(std::string& text) {
    if (place_ == Place::top) return new_entry(text);
    if (place_ == Place::entry) new_field(text);
    return true;
  }

  bool string(std::string& text) {
    if (place_ == Place::metadata || skipping()) return true;
    if (place_ != Place::entry || field_ != "dtype") refuse("a string is out of place");
    const std::optional<Dtype> dtype = dtype_of(text);
    if (!dtype) refuse("dtype " + printable(text) + " is not known");
    entries_.back().dtype = *dtype;
    return true;
  }

  bool number_unsigned(std::uint64_t value) {
    if (place_ == Place::shape) {
      entries_.back().shape.push_back(value);
    } else if (place_ == Place::offsets) {
      if (offsets_read_ == 2) refuse("data_offsets must be two numbers");
      entries_.back().offsets[offsets_read_++] = value;
    } else if (!skipping()) {
      refuse("a number is out of place");
    }
    return true;
  }

  bool start_object(std::size_t) { return open(true); }
  bool start_array(std::size_t) { return open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool null() {
    if (place_ == Place::top && in_metadata_) return true;
    return other("null");
  }
  bool boolean(bool) { return other("a boolean"); }
  bool number_integer(std::int64_t) { return other("a negative number"); }
  bool number_float(double, const std::string&) { return other("a number that is not an unsigned 64-bit integer"); }
  bool binary(std::vector<std::uint8_t>&) { return other("binary data"); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    throw std::runtime_error(file_ + ": the header is not valid JSON at byte " + std::to_string(position));
  }

 private:
  enum class Place { outside, top, metadata, entry, shape, offsets };

  [[noreturn]] void refuse(const std::string& reason) const {
    std::string where;
    if (in_metadata_) {
      where = "__metadata__: ";
    } else if (!entries_.empty()) {
      where = "tensor " + printable(entries_.back().name) + ": ";
    }
    throw std::runtime_error(file_ + ": the header is wrong: " + where + reason);
  }

  /// Whether the reader is inside the value of a further field of an entry, or about to enter it.
  bool skipping() const {
    return skipped_depth_ > 0 ||
           (place_ == Place::entry && field_ != "dtype" && field_ != "shape" && field_ != "data_offsets");
  }

  bool other(const std::string& what) const {
    if (!skipping()) refuse(what + " is out of place");
    return true;
  }

  bool new_entry(const std::string& name) {
    in_metadata_ = name == "__metadata__";
    if (!names_.insert(name).second) {
      throw std::runtime_error(file_ + ": the header is wrong: " + printable(name) + " is given twice");
    }
    if (!in_metadata_) entries_.push_back({.name = name, .shape = {}});
    seen_ = {};
    return true;
  }

  void new_field(const std::string& name) {
    if (skipped_depth_ > 0) return;
    field_ = name;
    constexpr std::array<std::string_view, 3> known{"dtype", "shape", "data_offsets"};
    for (std::size_t index = 0; index < known.size(); ++index) {
      if (name == known[index] && std::exchange(seen_[index], true)) refuse(name + " is given twice");
    }
  }

  bool open(bool object) {
    if (++depth_ > kDeepest) refuse("nested deeper than " + std::to_string(kDeepest));
    if (skipped_depth_ > 0 || (place_ == Place::entry && skipping())) {
      ++skipped_depth_;
    } else if (place_ == Place::outside && object) {
      place_ = Place::top;
    } else if (place_ == Place::top && object) {
      place_ = in_metadata_ ? Place::metadata : Place::entry;
    } else if (place_ == Place::entry && !object && field_ != "dtype") {
      place_ = field_ == "shape" ? Place::shape : Place::offsets;
      offsets_read_ = 0;
    } else {
      refuse(object ? "an object is out of place" : "an array is out of place");
    }
    return true;
  }

  bool close() {
    --depth_;
    if (skipped_depth_ > 0) {
      --skipped_depth_;
    } else if (place_ == Place::shape || place_ == Place::offsets) {
      if (place_ == Place::offsets && offsets_read_ != 2) refuse("data_offsets must be two numbers");
      place_ = Place::entry;
    } else if (place_ == Place::entry) {
      if (!seen_[0] || !seen_[1] || !seen_[2]) refuse("dtype, shape or data_offsets is missing");
      place_ = Place::top;
    } else {
      place_ = place_ == Place::metadata ? Place::top : Place::outside;
    }
    return true;
  }

  std::string file_;
  Place place_ = Place::outside;
  bool in_metadata_ = false;
  std::string field_;
  std::array<bool, 3> seen_{};
  std::size_t depth_ = 0;
  std::size_t skipped_depth_ = 0;
  std::size_t offsets_read_ = 0;
  std::unordered_set<std::string> names_;
  std::vector<HeaderEntry> entries_;
};

}  // namespace

std::vector<HeaderEntry> parse_header(std::string_view json, const std::string& file) {
  if (json.empty() || json.front() != '{') {
    throw std::runtime_error(file + ": the header must begin with {; this is not a safetensors file");
  }
  if (json.find('\0') != std::string_view::npos) {
    throw std::runtime_error(file + ": the header is padded with zero bytes; only spaces may follow it");
  }
  HeaderReader reader(file);
  nlohmann::json::sax_parse(json, &reader);
  return reader.take();
}

std::string printable(std::string_view name) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "\"";
  for (const char letter : name.substr(0, kLongestName)) {
    const auto code = static_cast<unsigned char>(letter);
    const bool plain = code >= 0x20 && code < 0x7F;
    text += plain ? std::string(1, letter) : std::string("\\x") + kDigits[code / 16] + kDigits[code % 16];
  }
  return text + (name.size() > kLongestName ? "...\"" : "\"");
}

}  // namespace glass::checkpoint
