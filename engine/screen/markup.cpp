#include "engine/screen/markup.hpp"

#include <cctype>

#include "engine/screen/layout.hpp"
#include "engine/screen/palette.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

bool word(std::string_view text, std::size_t at) {
  return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_' ||
                              static_cast<unsigned char>(text[at]) >= 0x80);
}

bool open_to(std::string_view text, std::size_t at) { return at < text.size() && text[at] != ' ' && text[at] != '*'; }

/// Where what opens at `at` closes; npos if nothing opens there.
std::size_t closing(std::string_view text, std::size_t at) {
  if (text[at] == '`') return at + 2 < text.size() ? text.find('`', at + 2) : text.npos;
  const bool opens =
      text[at] == '*' && (at == 0 || (!word(text, at - 1) && text[at - 1] != '*')) && open_to(text, at + 1);
  if (!opens) return text.npos;
  for (std::size_t end = text.find('*', at + 2); end != text.npos; end = text.find('*', end + 1)) {
    if (open_to(text, end - 1) && !word(text, end + 1) && (end + 1 == text.size() || text[end + 1] != '*')) return end;
  }
  return text.npos;
}

Ink ink_of(char mark, Colour colour) {
  Ink ink;
  ink.bold = mark == '`';
  ink.italic = mark == '*';
  if (mark == '`') ink.fore = code_ink(colour);
  return ink;
}

/// The end of the string or the comment that begins at `at`; `at` if none does.
std::size_t end_of_token(std::string_view code, std::size_t at) {
  if (code.substr(at, 2) == "//") return code.size();
  const char quote = code[at];
  if (quote != '"' && (quote != '\'' || word(code, at == 0 ? code.size() : at - 1))) return at;
  for (std::size_t end = at + 1; end < code.size(); ++end) {
    if (code[end] == '\\')
      ++end;
    else if (code[end] == quote)
      return end + 1;
  }
  return at;
}

}  // namespace

Line markup(std::string_view text, const Style& style) {
  Line line;
  if (style.colour == Colour::none) {
    add(line, spelt(text, style));
    return line;
  }
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = closing(text, at);
    if (end == text.npos) continue;
    add(line, spelt(text.substr(done, at - done), style));
    add(line, spelt(text.substr(at + 1, end - at - 1), style), ink_of(text[at], style.colour));
    at = end;
    done = end + 1;
  }
  add(line, spelt(text.substr(done), style));
  return line;
}

std::size_t comment_of(std::string_view code) {
  for (std::size_t at = 0; at < code.size(); ++at) {
    const std::size_t end = end_of_token(code, at);
    if (end != at && code[at] == '/') return at;
    if (end != at) at = end - 1;
  }
  return code.npos;
}

Line highlighted(std::string_view code, const Style& style) {
  Line line;
  if (style.colour == Colour::none) {
    add(line, spelt(code, style));
    return line;
  }
  Ink comment, string;
  comment.dim = comment.italic = true;
  string.fore = string_ink(style.colour);
  std::size_t done = 0;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const std::size_t end = end_of_token(code, at);
    if (end == at) continue;
    add(line, spelt(code.substr(done, at - done), style));
    add(line, spelt(code.substr(at, end - at), style), code[at] == '/' ? comment : string);
    done = end;
    at = end - 1;
  }
  add(line, spelt(code.substr(done), style));
  return line;
}

}  // namespace glass::screen
