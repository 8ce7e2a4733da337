#include "engine/player/view.hpp"

#include <algorithm>

#include "engine/player/why_view.hpp"
#include "engine/trace/trace_file.hpp"

namespace glass::player {

screen::Figure Canvas::shaded(screen::Figure figure) const {
  if (shades == Shades::heat) figure.form = screen::Form::heat;
  if (shades != Shades::numbers) return figure;
  figure.form = screen::Form::numbers;
  if (figure.scale == screen::Scale::flag) figure.digits = 0;
  figure.scale = screen::Scale::none;
  return figure;
}

std::optional<Saved> View::saved() const {
  const std::optional<Pointed> at = pointed();
  if (!at) return std::nullopt;
  return Saved{(at->run.empty() ? "" : "changed-") + to_string(at->name), to_array(at->name, at->matrix())};
}

bool View::ask_why(Host& host) const {
  const std::optional<Pointed> at = pointed();
  if (at) open_why(*at, host);
  return at.has_value();
}

std::shared_ptr<const lesson::Pass> pass_of(const std::shared_ptr<const lesson::Session>& session, bool padded) {
  return {session, padded ? &session->padded() : &session->plain()};
}

std::optional<std::size_t> digit(const Key& key) {
  const bool single = key.press == Press::character && key.text.size() == 1;
  if (!single || key.text[0] < '0' || key.text[0] > '9') return std::nullopt;
  return static_cast<std::size_t>(key.text[0] - '0');
}

bool is(const Key& key, std::string_view character) { return key.press == Press::character && key.text == character; }

std::optional<Cell> moved(const Key& key, Cell from, std::size_t rows, std::size_t cols) {
  if (rows == 0 || cols == 0) return std::nullopt;
  switch (key.press) {
    case Press::up:
      return Cell{from.row - std::min<std::size_t>(from.row, 1), from.col};
    case Press::down:
      return Cell{std::min(from.row + 1, rows - 1), from.col};
    case Press::left:
      return Cell{from.row, from.col - std::min<std::size_t>(from.col, 1)};
    case Press::right:
      return Cell{from.row, std::min(from.col + 1, cols - 1)};
    default:
      return std::nullopt;
  }
}

std::optional<Name> next_sibling(Name name, const Dims& dims) {
  const auto heads = static_cast<std::int16_t>(stack_of(name, dims).n_heads);
  const auto layers = static_cast<std::int16_t>(stack_of(name, dims).n_layers);
  Name next = name;
  if (next.head >= 0) next.head = static_cast<std::int16_t>((next.head + 1) % heads);
  if (next.layer >= 0 && next.head <= 0) next.layer = static_cast<std::int16_t>((next.layer + 1) % layers);
  return next == name ? std::nullopt : std::optional(next);
}

}  // namespace glass::player
