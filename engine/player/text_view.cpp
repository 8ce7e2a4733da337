#include "engine/player/text_view.hpp"

#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"

namespace glass::player {
namespace {

const std::vector<std::vector<std::string>>& key_rows() {
  static const std::vector<std::vector<std::string>> rows = {
      {"n Enter", "the next screen; where the table grows, one row more"},
      {"p", "the one before"},
      {"Home End", "the first, the last"},
      {"space", "further down in a long screen, then the next"},
      {"PgUp PgDn", "up and down in a long screen"},
      {"g", "go to a screen by its number, or to a matrix by its name (Tab completes it)"},
      {"m", "the map of the whole model: look at any matrix"},
      {"↑ ↓ ← →", "move over the cells of a matrix; without one, scroll and turn the page"},
      {"Tab", "the next matrix on the screen"},
      {"w", "why: the arithmetic behind the number under the cursor"},
      {"1 2 3 …", "in why: ask the same of that operand; elsewhere choose from a list"},
      {"u", "in why: who uses this number"},
      {"a", "in why: every term; where the table grows, the average over the heads; else an answer"},
      {"a b c d", "answer a question; come back to it to answer again"},
      {"h", "the next head, then the next layer"},
      {"z", "nearer: the matrix alone, one row, one cell"},
      {"x", "what if: change something, and see what becomes of the translation"},
      {"s t", "a sentence of your own; a translation of it to read in place of the model's"},
      {"l", "all screens of the lesson"},
      {"e", "write the matrix (.npy) or the screen (.txt, .svg) to a file"},
      {"c", "numbers and colour, numbers, colour"},
      {"/", "search in the lesson's text"},
      {"⌫ Esc", "back"},
      {"q", "quit; the place is remembered"}};
  return rows;
}

}  // namespace

TextView::TextView(std::string title, std::function<screen::Lines(const screen::Style&)> text)
    : title_(std::move(title)), text_(std::move(text)) {}

bool TextView::press(const Key& key, Host& host) {
  if (key.press != Press::enter) return false;
  host.back();
  return true;
}

std::unique_ptr<View> help_view() {
  return std::make_unique<TextView>("Keys", [](const screen::Style& style) {
    return screen::draw(screen::Grid{{}, key_rows(), {}}, style);
  });
}

}  // namespace glass::player
