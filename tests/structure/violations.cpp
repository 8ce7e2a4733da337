#include "tests/structure/violations.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace glass::structure {
namespace {

const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"text", {}},
    {"checkpoint", {}},
    {"trace", {}},
    {"search", {}},
    {"screen", {"trace"}},
    {"stages", {"trace"}},
    {"reference", {"text", "stages", "checkpoint", "trace", "search"}},
    {"fast", {"checkpoint", "trace", "search"}},
    {"golden", {"trace"}},
    {"mistakes", {"text", "stages", "reference", "search", "golden", "checkpoint", "trace"}},
    {"lesson",
     {"text", "stages", "checkpoint", "trace", "reference", "search", "golden", "mistakes", "fast", "screen"}},
    {"player", {"text", "stages", "checkpoint", "trace", "reference", "search", "golden", "screen", "lesson"}},
    {"cli",
     {"text", "stages", "checkpoint", "trace", "reference", "search", "golden", "mistakes", "fast", "screen", "lesson",
      "player"}},
};
const std::set<std::string> kWithoutArmadillo = {"text", "checkpoint", "trace", "search", "screen", "fast"};

const std::set<std::string> kTopLevel = {"README.md",     "CMakeLists.txt", "CMakePresets.json",
                                         "LICENSE",       "CHANGELOG.md",   "CONTRIBUTING.md",
                                         ".clang-format", ".clang-tidy",    ".gitignore",
                                         ".ci",           "engine",         "lessons",
                                         "data",          "docs",           "tests"};

bool starts_with(const std::string& text, const std::string& start) { return text.rfind(start, 0) == 0; }

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// "stages" for engine/stages/attention.cpp; empty outside of engine/'s folders.
std::string engine_folder(const std::string& path) {
  std::smatch match;
  return std::regex_search(path, match, std::regex("^engine/([^/]+)/")) ? match[1].str() : std::string();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// One sentence `PATH:LINE: SAYS: MATCH` for each line that matches.
Violations matches(const File& file, const std::string& pattern, const std::string& says) {
  Violations found;
  const std::regex regex(pattern);
  std::size_t number = 0;
  for (const std::string& line : lines_of(file.text)) {
    ++number;
    std::smatch match;
    if (!std::regex_search(line, match, regex)) continue;
    found.push_back(file.path + ":" + std::to_string(number) + ": " + says + ": " + match.str());
  }
  return found;
}

std::size_t columns(const std::string& utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::size_t line_limit(const std::string& path) {
  if (starts_with(path, "engine/stages/")) return ends_with(path, ".hpp") ? 60 : 120;
  return 399;
}

}  // namespace

Violations wrong_includes(const File& file) {
  const std::string folder = engine_folder(file.path);
  if (folder.empty() || kMayInclude.count(folder) == 0) return {};
  Violations found;
  const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  for (const std::string& line : lines_of(file.text)) {
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string header = match[2];
    const std::string other = engine_folder(header);
    const bool allowed = match[1] == "\"" ? other == folder || kMayInclude.at(folder).count(other) == 1
                                          : header != "armadillo" || kWithoutArmadillo.count(folder) == 0;
    if (!allowed) found.push_back(file.path + ": engine/" + folder + " may not include " + header);
  }
  return found;
}

Violations too_long(const File& file) {
  const std::size_t lines = lines_of(file.text).size();
  const std::size_t limit = line_limit(file.path);
  if (lines <= limit) return {};
  return {file.path + ": " + std::to_string(lines) + " lines, at most " + std::to_string(limit)};
}

Violations prints(const File& file) {
  const std::string folder = engine_folder(file.path);
  if (folder.empty() || folder == "lesson" || folder == "cli") return {};
  return matches(file, R"(std::(cout|cerr|clog)\b|\b(f|v|vf)?printf\s*\(|\b(f?puts|f?putc|putchar|perror)\s*\()",
                 "prints, which only engine/lesson and engine/cli may");
}

Violations unchecked_armadillo(const File& file) {
  Violations found = matches(file, std::string("ARMA_NO_") + "DEBUG", "takes Armadillo's checks away");
  const Violations expressions =
      matches(file, R"(\bauto\s*&{0,2}\s+\w+\s*=.*(\.t\(\)|\barma::(exp|sum|mean|sqrt|join)|\.(rows?|cols?)\())",
              "an Armadillo expression outlives its operands; write arma::mat");
  found.insert(found.end(), expressions.begin(), expressions.end());
  return found;
}

Violations machine_paths(const File& file) {
  return matches(file, R"((^|[\s"'`(=:<])/(home|root|work|Users|mnt|opt/build|tmp)/[A-Za-z0-9._-]+|\.\./shared\b)",
                 "a path of one machine");
}

Violations unfinished(const File& file) {
  return matches(file, std::string("\\b(TO") + "DO|FIX" + "ME|XX" + "X)\\b", "unfinished");
}

Violations untidy(const File& file) {
  Violations found = matches(file, R"([ \t\r]+$)", "blanks at the end of the line");
  const bool tabs = file.path.find("Makefile") != std::string::npos;
  if (!tabs) {
    const Violations with_tabs = matches(file, "\t", "a tab");
    found.insert(found.end(), with_tabs.begin(), with_tabs.end());
  }
  std::size_t number = 0;
  for (const std::string& line : lines_of(file.text)) {
    ++number;
    if (columns(line) > 120 && !ends_with(file.path, ".md")) {
      found.push_back(file.path + ":" + std::to_string(number) + ": " + std::to_string(columns(line)) + " columns");
    }
  }
  if (!file.text.empty() && file.text.back() != '\n') found.push_back(file.path + ": the last line does not end");
  return found;
}

Violations header_without_guard(const File& file) {
  if (!ends_with(file.path, ".hpp") || starts_with(file.text, "#pragma once\n")) return {};
  return {file.path + ": does not start with #pragma once"};
}

Violations unknown_place(const std::string& path) {
  const std::string top = path.substr(0, path.find('/'));
  if (kTopLevel.count(top) == 0) return {path + ": " + top + " has no place at the top level"};
  const std::string folder = engine_folder(path);
  if (!folder.empty() && kMayInclude.count(folder) == 0)
    return {path + ": engine/" + folder + " is not in the architecture"};
  return {};
}

}  // namespace glass::structure
