#include "engine/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace glass::text {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

bool is_white(char32_t c) {
  if ((c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || (c >= 0x2000 && c <= 0x200A)) return true;
  constexpr std::array<char32_t, 8> kOthers{0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  return std::find(kOthers.begin(), kOthers.end(), c) != kOthers.end();
}

/// Where the last character of `text` begins.
std::size_t last_character(std::string_view text) {
  std::size_t begin = text.size() - 1;
  while (begin > 0 && text.size() - begin < 4 && (byte_at(text, begin) & 0xC0) == 0x80) --begin;
  const Character last = first_character(text.substr(begin));
  return last.valid && begin + last.size == text.size() ? begin : text.size() - 1;
}

}  // namespace

std::size_t announced_size(std::string_view text) {
  const unsigned lead = byte_at(text, 0);
  const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(size, text.size());
}

Character first_character(std::string_view text) {
  constexpr Character kInvalid{0xFFFD, 1, false};
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  const unsigned lead = byte_at(text, 0);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC0 || lead >= 0xF8) return kInvalid;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < size) return kInvalid;
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return kInvalid;
    value = value << 6 | (byte_at(text, i) & 0x3F);
  }
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  if (value < kSmallest[size] || surrogate || value > 0x10FFFF) return kInvalid;
  return {value, size, true};
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const Character c = first_character(text);
    if (!c.valid) return false;
    text.remove_prefix(c.size);
  }
  return true;
}

std::string_view strip(std::string_view text) {
  while (!text.empty() && is_white(first_character(text).value)) text.remove_prefix(first_character(text).size);
  while (!text.empty()) {
    const std::size_t begin = last_character(text);
    if (!is_white(first_character(text.substr(begin)).value)) break;
    text = text.substr(0, begin);
  }
  return text;
}

std::string quote(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string shown = "\"";
  for (int count = 0; !text.empty(); ++count) {
    if (count == 40) return shown + "...\"";
    const Character c = first_character(text);
    const bool control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0);
    for (const char byte : text.substr(0, c.size)) {
      const unsigned code = static_cast<unsigned char>(byte);
      if (c.valid && !control) {
        shown += byte;
      } else {
        shown += {'\\', 'x', kDigits[code >> 4], kDigits[code & 15]};
      }
    }
    text.remove_prefix(c.size);
  }
  return shown + "\"";
}

}  // namespace glass::text
