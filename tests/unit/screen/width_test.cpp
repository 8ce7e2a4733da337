#include "engine/screen/width.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::clipped;
using screen::spelt;
using screen::width;
using test::ascii_style;
using test::plain_style;

TEST_CASE("width: a letter takes one column, with its accents too") {
  CHECK(width("") == 0);
  CHECK(width("Transformer") == 11);
  CHECK(width("déjà") == 4);
  CHECK(width("de\u0301ja\u0300") == 4);
  CHECK(width("▁how ▸ ,") == 8);
  CHECK(width("שלום") == 4);
}

TEST_CASE("width: CJK and emoji take two columns, whatever they are joined from") {
  CHECK(width("漢字") == 4);
  CHECK(width("🙂") == 2);
  CHECK(width("👍🏽") == 2);
  CHECK(width("👩‍👩‍👧‍👦") == 2);
  CHECK(width("🇫🇷") == 2);
  CHECK(width("❤️") == 2);
  CHECK(width("1️⃣") == 2);
}

TEST_CASE("width: what cannot be shown counts as it is spelt") {
  CHECK(width("\x1b[0m") == 7);
  CHECK(width("a\xff") == 5);
  CHECK(width("\u202e") == 12);
}

TEST_CASE("spelt: control characters and invalid bytes are visible") {
  CHECK(spelt("\x1b[31m", plain_style()) == "\\x1B[31m");
  CHECK(spelt("a\tb\n", plain_style()) == "a\\x09b\\x0A");
  CHECK(spelt(std::string_view("\0", 1), plain_style()) == "\\x00");
  CHECK(spelt("\x7f", plain_style()) == "\\x7F");
  CHECK(spelt("\u009b", plain_style()) == "\\xC2\\x9B");
  CHECK(spelt("\xc3(", plain_style()) == "\\xC3(");
  CHECK(spelt("\xed\xa0\x80", plain_style()) == "\\xED\\xA0\\x80");
  CHECK(spelt("\xf0\x9f\x99", plain_style()) == "\\xF0\\x9F\\x99");
}

TEST_CASE("spelt: what turns the direction of writing or breaks lines is visible") {
  CHECK(spelt("a\u202eb", plain_style()) == "a\\xE2\\x80\\xAEb");
  CHECK(spelt("\u2066", plain_style()) == "\\xE2\\x81\\xA6");
  CHECK(spelt("\u2028", plain_style()) == "\\xE2\\x80\\xA8");
  CHECK(spelt("\ufeff", plain_style()) == "\\xEF\\xBB\\xBF");
}

TEST_CASE("spelt: other text stays what it is") {
  for (const std::string text :
       {"plain", "▁Où ▸ ?", "Q Kᵀ / √d_k", "漢字", "👩‍👩‍👧‍👦", "שלום", "e\u0301"}) {
    CHECK(spelt(text, plain_style()) == text);
  }
}

TEST_CASE("spelt: in ASCII a sign is written as one that is alike, or as its name") {
  CHECK(spelt("▁Bonjour ▸ ,", ascii_style()) == "_Bonjour > ,");
  CHECK(spelt("T_q × T_k − 1 · 2 …", ascii_style()) == "T_q x T_k - 1 . 2 ...");
  CHECK(spelt("a → b ≤ c ∈ d, −∞", ascii_style()) == "a -> b <= c in d, -inf");
  CHECK(spelt("“so” ‘it’ – is — «here»", ascii_style()) == "\"so\" 'it' - is -- <<here>>");
  CHECK(spelt("┌─┬─┐│├┼┤└┴┘", ascii_style()) ==
        "+-+-+|+++"
        "+++");
  CHECK(spelt(" ░▒▓█", ascii_style()) == " .:*#");
  CHECK(spelt("ε = 1e-5, σ², Σ", ascii_style()) == "eps = 1e-5, sigma^2, Sigma");
  CHECK(spelt("Kᵀ x₁ d⁻¹", ascii_style()) == "K^T x_1 d^-^1");
}

TEST_CASE("spelt: in ASCII a root is parted from a word under it, not from a bracket") {
  CHECK(spelt("√d_k", ascii_style()) == "sqrt d_k");
  CHECK(spelt("√(d_k)", ascii_style()) == "sqrt(d_k)");
}

TEST_CASE("spelt: in ASCII letters lose their accents, and what is left is a question mark a column") {
  CHECK(spelt("déjà vu, œuvre, Straße, Łódź", ascii_style()) == "deja vu, oeuvre, Strasse, Lodz");
  CHECK(spelt("e\u0301", ascii_style()) == "e");
  CHECK(spelt("ﬁn", ascii_style()) == "fin");
  CHECK(spelt("漢字.", ascii_style()) == std::string(4, '?') + ".");
  CHECK(spelt("👩‍👩‍👧‍👦", ascii_style()) == "??");
  CHECK(spelt("שלום", ascii_style()) == "????");
}

TEST_CASE("clipped: what fits stays, what does not ends in an ellipsis at its last column") {
  CHECK(clipped("Bonjour", 7, plain_style()) == "Bonjour");
  CHECK(clipped("Bonjour", 6, plain_style()) == "Bonjo…");
  CHECK(clipped("Bonjour", 1, plain_style()) == "…");
  CHECK(clipped("Bonjour", 0, plain_style()).empty());
  CHECK(clipped("Bonjour", 6, ascii_style()) == "Bon...");
  CHECK(clipped("Bonjour", 2, ascii_style()) == "..");
}

TEST_CASE("clipped: nothing is cut in the middle of what is drawn as one") {
  CHECK(clipped("漢字漢字", 6, plain_style()) == "漢字…");
  CHECK(clipped("漢字漢字", 4, plain_style()) == "漢…");
  CHECK(clipped("a👩‍👩‍👧‍👦b", 3, plain_style()) == "a…");
  CHECK(clipped("e\u0301e\u0301e\u0301", 2, plain_style()) == "e\u0301…");
}
