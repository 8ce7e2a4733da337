#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "engine/screen/ascii.hpp"
#include "engine/screen/glyphs.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

bool printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// True for what steers a terminal or the direction of writing, or has no known width.
bool hidden(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    case UTF8PROC_CATEGORY_CF: {
      const auto bound = utf8proc_get_property(code)->boundclass;
      return bound != UTF8PROC_BOUNDCLASS_EXTEND && bound != UTF8PROC_BOUNDCLASS_ZWJ;
    }
    default:
      return false;
  }
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    result += "\\x";
    result += kDigits[byte / 16];
    result += kDigits[byte % 16];
  }
  return result;
}

/// Valid UTF-8 without anything hidden.
std::string visible(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    utf8proc_int32_t code = -1;
    const auto read = utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &code);
    const std::string_view bytes = text.substr(0, read > 0 ? static_cast<std::size_t>(read) : 1);
    result += read <= 0 || hidden(code) ? hexadecimal(bytes) : std::string(bytes);
    text.remove_prefix(bytes.size());
  }
  return result;
}

/// What a character is in ASCII: by name, or as what it is composed of; nothing if neither is known.
std::optional<std::string> ascii(utf8proc_int32_t code) {
  if (code < 0x80) return std::string(1, static_cast<char>(code));
  if (const auto name = ascii_name(static_cast<char32_t>(code))) return std::string(*name);
  std::array<utf8proc_int32_t, 32> parts{};
  int last = 0;
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK);
  const auto count = utf8proc_decompose_char(code, parts.data(), parts.size(), kOptions, &last);
  if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) return std::nullopt;
  const auto type = utf8proc_get_property(code)->decomp_type;
  std::string result = type == UTF8PROC_DECOMP_TYPE_SUPER ? "^" : type == UTF8PROC_DECOMP_TYPE_SUB ? "_" : "";
  for (const utf8proc_int32_t* part = parts.data(); part != parts.data() + count; ++part) {
    const auto name = *part < 0x80 ? std::optional<std::string_view>() : ascii_name(static_cast<char32_t>(*part));
    if (*part >= 0x80 && !name) return std::nullopt;
    result += name ? std::string(*name) : std::string(1, static_cast<char>(*part));
  }
  return result;
}

std::string ascii(const Glyph& glyph) {
  std::string result;
  for (std::string_view rest = glyph.text; !rest.empty();) {
    utf8proc_int32_t code = -1;
    const auto read = utf8proc_iterate(bytes_of(rest), static_cast<utf8proc_ssize_t>(rest.size()), &code);
    const std::optional<std::string> part = ascii(code);
    if (!part) return std::string(glyph.columns, '?');
    result += *part;
    rest.remove_prefix(static_cast<std::size_t>(read));
  }
  return result;
}

}  // namespace

std::string spelt(std::string_view utf8, const Style& style) {
  if (printable_ascii(utf8)) return std::string(utf8);
  const std::string text = visible(utf8);
  if (style.utf8) return text;
  std::string result;
  bool root = false;  // `√d` is "sqrt d", `√(d)` is "sqrt(d)"
  for (const Glyph& glyph : glyphs(text)) {
    const std::string part = ascii(glyph);
    if (root && !part.empty() && std::isalnum(static_cast<unsigned char>(part[0])) != 0) result += ' ';
    root = glyph.text == "√";
    result += part;
  }
  return result;
}

}  // namespace glass::screen
