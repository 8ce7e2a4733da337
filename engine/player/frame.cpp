#include "engine/player/frame.hpp"

#include <algorithm>

#include "engine/screen/layout.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/view.hpp"
#include "engine/screen/width.hpp"

namespace glass::player {
namespace {

using screen::Line;
using screen::Lines;

constexpr std::size_t kAround = 4;  ///< the heading's two lines, the status, the keys

/// "12 more lines below (space)", or nothing.
Line more(const Parts& parts, const Window& window) {
  const std::size_t end = parts.scroll + body_height(window);
  const std::size_t below = parts.body.size() > end ? parts.body.size() - end : 0;
  if (below == 0 && parts.scroll == 0) return {};
  const std::string text = below == 0
                               ? "the end; Page Up shows what is above"
                               : std::to_string(below) + (below == 1 ? " more line" : " more lines") + " below: space";
  return {{"  " + text, screen::dim_ink()}};
}

/// As many of the keys as there is room for; "? all keys" and "q quit" always.
Line key_bar(const std::vector<std::string>& keys, const Window& window) {
  const std::vector<std::string> always = {"? all keys", "q quit"};
  std::size_t room = window.width - std::min<std::size_t>(window.width, 1);
  for (const std::string& text : always) room -= std::min(room, screen::width(text) + 2);
  std::vector<std::string> shown;
  for (const std::string& each : keys) {
    const std::string key = screen::spelt(each, window.style());
    const std::size_t columns = screen::width(key) + 2;
    if (columns > room) continue;
    room -= columns;
    shown.push_back(key);
  }
  shown.insert(shown.end(), always.begin(), always.end());
  Line line;
  for (const std::string& key : shown) {
    const std::size_t blank = key.rfind(' ') == std::string::npos ? key.size() : key.find(' ');
    screen::add(line, line.empty() ? " " : "  ");
    screen::add(line, key.substr(0, blank), screen::bold_ink());
    screen::add(line, key.substr(blank), screen::dim_ink());
  }
  return line;
}

}  // namespace

std::size_t body_height(const Window& window) { return window.height > kAround ? window.height - kAround : 0; }

Lines frame(const Parts& parts, const Window& window) {
  const screen::Style style = window.style();
  Lines lines = screen::heading(parts.title, parts.place, style);
  lines.resize(2);
  const Lines status = parts.status.empty() ? Lines{more(parts, window)} : parts.status;
  const std::size_t height = body_height(window) + 1;
  for (std::size_t i = parts.scroll; i + status.size() < parts.scroll + height; ++i)
    lines.push_back(i < parts.body.size() ? parts.body[i] : Line{});
  append(lines, status);
  lines.push_back(key_bar(parts.keys, window));
  if (lines.size() > window.height)
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(window.height), lines.end());
  return screen::cropped(lines, window.width);
}

}  // namespace glass::player
