#include "engine/cli/options.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <sstream>

#include "engine/trace/nearest.hpp"

namespace glass::cli {
namespace {

namespace po = boost::program_options;

const OptionWord& word_of(const std::string& name) {
  const auto& words = option_words();
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const OptionWord& word) { return word.name == name; });
  if (found == words.end()) throw std::logic_error("--" + name + " is in no table of options");
  return *found;
}

std::vector<std::string> accepted(const Program& program) {
  std::vector<std::string> names = program.options;
  names.insert(names.end(), {"help", "version"});
  return names;
}

po::options_description described(const Program& program) {
  po::options_description description;
  for (const std::string& name : accepted(program)) {
    const OptionWord& word = word_of(name);
    if (word.value.empty()) {
      description.add_options()(name.c_str(), word.help.c_str());
    } else {
      description.add_options()(name.c_str(), po::value<std::string>(), word.help.c_str());
    }
  }
  return description;
}

/// The text in lines that end before column 80, the later ones indented.
std::string wrapped(const std::string& text, std::size_t indent) {
  std::string result;
  std::size_t column = indent;
  std::istringstream words(text);
  for (std::string word; words >> word; column += word.size() + 1) {
    if (column > indent && column + word.size() > 79) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      result += ' ';
    }
    result += word;
  }
  return result;
}

/// The word that begins with what was typed, or else the one with the fewest changes.
std::string meant(const std::string& typed, const std::vector<std::string>& names) {
  const auto begins = [&](const std::string& name) { return !typed.empty() && name.starts_with(typed); };
  const auto found = std::find_if(names.begin(), names.end(), begins);
  return found != names.end() ? *found : nearest(typed, names);
}

[[noreturn]] void refuse_unknown(const Program& program, const std::string& option) {
  const std::string word = option.substr(0, option.find('='));
  const std::string name = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  throw UsageError("unknown option " + word + "; the nearest is --" + meant(name, accepted(program)) +
                   " (all: " + program.name + " --help; a text that begins with - comes after --)");
}

bool is_negative_number(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && word.find_first_not_of("0123456789", 1) == word.npos;
}

/// Refuses words like -b, which no option is (-1 is a number); the word after an option that takes a value is that
/// value.
void refuse_short_options(const Program& program, const std::vector<std::string>& words) {
  const std::vector<std::string> names = accepted(program);
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    const std::string& word = words[i];
    const bool dashed = word.size() > 1 && word[0] == '-' && word[1] != '-';
    if (dashed && !is_negative_number(word)) refuse_unknown(program, word);
    const std::string name = word.starts_with("--") ? word.substr(2) : "";
    if (std::find(names.begin(), names.end(), name) != names.end() && !word_of(name).value.empty()) ++i;
  }
}

}  // namespace

Arguments Arguments::parse(const Program& program, const std::vector<std::string>& words) {
  using Style = po::command_line_style::style_t;
  const po::options_description description = described(program);
  Arguments arguments;
  refuse_short_options(program, words);
  try {
    const auto parsed = po::command_line_parser(words)
                            .options(description)
                            .style(Style::allow_long | Style::long_allow_adjacent | Style::long_allow_next)
                            .allow_unregistered()
                            .run();
    for (const auto& option : parsed.options) {
      if (option.unregistered) refuse_unknown(program, option.original_tokens.at(0));
      if (option.string_key.empty()) {
        arguments.positional_.insert(arguments.positional_.end(), option.value.begin(), option.value.end());
      } else if (!arguments.values_.emplace(option.string_key, option.value.empty() ? "" : option.value.front())
                      .second) {
        throw UsageError("--" + option.string_key + " is given twice");
      }
    }
  } catch (const po::invalid_command_line_syntax& error) {
    const std::string name = error.get_option_name();
    const bool missing = error.kind() == po::invalid_syntax::missing_parameter;
    throw UsageError(missing ? name + " needs a value: " + name + " " +
                                   word_of(name.substr(name.find_first_not_of('-'))).value
                             : name + " takes no value");
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
  return arguments;
}

std::optional<std::string> Arguments::given(std::string_view option) const {
  return has(option) ? std::optional(text(option)) : std::nullopt;
}

std::string Arguments::text(std::string_view option, const std::string& fallback) const {
  const auto found = values_.find(option);
  return found == values_.end() ? fallback : found->second;
}

std::size_t Arguments::number(std::string_view option, std::size_t fallback, std::size_t least,
                              std::size_t most) const {
  if (!has(option)) return fallback;
  const std::string value = text(option);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < least || number > most) {
    throw UsageError("--" + std::string(option) + " is \"" + value + "\", expected a whole number from " +
                     std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

std::string Arguments::choice(std::string_view option, const std::vector<std::string>& choices) const {
  const std::string value = text(option, choices.front());
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return value;
  std::string all;
  for (const std::string& each : choices) all += (all.empty() ? "" : ", ") + each;
  throw UsageError("--" + std::string(option) + " is \"" + value + "\", expected one of " + all + "; the nearest is " +
                   nearest(value, choices));
}

std::string help(const Program& program) {
  std::string text = program.summary + "\n\nUsage: " + program.usage + "\n\nOptions:\n";
  std::size_t width = 0;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const std::string& name : accepted(program)) {
    const OptionWord& word = word_of(name);
    lines.emplace_back("  --" + name + (word.value.empty() ? "" : " " + word.value), word.help);
    width = std::max(width, lines.back().first.size());
  }
  for (const auto& [left, right] : lines) {
    text += left + std::string(width + 2 - left.size(), ' ') + wrapped(right, width + 2) + "\n";
  }
  return program.details.empty() ? text : text + "\n" + program.details + "\n";
}

}  // namespace glass::cli
