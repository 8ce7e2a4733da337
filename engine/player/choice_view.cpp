#include "engine/player/choice_view.hpp"

#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"

namespace glass::player {

ChoiceView::ChoiceView(std::string title, std::string says, std::vector<Choice> choices, std::size_t first,
                       std::size_t at)
    : title_(std::move(title)), says_(std::move(says)), choices_(std::move(choices)), first_(first), at_(at) {}

screen::Lines ChoiceView::lines(const Canvas& canvas) const {
  screen::Grid grid{{}, {}, {false, true}};
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    const std::string text = i == at_ ? "*" + choices_[i].text + "*" : choices_[i].text;
    grid.rows.push_back({i == at_ ? "▸" : "", std::to_string(first_ + i), text});
  }
  screen::Lines lines = screen::wrapped(says_, canvas.style);
  if (!lines.empty()) lines.emplace_back();
  const screen::Lines list = screen::draw(grid, canvas.style);
  lines.insert(lines.end(), list.begin(), list.end());
  for (screen::Line& line : lines) {
    for (screen::Span& span : line) span.ink.cursor = span.text.find(screen::spelt("▸", canvas.style)) == 2;
  }
  return lines;
}

std::vector<std::string> ChoiceView::keys() const { return {"1…9 choose", "↑↓ Enter choose", "⌫ back"}; }

bool ChoiceView::press(const Key& key, Host& host) {
  if (key.press == Press::up || key.press == Press::down) {
    at_ = moved(key, {at_, 0}, choices_.size(), 1).value_or(Cell{}).row;
    return true;
  }
  std::size_t chosen = choices_.size();
  if (key.press == Press::enter) chosen = at_;
  if (key.press == Press::character && key.text.size() == 1 && key.text[0] >= '1' && key.text[0] <= '9')
    chosen = static_cast<std::size_t>(key.text[0] - '0') - first_;
  if (chosen >= choices_.size()) return false;
  at_ = chosen;
  const std::function<void(Host&)> act = choices_[chosen].chosen;  // the view may be gone when it returns
  act(host);
  return true;
}

}  // namespace glass::player
