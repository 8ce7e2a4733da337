#include "engine/text/utf8.hpp"

#include "tests/support/catch.hpp"

using namespace glass::text;

TEST_CASE("utf8: the first character has its code point and size", "[text]") {
  CHECK(first_character("A").value == U'A');
  CHECK(first_character("\xC3\xA9t").value == U'\u00E9');
  CHECK(first_character("\xC3\xA9t").size == 2);
  CHECK(first_character("\xE2\x96\x81").value == U'\u2581');
  CHECK(first_character("\xF0\x9F\x98\x80").value == U'\U0001F600');
  CHECK(first_character("\xF0\x9F\x98\x80").size == 4);
}

TEST_CASE("utf8: overlong forms, surrogates, stray and missing bytes are invalid", "[text]") {
  for (const char* bytes :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80", "\xFF", "\xC3", "\xE2\x96", "\xC3(", "\xE2(\x81"}) {
    CAPTURE(quote(bytes));
    CHECK_FALSE(is_valid_utf8(bytes));
    CHECK_FALSE(first_character(bytes).valid);
    CHECK(first_character(bytes).size == 1);
    CHECK_FALSE(is_valid_utf8(std::string("good ") + bytes));
  }
}

TEST_CASE("utf8: every code point is valid unless it is a surrogate", "[text]") {
  for (char32_t c = 0x800; c < 0x10000; ++c) {
    const std::string text{static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                           static_cast<char>(0x80 | (c & 0x3F))};
    REQUIRE(is_valid_utf8(text) == (c < 0xD800 || c >= 0xE000));
  }
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8(std::string_view("\0", 1)));
  CHECK(is_valid_utf8("\xF4\x8F\xBF\xBF"));
}

TEST_CASE("utf8: strip takes all of Unicode's white space from both ends and nothing else", "[text]") {
  CHECK(strip(" \t\n\xC2\xA0\xE3\x80\x80 a b\xE2\x80\xA8\xC2\x85\x1F ") == "a b");
  CHECK(strip("\xE2\x80\x8B x") == "\xE2\x80\x8B x");  // zero width space is no white space
  CHECK(strip(" \xE2\x80\x83 ").empty());
  CHECK(strip("\xA0x\x80") == "\xA0x\x80");  // stray bytes stay
  CHECK(strip("").empty());
}

TEST_CASE("utf8: a quoted text cannot move a terminal's cursor", "[text]") {
  CHECK(quote("caf\xC3\xA9") == "\"caf\xC3\xA9\"");
  CHECK(quote("\x1B[2J\n\x7F") == "\"\\x1B[2J\\x0A\\x7F\"");
  CHECK(quote("\xC2\x9B"
              "31m") == "\"\\xC2\\x9B31m\"");
  CHECK(quote("\xFF") == "\"\\xFF\"");
  CHECK(quote(std::string(40, 'a')) == "\"" + std::string(40, 'a') + "\"");
  CHECK(quote(std::string(41, 'a')) == "\"" + std::string(40, 'a') + "...\"");
}
