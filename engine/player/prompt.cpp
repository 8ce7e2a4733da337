#include "engine/player/prompt.hpp"

#include <algorithm>
#include <utility>

#include "engine/screen/glyphs.hpp"
#include "engine/text/utf8.hpp"

namespace glass::player {
namespace {

constexpr std::size_t kMostBytes = 1000;

/// Where graphemes begin, and the end of the text.
std::vector<std::size_t> boundaries(const std::string& text) {
  std::vector<std::size_t> result = {0};
  for (const screen::Glyph& glyph : screen::glyphs(text)) result.push_back(result.back() + glyph.text.size());
  return result;
}

/// The last boundary before a place; 0 if there is none.
std::size_t previous(const std::string& text, std::size_t place) {
  std::size_t found = 0;
  for (const std::size_t boundary : boundaries(text)) found = boundary < place ? boundary : found;
  return found;
}

/// The first boundary from a place on.
std::size_t settled(const std::string& text, std::size_t place) {
  const std::vector<std::size_t> all = boundaries(text);
  return *std::lower_bound(all.begin(), all.end() - 1, place);
}

std::size_t next(const std::string& text, std::size_t place) { return settled(text, std::min(place + 1, text.size())); }

/// What all begin with, in whole characters.
std::string common_start(const std::vector<std::string>& texts) {
  std::string start = texts.front();
  for (const std::string& text : texts) {
    const auto differ = std::mismatch(start.begin(), start.end(), text.begin(), text.end());
    start.erase(differ.first, start.end());
  }
  while (!text::is_valid_utf8(start)) start.pop_back();
  return start;
}

std::string valid(const std::string& text) {
  std::string result;
  for (const screen::Glyph& glyph : screen::glyphs(text)) result += glyph.text;
  return result;
}

}  // namespace

Prompt::Prompt(std::string label, const std::string& text, Completion completion)
    : label_(std::move(label)), text_(valid(text)), caret_(text_.size()), completion_(std::move(completion)) {}

void Prompt::insert(const std::string& character) {
  if (text_.size() + character.size() > kMostBytes) return;
  text_.insert(caret_, character);
  caret_ += character.size();
}

void Prompt::take_out(std::size_t from, std::size_t end) {
  text_.erase(from, end - from);
  caret_ = settled(text_, from);
}

void Prompt::complete() {
  if (completion_ == nullptr) return;
  candidates_ = completion_(text_);
  if (candidates_.empty()) return;
  const std::string start = common_start(candidates_);
  const bool longer = start.size() >= text_.size() && start.compare(0, text_.size(), text_) == 0;
  if ((!longer && candidates_.size() > 1) || start.size() > kMostBytes) return;
  text_ = start;
  caret_ = text_.size();
}

bool Prompt::edit(const Key& key) {
  switch (key.press) {
    case Press::character:
      insert(key.text);
      return true;
    case Press::left:
      caret_ = previous(text_, caret_);
      return true;
    case Press::right:
      caret_ = next(text_, caret_);
      return true;
    case Press::home:
      caret_ = 0;
      return true;
    case Press::end:
      caret_ = text_.size();
      return true;
    case Press::clear:
      take_out(0, text_.size());
      return true;
    case Press::backspace:
      take_out(previous(text_, caret_), caret_);
      return true;
    case Press::erase:
      take_out(caret_, next(text_, caret_));
      return true;
    default:
      return false;
  }
}

bool Prompt::press(const Key& key) {
  candidates_.clear();
  if (key.press != Press::tab) return edit(key);
  complete();
  return true;
}

}  // namespace glass::player
