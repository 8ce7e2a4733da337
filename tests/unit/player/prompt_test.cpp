#include "engine/player/prompt.hpp"

#include "engine/screen/view.hpp"
#include "engine/screen/width.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using player::Key;
using player::keys_of;
using player::Press;
using player::Prompt;
using test::ascii_style;
using test::plain_style;

namespace {

Prompt after(const std::string& spelled, const std::string& text = "") {
  Prompt prompt("jump to", text);
  for (const Key& key : keys_of(spelled)) prompt.press(key);
  return prompt;
}

/// Text and caret: "ab|c".
std::string state(const Prompt& prompt) { return std::string(prompt.text()).insert(prompt.caret(), "|"); }

/// What is shown, and the column of the cursor.
std::pair<std::string, std::size_t> shown(const Prompt& prompt, const screen::Style& style) {
  const screen::Line line = prompt.render(style);
  const auto cursor = screen::cursor_of({line});
  REQUIRE(cursor.has_value());
  REQUIRE(screen::width(line) <= style.width);
  return {screen::plain(line), cursor->second};
}

}  // namespace

TEST_CASE("prompt: characters are inserted where the caret stands") {
  CHECK(state(after("abc")) == "abc|");
  CHECK(state(after("ac<left>b")) == "ab|c");
  CHECK(state(after("bc<home>a")) == "a|bc");
  CHECK(state(after("ab<home><right><right><right>c<left><left><end>")) == "abc|");
  CHECK(state(after("<left><backspace><erase>", "abc")) == "a|");
  CHECK(state(after("<home><backspace><erase>", "abc")) == "|bc");
  CHECK(state(after("<erase>", "abc")) == "abc|");
  CHECK(state(after("<backspace><left><right>")) == "|");
}

TEST_CASE("prompt: a grapheme is passed and deleted as one") {
  for (const std::string one : {"é", "e\u0301", "漢", "👍🏽", "👩‍👩‍👧", "🇫🇷", "ש", "ב\u05BC\u05B8"}) {
    CAPTURE(one);
    CHECK(state(after("<left>", "a" + one)) == "a|" + one);
    CHECK(state(after("<home><right>", one + "b")) == one + "|b");
    CHECK(state(after("<backspace>", "a" + one)) == "a|");
    CHECK(state(after("<home><erase>", one + "b")) == "|b");
    CHECK(state(after(one + "<left>" + one)) == one + "|" + one);
  }
}

TEST_CASE("prompt: where graphemes join, moving and deleting lead out of them") {
  CHECK(state(after("e\u0301")) == "e\u0301|");
  CHECK(state(after("<home>e<right>", "\u0301x")) == "e\u0301|x");
  CHECK(state(after("<home>e<left>", "\u0301x")) == "|e\u0301x");
  CHECK(state(after("<left><backspace>", "🇫a🇷")) == "🇫🇷|");
}

TEST_CASE("prompt: a text has at most 1,000 bytes and is valid UTF-8") {
  Prompt prompt("", std::string(998, 'a') + "\xff");
  CHECK(prompt.text().size() == 998);
  prompt.press({Press::character, "漢"});
  CHECK(prompt.text().size() == 998);
  prompt.press({Press::character, "é"});
  prompt.press({Press::character, "b"});
  CHECK(prompt.text().size() == 1000);
}

TEST_CASE("prompt: keys that mean nothing to it are left to others") {
  Prompt prompt("", "a");
  for (const Press press :
       {Press::enter, Press::escape, Press::up, Press::down, Press::page_up, Press::page_down, Press::back_tab})
    CHECK_FALSE(prompt.press({press, ""}));
  CHECK(prompt.press({Press::left, ""}));
  CHECK(prompt.press({Press::tab, ""}));
  CHECK(state(prompt) == "|a");
}

TEST_CASE("prompt: tab writes what all candidates begin with") {
  const auto names = [](const std::string& text) {
    std::vector<std::string> found;
    for (const std::string name : {"scores", "scale", "memory", "mémé", "mémè"}) {
      if (name.rfind(text, 0) == 0) found.push_back(name);
    }
    return found;
  };
  Prompt prompt("", "s", names);
  prompt.press({Press::tab, ""});
  CHECK(state(prompt) == "sc|");
  CHECK(prompt.candidates() == std::vector<std::string>{"scores", "scale"});
  prompt.press({Press::character, "o"});
  CHECK(prompt.candidates().empty());
  prompt.press({Press::tab, ""});
  CHECK(state(prompt) == "scores|");
  Prompt accents("", "mé", names);
  accents.press({Press::tab, ""});
  CHECK(state(accents) == "mém|");
  Prompt none("", "x", names);
  none.press({Press::tab, ""});
  CHECK(state(none) == "x|");
  Prompt inner("", "or", [](const std::string&) { return std::vector<std::string>{"scores", "more"}; });
  inner.press({Press::tab, ""});
  CHECK(state(inner) == "or|");
  CHECK(inner.candidates().size() == 2);
}

TEST_CASE("prompt: label, text and caret in one line") {
  CHECK(shown(after("", ""), plain_style(40)) == std::pair<std::string, std::size_t>("jump to  ", 8));
  CHECK(shown(after("abc<left>"), plain_style(40)) == std::pair<std::string, std::size_t>("jump to abc ", 10));
  CHECK(shown(after("漢字<left>"), plain_style(40)) == std::pair<std::string, std::size_t>("jump to 漢字 ", 10));
  CHECK(shown(after("שלום"), plain_style(40)) == std::pair<std::string, std::size_t>("jump to שלום ", 12));
  CHECK(shown(after("é▸漢<left>"), ascii_style(40)) == std::pair<std::string, std::size_t>("jump to e>?? ", 10));
}

TEST_CASE("prompt: a long text is scrolled so that the caret is seen") {
  const std::string text = "abcdefghijklmnopqrstuvwxyz";
  CHECK(shown(after("", text), plain_style(20)) == std::pair<std::string, std::size_t>("jump to pqrstuvwxyz ", 19));
  CHECK(shown(after("<home>", text), plain_style(20)) ==
        std::pair<std::string, std::size_t>("jump to abcdefghijkl", 8));
  Prompt prompt = after("<home>", text + "漢字👩‍👩‍👧e\u0301" + text);
  for (std::size_t i = 0; i < 60; ++i) {
    const auto [line, column] = shown(prompt, plain_style(21));
    REQUIRE(column < 21);
    if (i < 26) CHECK(line.at(column) == text[i]);
    prompt.press({Press::right, ""});
  }
}
