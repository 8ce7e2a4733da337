#include "engine/player/choice_view.hpp"

#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"

namespace glass::player {

ChoiceView::ChoiceView(std::string title, std::string says, std::vector<Choice> choices, std::size_t first,
                       std::size_t at)
    : title_(std::move(title)), says_(std::move(says)), choices_(std::move(choices)), first_(first), at_(at) {}

screen::Lines ChoiceView::lines(const Canvas& canvas) const {
  screen::Lines lines = screen::wrapped(says_, canvas.style);
  if (!lines.empty()) lines.emplace_back();
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    const std::string number = std::to_string(first_ + i);
    const std::string text = i == at_ ? "*" + choices_[i].text + "*" : choices_[i].text;
    const screen::Grid grid{{}, {{i == at_ ? "▸" : "·", (number.size() < 2 ? "\u00a0" : "") + number, text}}, {}};
    screen::Lines entry = screen::draw(grid, canvas.style);
    if (i == at_ && !entry.empty()) {
      for (screen::Span& span : entry.front()) span.ink.cursor = true;
    }
    append(lines, entry);
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
  if (const auto typed = digit(key); typed && *typed >= first_) chosen = *typed - first_;
  if (chosen >= choices_.size()) return false;
  at_ = chosen;
  const std::function<void(Host&)> act = choices_[chosen].chosen;  // the view may be gone when it returns
  act(host);
  return true;
}

}  // namespace glass::player
