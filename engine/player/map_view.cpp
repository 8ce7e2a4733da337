#include "engine/player/map_view.hpp"

#include <algorithm>

#include "engine/lesson/lesson_map.hpp"
#include "engine/player/matrix_view.hpp"
#include "engine/screen/text.hpp"

namespace glass::player {

screen::Lines MapView::lines(const Canvas& canvas) const {
  const Row& row = glass::row_of(at_.name);
  const std::string formula = row.formula.empty() ? "" : " = " + std::string(row.formula);
  screen::Lines lines = screen::wrapped("`" + to_string(at_.name) + "`" + formula, canvas.style, 0, 2);
  for (const screen::Lines& more : {screen::wrapped(std::string(row.meaning), canvas.style, 2, 2), screen::Lines{{}},
                                    lesson::draw_map(at_.session->dims(), {row.name}, canvas.style)})
    append(lines, more);
  return lines;
}

std::vector<std::string> MapView::keys() const {
  return {"⌫ back", "←→ matrix", "Enter look at it", "Tab other side", "h head, layer", "g by name"};
}

/// Layer and head stay what they are as far as the other matrix has them.
void MapView::go_to(std::size_t row) {
  const Dims& dims = at_.session->dims();
  const Row& to = contract().at(row);
  const StackDims& stack = to.name.starts_with("encoder") ? dims.encoder : dims.decoder;
  const auto kept = [](std::int16_t index, std::size_t count) {
    return index >= 0 && static_cast<std::size_t>(index) < count ? index : std::int16_t{0};
  };
  Name name{static_cast<std::int16_t>(row), -1, -1};
  if (to.name.find(".L.") != std::string::npos) name.layer = kept(at_.name.layer, stack.n_layers);
  if (to.name.find(".H.") != std::string::npos) name.head = kept(at_.name.head, stack.n_heads);
  at_.name = name;
  at_.row = at_.col = 0;
}

void MapView::step(int by) {
  const auto count = static_cast<int>(contract().size());
  go_to(static_cast<std::size_t>((at_.name.row + by + count) % count));
}

void MapView::other_side() {
  const bool encoder = glass::row_of(at_.name).name.starts_with("encoder");
  const auto& rows = contract();
  const auto first = std::find_if(rows.begin(), rows.end(),
                                  [&](const Row& row) { return row.name.starts_with("encoder") != encoder; });
  go_to(static_cast<std::size_t>(first - rows.begin()));
}

bool MapView::press(const Key& key, Host& host) {
  switch (key.press) {
    case Press::left:
    case Press::up:
      return step(-1), true;
    case Press::right:
    case Press::down:
      return step(1), true;
    case Press::tab:
    case Press::back_tab:
      return other_side(), true;
    case Press::enter:
      return host.open(std::make_unique<MatrixView>(at_)), true;
    default:
      break;
  }
  if (!is(key, "h")) return false;
  if (const auto next = next_sibling(at_.name, at_.session->dims())) at_.name = *next;
  return true;
}

}  // namespace glass::player
