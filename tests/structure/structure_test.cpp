#include <string>
#include <vector>

#include "tests/structure/files.hpp"
#include "tests/structure/violations.hpp"
#include "tests/support/catch.hpp"

namespace {

using glass::structure::File;
using glass::structure::Violations;

void check_all(Violations (*rule)(const File&)) {
  const std::vector<File> files = glass::structure::sources();
  REQUIRE(files.size() > 20);
  for (const File& file : files) {
    for (const std::string& violation : rule(file)) FAIL_CHECK(violation);
  }
}

/// The paths of the files that break the rule, each followed by a blank.
std::string broken_by(Violations (*rule)(const File&), const std::vector<File>& files) {
  std::string paths;
  for (const File& file : files) {
    if (!rule(file).empty()) paths += file.path + " ";
  }
  return paths;
}

}  // namespace

TEST_CASE("structure: engine's folders include in one direction only") {
  check_all(glass::structure::wrong_includes);
  CHECK(broken_by(glass::structure::wrong_includes,
                  {{"engine/trace/a.cpp", "#include \"engine/stages/attention.hpp\"\n"},
                   {"engine/trace/b.cpp", "#include \"engine/trace/contract.hpp\"\n#include <vector>\n"},
                   {"engine/fast/c.cpp", "#include \"engine/reference/encoder.hpp\"\n"},
                   {"engine/search/d.cpp", "#include <armadillo>\n"},
                   {"engine/stages/e.cpp", "#include <armadillo>\n#include \"engine/trace/contract.hpp\"\n"},
                   {"engine/stages/f.cpp", "#include \"attention.hpp\"\n"}}) ==
        "engine/trace/a.cpp engine/fast/c.cpp engine/search/d.cpp engine/stages/f.cpp ");
}

TEST_CASE("structure: no file is longer than can be read at a sitting") {
  check_all(glass::structure::too_long);
  const auto lines = [](std::size_t count) { return std::string(count, '\n'); };
  CHECK(broken_by(glass::structure::too_long, {{"engine/trace/a.cpp", lines(400)},
                                               {"engine/trace/b.cpp", lines(399)},
                                               {"engine/stages/c.hpp", lines(61)},
                                               {"engine/stages/d.hpp", lines(60)},
                                               {"engine/stages/e.cpp", lines(121)},
                                               {"engine/stages/f.cpp", lines(120)}}) ==
        "engine/trace/a.cpp engine/stages/c.hpp engine/stages/e.cpp ");
}

TEST_CASE("structure: nothing in the engine prints but lesson and cli") {
  check_all(glass::structure::prints);
  CHECK(broken_by(glass::structure::prints, {{"engine/trace/a.cpp", "  std::cout << 1;\n"},
                                             {"engine/trace/b.cpp", "  std::snprintf(text, 8, \"%d\", 1);\n"},
                                             {"engine/trace/c.cpp", "  std::printf(\"%d\", 1);\n"},
                                             {"engine/cli/d.cpp", "  std::cerr << 1;\n"},
                                             {"tests/unit/e.cpp", "  std::cout << 1;\n"}}) ==
        "engine/trace/a.cpp engine/trace/c.cpp ");
}

TEST_CASE("structure: Armadillo checks sizes, and no expression is kept in auto") {
  check_all(glass::structure::unchecked_armadillo);
  CHECK(broken_by(glass::structure::unchecked_armadillo,
                  {{"engine/stages/a.cpp", std::string("#define ARMA_NO_") + "DEBUG\n"},
                   {"engine/stages/b.cpp", std::string("  const au") + "to scores = query * key.t();\n"},
                   {"engine/stages/c.cpp", "  const arma::mat scores = query * key.t();\n"},
                   {"engine/stages/d.cpp", "  const auto size = rows.size();\n"}}) ==
        "engine/stages/a.cpp engine/stages/b.cpp ");
}

TEST_CASE("structure: no file names a place on somebody's machine") {
  check_all(glass::structure::machine_paths);
  const std::string slash = "/";
  CHECK(broken_by(glass::structure::machine_paths, {{"a.md", "see " + slash + "home/ann/glassformer\n"},
                                                    {"b.md", "see https://example.org/home/ann and docs/work/x\n"},
                                                    {"c.py", "open('" + slash + "tmp/x')\n"},
                                                    {"d.py", "open('.." + slash + "shared/x')\n"},
                                                    {"e.cpp", "#include \"engine/trace/contract.hpp\"\n"}}) ==
        "a.md c.py d.py ");
}

TEST_CASE("structure: nothing is left unfinished") {
  check_all(glass::structure::unfinished);
  CHECK(broken_by(glass::structure::unfinished, {{"a.cpp", std::string("// TO") + "DO\n"}, {"b.cpp", "// done\n"}}) ==
        "a.cpp ");
}

TEST_CASE("structure: lines have at most 120 columns, no tabs and no blanks at the end") {
  check_all(glass::structure::untidy);
  CHECK(broken_by(glass::structure::untidy, {{"a.cpp", "int a; \n"},
                                             {"b.cpp", "\tint a;\n"},
                                             {"c.cpp", std::string(121, 'c') + "\n"},
                                             {"d.cpp", std::string(118, 'd') + "é▸\n"},
                                             {"e.cpp", "int a;"}}) == "a.cpp b.cpp c.cpp e.cpp ");
}

TEST_CASE("structure: every header starts with #pragma once") {
  check_all(glass::structure::header_without_guard);
  CHECK(broken_by(glass::structure::header_without_guard,
                  {{"a.hpp", "#include <vector>\n"}, {"b.hpp", "#pragma once\n"}, {"c.cpp", "#include <vector>\n"}}) ==
        "a.hpp ");
}

TEST_CASE("structure: every file lies where the architecture says") {
  for (const std::string& path : glass::structure::tracked_files()) {
    for (const std::string& violation : glass::structure::unknown_place(path)) FAIL_CHECK(violation);
  }
  CHECK(glass::structure::unknown_place("engine/trace/contract.hpp").empty());
  CHECK_FALSE(glass::structure::unknown_place("engine/util/helper.hpp").empty());
  CHECK_FALSE(glass::structure::unknown_place("notes.txt").empty());
}
