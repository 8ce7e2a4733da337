#include <algorithm>

#include "engine/lesson/render.hpp"
#include "engine/screen/text.hpp"

namespace glass::lesson {
namespace {

/// Names that differ only in their last word.
struct Group {
  std::string place;
  std::vector<std::string> leaves;
};

std::vector<Group> grouped(const std::vector<Name>& names) {
  std::vector<Group> groups;
  for (const Name name : names) {
    const std::string text = to_string(name);
    const std::size_t dot = text.rfind('.');
    const std::string place = text.substr(0, dot);
    if (groups.empty() || groups.back().place != place) groups.push_back({place, {}});
    groups.back().leaves.push_back(text.substr(dot + 1));
  }
  return groups;
}

/// "….head" and 2 for a head's place, else -1.
std::pair<std::string, int> head_of(const std::string& place) {
  const std::size_t at = place.rfind(".head.");
  if (at == std::string::npos) return {place, -1};
  return {place.substr(0, at + 5), std::stoi(place.substr(at + 6))};
}

/// Heads that follow each other with the same words become one: `head.0–3`.
std::vector<Group> heads_joined(const std::vector<Group>& groups) {
  std::vector<Group> result;
  for (std::size_t i = 0; i < groups.size();) {
    const auto [stem, first] = head_of(groups[i].place);
    std::size_t end = i + 1;
    while (first >= 0 && end < groups.size() && head_of(groups[end].place).first == stem &&
           groups[end].leaves == groups[i].leaves)
      ++end;
    Group group = groups[i];
    if (end - i > 1) group.place += "–" + std::to_string(head_of(groups[end - 1].place).second);
    result.push_back(std::move(group));
    i = end;
  }
  return result;
}

}  // namespace

screen::Lines render(const std::vector<Name>& names, const Rendering& rendering) {
  screen::Lines lines;
  for (const Group& group : heads_joined(grouped(names))) {
    std::string text = "`" + group.place + "`";
    for (const std::string& leaf : group.leaves) text += " " + leaf;
    const screen::Lines more = screen::wrapped(text, rendering.style, 2, 4);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

}  // namespace glass::lesson
