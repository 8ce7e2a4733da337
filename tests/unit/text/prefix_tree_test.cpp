#include "engine/text/prefix_tree.hpp"

#include <map>
#include <random>
#include <string>

#include "tests/support/catch.hpp"

using glass::text::PrefixTree;

TEST_CASE("prefix_tree: a walk along a text meets every entry that it begins with", "[text]") {
  const PrefixTree tree({{"abc", 2}, {"a", 0}, {"b", 1}, {"ab\xFF", 3}});
  std::uint32_t node = PrefixTree::kRoot;
  CHECK(tree.value(node) == PrefixTree::kNone);
  REQUIRE(tree.step(node, 'a'));
  CHECK(tree.value(node) == 0);
  REQUIRE(tree.step(node, 'b'));
  CHECK(tree.value(node) == PrefixTree::kNone);
  const std::uint32_t before = node;
  CHECK_FALSE(tree.step(node, 'x'));
  CHECK(node == before);
  REQUIRE(tree.step(node, '\xFF'));
  CHECK(tree.value(node) == 3);
  CHECK(tree.longest("abcd") == 3);
  CHECK(tree.longest("abd") == 1);
  CHECK(tree.longest("xab") == 0);
  CHECK(PrefixTree({}).longest("a") == 0);
}

TEST_CASE("prefix_tree: the longest entry is the one that a search through all finds", "[text]") {
  std::mt19937_64 random(8);
  const auto word = [&] {
    std::string text(1 + random() % 6, ' ');
    for (char& byte : text) byte = static_cast<char>('a' + random() % 3);
    return text;
  };
  std::map<std::string, std::int32_t> entries;
  for (std::int32_t i = 0; i < 200; ++i) entries.emplace(word(), i);
  const PrefixTree tree({entries.begin(), entries.end()});
  for (int i = 0; i < 1000; ++i) {
    const std::string text = word() + word();
    std::size_t expected = 0;
    for (const auto& [entry, value] : entries) {
      if (text.rfind(entry, 0) == 0) expected = std::max(expected, entry.size());
    }
    REQUIRE(tree.longest(text) == expected);
  }
}
