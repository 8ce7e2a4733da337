#include "engine/lesson/code.hpp"

#include <sstream>
#include <stdexcept>

namespace glass::lesson {
namespace {

/// True for the first line of a definition: it begins in column 0 and names the function before its parenthesis.
bool begins(const std::string& line, const std::string& function) {
  const std::size_t at = line.find(" " + function + "(");
  return at != std::string::npos && line[0] != ' ' && line[0] != '/' && line.back() != ';';
}

}  // namespace

std::string function_text(const std::string& file, const std::string& function) {
  const char* text = built_in_file(file);
  if (text == nullptr) throw std::logic_error(file + " was not built in; see engine/lesson/embed.cmake");
  std::istringstream lines(text);
  std::string code;
  for (std::string line; std::getline(lines, line);) {
    if (code.empty() && !begins(line, function)) continue;
    code += line + "\n";
    if (!line.empty() && line[0] != ' ' && line.back() == '}') return code;
  }
  throw std::logic_error(file + " defines no function " + function);
}

}  // namespace glass::lesson
