#include <algorithm>
#include <set>

#include "engine/screen/plan.hpp"

namespace glass::screen {

std::vector<Shown> shown(std::size_t count, std::size_t most, const std::vector<std::size_t>& wanted) {
  std::set<std::size_t> chosen;
  const auto choose = [&](std::size_t index, std::size_t limit) {
    if (chosen.size() < limit && index < count) chosen.insert(index);
  };
  for (const std::size_t index : wanted) choose(index, most > 3 ? most - 2 : most);
  for (std::size_t i = 0; i < count && chosen.size() < std::min(count, most); ++i) {
    choose(i, most);
    choose(count - 1 - i, most);
  }
  std::vector<Shown> items;
  std::size_t next = 0;
  for (const std::size_t index : chosen) {
    if (index > next) items.push_back({0, index - next});
    items.push_back({index, 0});
    next = index + 1;
  }
  if (next < count) items.push_back({0, count - next});
  return items;
}

}  // namespace glass::screen
