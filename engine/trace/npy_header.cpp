#include "engine/trace/npy_header.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace glass {
namespace {

constexpr std::size_t kMaxAxes = 32;

/// A cursor over the literals of Python that such a dictionary is made of.
class Literals {
 public:
  Literals(std::string_view text, const std::string& where) : text_(text), where_(where) {}

  [[noreturn]] void refuse(const std::string& reason) const {
    throw std::runtime_error(where_ + ": the .npy header is damaged: " + reason);
  }

  bool accept(std::string_view token) {
    skip_space();
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    return true;
  }

  void expect(std::string_view token) {
    if (!accept(token)) refuse("expected " + std::string(token) + " before " + in_quotes(text_.substr(0, 20)));
  }

  std::string string() {
    const char quote = accept("'") ? '\'' : '"';
    if (quote == '"') expect("\"");
    const std::size_t end = text_.find(quote);
    if (end == std::string_view::npos) refuse("a string has no end");
    std::string result(text_.substr(0, end));
    text_.remove_prefix(end + 1);
    return result;
  }

  bool boolean() {
    if (accept("True")) return true;
    expect("False");
    return false;
  }

  std::vector<std::size_t> tuple() {
    expect("(");
    std::vector<std::size_t> result;
    while (!accept(")")) {
      if (result.size() == kMaxAxes) refuse("more than 32 axes");
      result.push_back(number());
      if (!accept(",")) {
        expect(")");
        if (result.size() == 1) refuse("a shape of one axis lacks its comma");
        break;
      }
    }
    return result;
  }

  void end() {
    skip_space();
    if (!text_.empty()) refuse(in_quotes(text_.substr(0, 20)) + " stands after the dictionary");
  }

 private:
  void skip_space() { text_.remove_prefix(std::min(text_.find_first_not_of(" \t\r\n"), text_.size())); }

  std::size_t number() {
    skip_space();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc{}) refuse(in_quotes(text_.substr(0, 20)) + " is not the length of an axis");
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    accept("L");  // Python 2 wrote long integers so
    return value;
  }

  std::string_view text_;
  const std::string& where_;
};

/// The entries of the dictionary, as far as they were read.
struct Fields {
  std::optional<std::string> descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::size_t>> shape;

  void read(Literals& text, const std::string& where) {
    const std::string key = text.string();
    text.expect(":");
    if (key == "descr" && !descr) {
      if (text.accept("[")) throw std::runtime_error(where + ": structured arrays are not read; save each field alone");
      descr = text.string();
    } else if (key == "fortran_order" && !fortran_order) {
      fortran_order = text.boolean();
    } else if (key == "shape" && !shape) {
      shape = text.tuple();
    } else {
      text.refuse("the key " + in_quotes(key) + " is unknown or stands twice");
    }
  }
};

[[noreturn]] void refuse_type(const std::string& descr, const std::string& where) {
  throw std::runtime_error(where + ": the element type " + in_quotes(descr) +
                           " is not read; save it as float64, float32, float16, an integer type or bool");
}

bool is_one_of(std::size_t value, std::initializer_list<std::size_t> allowed) {
  return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

std::optional<Dtype> number_type(char kind, std::size_t size) {
  if (kind == 'b' && size == 1) return Dtype{Kind::boolean, 1};
  if (kind == 'i' && is_one_of(size, {1, 2, 4, 8})) return Dtype{Kind::signed_integer, size};
  if (kind == 'u' && is_one_of(size, {1, 2, 4, 8})) return Dtype{Kind::unsigned_integer, size};
  if (kind == 'f' && is_one_of(size, {2, 4, 8})) return Dtype{Kind::floating, size};
  return std::nullopt;
}

/// "<f8": byte order, kind, size in bytes (of text: in characters).
void set_type(NpyHeader& header, const std::string& descr, const std::string& where) {
  if (descr.find('O') != std::string::npos) {
    throw std::runtime_error(where +
                             ": object arrays (pickles) are not read, because reading one can run any program;"
                             " save the numbers as float64");
  }
  const bool has_order = !descr.empty() && std::string_view("<>|=").find(descr[0]) != std::string_view::npos;
  if (!has_order || descr.size() < 3) refuse_type(descr, where);
  header.big_endian = descr[0] == '>';
  std::uint32_t size = 0;
  const auto [end, error] = std::from_chars(descr.data() + 2, descr.data() + descr.size(), size);
  if (error != std::errc{} || end != descr.data() + descr.size()) refuse_type(descr, where);
  if (descr[1] == 'U' || descr[1] == 'S') {
    header.dtype = {Kind::text, descr[1] == 'U' ? std::size_t{4} : std::size_t{1}};
    header.element_size = size * header.dtype.size;
    return;
  }
  const std::optional<Dtype> dtype = number_type(descr[1], size);
  if (!dtype) refuse_type(descr, where);
  header.dtype = *dtype;
  header.element_size = size;
}

/// Counts elements without overflow, an empty axis as one, and refuses more than can be meant.
void check_size(const NpyHeader& header, const std::string& where) {
  std::size_t units = header.dtype.kind == Kind::text ? std::max<std::size_t>(header.element_size, 1) : 1;
  bool fits = units <= kMaxElements;
  for (const std::size_t length : header.shape) {
    fits = fits && length <= kMaxElements / units;
    if (fits) units *= std::max<std::size_t>(length, 1);
  }
  if (!fits) {
    throw std::runtime_error(where + ": an array of shape " + shape_text(header.shape) +
                             " is too large to be read (at most " + std::to_string(kMaxElements) + " elements)");
  }
}

/// The characters of the longest element, which all elements are given in the file.
std::size_t longest(const std::vector<std::string>& texts) {
  std::size_t result = 1;
  for (const std::string& text : texts) {
    const auto starts = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
    result = std::max(result, static_cast<std::size_t>(starts));
  }
  return result;
}

std::string type_code(const Array& array) {
  const Dtype dtype = array.dtype;
  switch (dtype.kind) {
    case Kind::boolean:
      return "|b1";
    case Kind::signed_integer:
      return (dtype.size == 1 ? "|i" : "<i") + std::to_string(dtype.size);
    case Kind::unsigned_integer:
      return (dtype.size == 1 ? "|u" : "<u") + std::to_string(dtype.size);
    case Kind::floating:
      return "<f" + std::to_string(dtype.size);
    case Kind::text:
      return "<U" + std::to_string(longest(array.texts));
  }
  throw std::logic_error("an element type without a code");
}

}  // namespace

std::size_t NpyHeader::size() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

NpyHeader parse_npy_header(std::string_view dictionary, const std::string& where) {
  Literals text(dictionary, where);
  Fields fields;
  text.expect("{");
  while (!text.accept("}")) {
    fields.read(text, where);
    if (text.accept(",")) continue;
    text.expect("}");
    break;
  }
  text.end();
  if (!fields.descr || !fields.fortran_order || !fields.shape) {
    text.refuse("descr, fortran_order and shape must all be there");
  }
  NpyHeader header;
  set_type(header, *fields.descr, where);
  header.fortran_order = *fields.fortran_order;
  header.shape = std::move(*fields.shape);
  check_size(header, where);
  return header;
}

std::string npy_prefix(const Array& array) {
  std::string dictionary = "{'descr': '" + type_code(array) +
                           "', 'fortran_order': " + (array.fortran_order ? "True" : "False") +
                           ", 'shape': " + shape_text(array.shape) + ", }";
  constexpr std::size_t kFixed = 10;  // magic number, version, length
  const std::size_t length = (kFixed + dictionary.size() + 1 + 63) / 64 * 64 - kFixed;
  dictionary.append(length - 1 - dictionary.size(), ' ').append(1, '\n');
  std::string prefix("\x93NUMPY\x01\x00", 8);
  prefix.append(1, static_cast<char>(length & 0xff)).append(1, static_cast<char>(length >> 8));
  return prefix + dictionary;
}

}  // namespace glass
