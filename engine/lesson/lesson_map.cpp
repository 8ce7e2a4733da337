#include "engine/lesson/lesson_map.hpp"

#include <algorithm>

#include "engine/lesson/names.hpp"
#include "engine/screen/figure.hpp"
#include "engine/screen/width.hpp"

namespace glass::lesson {
namespace {

using screen::Line;
using screen::Lines;
using screen::Style;

/// Where a name stands: what comes before its last word, without the layer and head numbers.
struct Place {
  std::string group;  ///< "embed", "self_attn", "feed_forward"; empty for the side's own names
  bool in_layer, in_head;
  std::string leaf;
  bool operator==(const Place&) const = default;
  [[nodiscard]] bool same_group(const Place& other) const {
    return group == other.group && in_layer == other.in_layer && in_head == other.in_head;
  }
};

Place place_of(const std::string& row) {
  std::string rest = row.substr(row.find('.') + 1);
  const bool in_layer = rest.starts_with("layers.L.");
  if (in_layer) rest = rest.substr(9);
  const std::size_t head = rest.find("head.H.");
  const std::size_t dot = rest.find('.');
  const std::string group = dot == std::string::npos ? "" : rest.substr(0, dot);
  return {group, in_layer, head != std::string::npos, rest.substr(rest.rfind('.') + 1)};
}

constexpr screen::Rgb kLitFore{255, 255, 255}, kLitBack{29, 78, 216};

/// Words of one group in lines of a column, the lit ones in brackets.
class Column {
 public:
  Column(std::size_t width, const Style& style) : width_(width), style_(style) {}

  void title(std::size_t indent, const std::string& text, bool bold) {
    finish();
    lines_.push_back({{std::string(indent, ' '), {}},
                      {screen::spelt(text, style_), {.fore = {}, .back = {}, .bold = bold, .dim = !bold}}});
  }

  void begin(std::size_t indent, const std::string& lead) {
    finish();
    indent_ = indent;
    line_ = {{std::string(indent, ' ') + lead, {.fore = {}, .back = {}, .dim = true}}};
    used_ = indent + lead.size();
    hanging_ = indent + lead.size();
  }

  void word(const std::string& text, bool lit) {
    const std::string shown = lit ? "[" + text + "]" : text;
    if (used_ + shown.size() + 1 > width_ && used_ > hanging_) {
      finish();
      line_ = {{std::string(hanging_, ' '), {}}};
      used_ = hanging_;
    }
    line_.push_back(
        {shown, lit ? screen::Ink{.fore = kLitFore, .back = kLitBack, .bold = true, .cursor = true} : screen::Ink{}});
    line_.push_back({" ", {}});
    used_ += shown.size() + 1;
  }

  Lines lines() {
    finish();
    return lines_;
  }

 private:
  void finish() {
    if (line_.empty()) return;
    if (line_.back().text == " ") line_.pop_back();
    lines_.push_back(std::move(line_));
    line_.clear();
  }

  std::size_t width_;
  const Style& style_;
  Lines lines_;
  Line line_;
  std::size_t used_ = 0, indent_ = 0, hanging_ = 0;
};

/// The lines before a group's words: the layers, the sub-layer.
void open_group(Column& column, const Place& place, const Place& before, const StackDims& stack) {
  if (place.in_layer && !before.in_layer)
    column.title(0, "layers.L   " + std::to_string(stack.n_layers) + " layers", false);
  const std::size_t indent = place.in_layer ? 2 : 0;
  if (!place.group.empty() && place.group != before.group) column.title(indent, place.group, false);
  const std::size_t inside = indent + (place.group.empty() ? 0 : 2);
  column.begin(inside, place.in_head ? "head.H  " : "");
}

Lines draw_side(const std::string& side, const Dims& dims, const std::vector<std::string>& lit, const Style& style) {
  Column column(style.width, style);
  column.title(0, side, true);
  const StackDims& stack = side == "encoder" ? dims.encoder : dims.decoder;
  Place before{"-", false, false, ""};
  for (const Row& row : contract()) {
    if (!row.name.starts_with(side + ".")) continue;
    const Place place = place_of(row.name);
    if (!place.same_group(before)) open_group(column, place, before, stack);
    column.word(place.leaf, matches_any(row.name, lit));
    before = place;
  }
  return column.lines();
}

}  // namespace

Lines draw_map(const Dims& dims, const std::vector<std::string>& lit, const Style& style) {
  constexpr std::size_t kGap = 3, kIndent = 2;
  Style half = style;
  half.width = style.width >= 76 ? (style.width - kIndent - kGap) / 2 : style.width - kIndent;
  half.width = std::min<std::size_t>(half.width, 46);
  std::vector<Lines> sides;
  for (const char* side : {"encoder", "decoder"}) {
    Lines lines = draw_side(side, dims, lit, half);
    for (Line& line : lines) line.insert(line.begin(), {std::string(kIndent, ' '), {}});
    sides.push_back(std::move(lines));
  }
  return screen::beside(sides, style, kGap);
}

}  // namespace glass::lesson
