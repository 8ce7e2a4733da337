#include "engine/player/key.hpp"

#include <random>

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using player::Key;
using player::KeyReader;
using player::keys_of;
using player::Press;
using Keys = std::vector<Key>;

namespace {

/// The keys of bytes after which nothing follows.
Keys keys(const std::string& bytes) {
  KeyReader reader;
  Keys result = reader.feed(bytes);
  const Keys rest = reader.flush();
  result.insert(result.end(), rest.begin(), rest.end());
  return result;
}

Keys pressed(Press press) { return {{press, ""}}; }

Keys typed(const std::string& character) { return {{Press::character, character}}; }

/// The same bytes, cut into random pieces.
Keys keys_in_pieces(const std::string& bytes, std::mt19937& random) {
  KeyReader reader;
  Keys result;
  for (std::size_t from = 0; from < bytes.size();) {
    const std::size_t size = 1 + random() % 4;
    for (const Key& key : reader.feed(std::string_view(bytes).substr(from, size))) result.push_back(key);
    from += size;
  }
  for (const Key& key : reader.flush()) result.push_back(key);
  return result;
}

}  // namespace

TEST_CASE("key: every terminal's form of a key") {
  const std::vector<std::pair<Press, std::vector<std::string>>> forms = {
      {Press::up, {"\x1b[A", "\x1bOA", "\x1b[1;5A", "\x1b\x1b[A", "\x1b[a", "\x1bOa", "\x1bO5A"}},
      {Press::down, {"\x1b[B", "\x1bOB", "\x1b[1;2B"}},
      {Press::right, {"\x1b[C", "\x1bOC", "\x1b[1;3C"}},
      {Press::left, {"\x1b[D", "\x1bOD", "\x1b[1;6D"}},
      {Press::home, {"\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~", "\x1b[1;5H", "\x1b[7^", "\x1b[7$"}},
      {Press::end, {"\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~", "\x1b[8@"}},
      {Press::page_up, {"\x1b[5~", "\x1b[5;5~"}},
      {Press::page_down, {"\x1b[6~"}},
      {Press::erase, {"\x1b[3~", "\x1b[3;2~", "\x1b[3$"}},
      {Press::back_tab, {"\x1b[Z", "\x1b[1;2Z"}},
      {Press::enter, {"\r", "\n", "\x1bOM", "\x1b\r"}},
      {Press::backspace, {"\x7f", "\b", "\x1b\x7f"}},
      {Press::tab, {"\t"}},
      {Press::escape, {"\x1b"}}};
  for (const auto& [press, texts] : forms) {
    for (const std::string& text : texts) {
      CAPTURE(text);
      CHECK(keys(text) == pressed(press));
    }
  }
}

TEST_CASE("key: a character is a code point, with Alt too") {
  CHECK(keys("aé漢🙂") ==
        Keys{{Press::character, "a"}, {Press::character, "é"}, {Press::character, "漢"}, {Press::character, "🙂"}});
  CHECK(keys("\x1b"
             "n") == typed("n"));
  CHECK(keys("\x1bé") == typed("é"));
  CHECK(keys("\x1b[") == typed("["));
  CHECK(keys("\x1bO") == typed("O"));
  CHECK(keys("\x1b]") == typed("]"));
}

TEST_CASE("key: what is not a key is swallowed whole") {
  const std::vector<std::string> silent = {"\x1b[I",
                                           "\x1b[24;80R",
                                           "\x1b[?1;2c",
                                           "\x1b[?2026;2$y",
                                           "\x1b[200~",
                                           "\x1b[201~",
                                           "\x1b[2~",
                                           "\x1b[15~",
                                           "\x1bOP",
                                           "\x1b[[A",
                                           "\x1b[M !!",
                                           "\x1b[<0;12;7M",
                                           "\x1b[<0;12;7m",
                                           "\x1b]0;title\x07",
                                           "\x1b]11;rgb:0/0/0\x1b\\",
                                           "\x1bP1$r0m\x1b\\",
                                           "\x1b_Gi=31;OK\x1b\\",
                                           "\x1b[?1A",
                                           "\x1b[",
                                           std::string(1, '\0'),
                                           "\x01\x05\x1f"};
  for (std::size_t i = 0; i + 3 < silent.size(); ++i) {
    CAPTURE(silent[i]);
    CHECK(keys(silent[i] + "x") == typed("x"));
  }
  CHECK(keys(silent.back() + silent[silent.size() - 2] + "x") == typed("x"));
  CHECK(keys("\x1b[200~ab\x1b[201~") == Keys{{Press::character, "a"}, {Press::character, "b"}});
}

TEST_CASE("key: invalid UTF-8 and controls are dropped, what follows is not") {
  for (const std::string bad : {"\x80", "\xc3", "\xff", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                "\xf0\x9f", "\xc2\x9b", "\x1c"}) {
    CAPTURE(bad);
    CHECK(keys(bad + "x") == typed("x"));
    CHECK(keys(bad + "é") == typed("é"));
  }
}

TEST_CASE("key: an escape waits for what follows") {
  KeyReader reader;
  CHECK_FALSE(reader.waiting());
  CHECK(reader.feed("\x1b").empty());
  CHECK(reader.waiting());
  CHECK(reader.feed("[").empty());
  CHECK(reader.feed("A") == pressed(Press::up));
  CHECK_FALSE(reader.waiting());
  CHECK(reader.feed("\x1b\x1b").empty());
  CHECK(reader.flush() == Keys{{Press::escape, ""}, {Press::escape, ""}});
  CHECK(reader.feed("\x1b\x1bq") == Keys{{Press::escape, ""}, {Press::character, "q"}});
  CHECK(reader.feed("\xc3").empty());
  CHECK(reader.waiting());
  CHECK(reader.flush().empty());
  CHECK(reader.feed("\x1b[1;").empty());
  CHECK(reader.flush().empty());
  CHECK(reader.feed("A") == typed("A"));
  CHECK(reader.flush().empty());
}

TEST_CASE("key: any bytes give the same keys however they are cut") {
  std::mt19937 random(7);
  const std::string common = "\x1b\x1b\x1b[[O]P\\AZ~;15$<?M\x07\x18\r\x7fn\xc3\xa9\xe6\xbc\xa2\x80";
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    const std::size_t size = random() % 40;
    for (std::size_t i = 0; i < size; ++i)
      bytes += random() % 4 == 0 ? static_cast<char>(random() % 256) : common[random() % common.size()];
    const Keys whole = keys(bytes);
    REQUIRE(keys_in_pieces(bytes, random) == whole);
    for (const Key& key : whole) {
      REQUIRE(key.text.empty() == (key.press != Press::character));
      REQUIRE((key.text.empty() || static_cast<unsigned char>(key.text[0]) >= ' '));
    }
  }
}

TEST_CASE("key: keys can be spelled") {
  CHECK(keys_of("n<right><lt><space>é<page_down>") == Keys{{Press::character, "n"},
                                                           {Press::right, ""},
                                                           {Press::character, "<"},
                                                           {Press::character, " "},
                                                           {Press::character, "é"},
                                                           {Press::page_down, ""}});
  CHECK(keys_of("").empty());
  CHECK(keys_of("a b") == Keys{{Press::character, "a"}, {Press::character, " "}, {Press::character, "b"}});
  const std::string known =
      "there are <up>, <down>, <left>, <right>, <home>, <end>, <page_up>, <page_down>, <enter>, <backspace>, <erase>, "
      "<clear>, <tab>, <back_tab>, <escape>, <space>, <lt>";
  CHECK(test::message_of([] { (void)keys_of("n<rihgt>"); }) == "no key is called <rihgt>; " + known);
  CHECK(test::message_of([] { (void)keys_of("<up"); }) == "the key <up has no >");
}
