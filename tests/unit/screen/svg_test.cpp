#include "engine/screen/svg.hpp"

#include "tests/support/catch.hpp"

using namespace glass::screen;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("svg: says what it is, and is as wide as its longest line") {
  const std::string svg = to_svg({{{"0123456789", {}}}, {}}, 4, "a < b & \"c\"");
  CHECK(has(svg, "role=\"img\""));
  CHECK(has(svg, "<title>a &lt; b &amp; &quot;c&quot;</title>"));
  CHECK(has(svg, "viewBox=\"0 0 122 106\""));
  CHECK(to_svg({{{"0123456789", {}}}, {}}, 4, "a < b & \"c\"") == svg);
}

TEST_CASE("svg: words stand at their columns, in as much room as the columns have") {
  const std::string svg = to_svg({{{"ab  cd 漢é", {}}}}, 20, "");
  CHECK(has(svg, "<text x=\"16\" y=\"65\" textLength=\"18\" lengthAdjust=\"spacingAndGlyphs\">ab</text>"));
  CHECK(has(svg, "<text x=\"52\" y=\"65\" textLength=\"18\" lengthAdjust=\"spacingAndGlyphs\">cd</text>"));
  CHECK(has(svg, "<text x=\"79\" y=\"65\" textLength=\"18\" lengthAdjust=\"spacingAndGlyphs\">漢</text>"));
  CHECK(has(svg, "<text x=\"97\" y=\"65\">é</text>"));
}

TEST_CASE("svg: a background is a box behind the text, blanks too") {
  Ink ink;
  ink.fore = Rgb{238, 238, 238};
  ink.back = Rgb{0, 95, 175};
  const std::string svg = to_svg({{{"x", {}}, {" 1 ", ink}}}, 20, "");
  CHECK(has(svg, "<rect x=\"25\" y=\"50\" width=\"27\" height=\"20\" fill=\"#005faf\"/>"));
  CHECK(has(svg, "<text x=\"34\" y=\"65\" fill=\"#eeeeee\">1</text>"));
}

TEST_CASE("svg: frames and shades are drawn, not written") {
  const std::string svg = to_svg({{{"─░", {}}}}, 20, "");
  CHECK(has(svg, "<path d=\"M16 60h9v1h-9z\"/>"));
  CHECK(has(svg, "<path d=\"M25 50h9v20h-9z\" fill-opacity=\"0.25\"/>"));
  CHECK_FALSE(has(svg, "─"));
}

TEST_CASE("svg: markup and control characters of a text are text") {
  const std::string svg = to_svg({{{"<b>&\x01", {}}}}, 20, "");
  CHECK(has(svg, ">&lt;b&gt;&amp;\\x01</text>"));
}
