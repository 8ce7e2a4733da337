#include <algorithm>
#include <array>
#include <stdexcept>

#include "engine/player/key.hpp"

namespace glass::player {
namespace {

struct Named {
  std::string_view name;
  Key key;
};

const std::array<Named, 17>& named_keys() {
  static const std::array<Named, 17> names = {{{"up", {Press::up, ""}},
                                               {"down", {Press::down, ""}},
                                               {"left", {Press::left, ""}},
                                               {"right", {Press::right, ""}},
                                               {"home", {Press::home, ""}},
                                               {"end", {Press::end, ""}},
                                               {"page_up", {Press::page_up, ""}},
                                               {"page_down", {Press::page_down, ""}},
                                               {"enter", {Press::enter, ""}},
                                               {"backspace", {Press::backspace, ""}},
                                               {"erase", {Press::erase, ""}},
                                               {"clear", {Press::clear, ""}},
                                               {"tab", {Press::tab, ""}},
                                               {"back_tab", {Press::back_tab, ""}},
                                               {"escape", {Press::escape, ""}},
                                               {"space", {Press::character, " "}},
                                               {"lt", {Press::character, "<"}}}};
  return names;
}

Key named(std::string_view name) {
  std::string known;
  for (const Named& each : named_keys()) {
    if (each.name == name) return each.key;
    known += (known.empty() ? "<" : ", <") + std::string(each.name) + ">";
  }
  throw std::invalid_argument("no key is called <" + std::string(name) + ">; there are " + known);
}

}  // namespace

std::vector<Key> keys_of(std::string_view spelled) {
  std::vector<Key> keys;
  while (!spelled.empty()) {
    const std::size_t open = std::min(spelled.find('<'), spelled.size());
    const std::vector<Key> plain = KeyReader().feed(spelled.substr(0, open));
    keys.insert(keys.end(), plain.begin(), plain.end());
    spelled.remove_prefix(open);
    if (spelled.empty()) break;
    const std::size_t close = spelled.find('>');
    if (close == spelled.npos) throw std::invalid_argument("the key " + std::string(spelled) + " has no >");
    keys.push_back(named(spelled.substr(1, close - 1)));
    spelled.remove_prefix(close + 1);
  }
  return keys;
}

}  // namespace glass::player
