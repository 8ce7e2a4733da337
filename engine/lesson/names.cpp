#include "engine/lesson/names.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <stdexcept>

#include "engine/lesson/session.hpp"
#include "engine/trace/placeholder.hpp"

namespace glass::lesson {
namespace {

/// One text for each number below `count` in the place of the marker; the text itself if it has none.
std::vector<std::string> filled(const std::string& text, const std::string& marker, std::size_t count) {
  if (text.find(marker) == std::string::npos) return {text};
  std::vector<std::string> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(replaced(text, marker, std::to_string(i)));
  return result;
}

std::string spelt_out(const Session& session, const std::string& text) {
  if (text.starts_with("best.")) return session.best_head() + text.substr(4);
  if (!text.starts_with("best_layer.")) return text;
  return session.best_head().substr(0, session.best_head().rfind(".head.")) + text.substr(10);
}

}  // namespace

std::string cross_head(std::size_t layer, std::size_t head) {
  return "decoder.layers." + std::to_string(layer) + ".encoder_attn.head." + std::to_string(head);
}

Name name_of(const Session& session, const std::string& text) {
  const std::string name = spelt_out(session, text);
  const std::optional<Name> found = parse_name(name);
  if (found && exists(*found, session.dims())) return *found;
  std::string complaint = "this model has no matrix named " + name + "; the nearest are";
  for (const std::string& near : nearest_names(name, session.dims())) complaint += " " + near;
  throw std::invalid_argument(complaint);
}

std::vector<Name> names_of(const Session& session, const std::string& text) {
  const std::string name = spelt_out(session, text);
  const StackDims& stack = name.starts_with("encoder.") ? session.dims().encoder : session.dims().decoder;
  std::vector<Name> names;
  for (const std::string& layer : filled(name, "L*", stack.n_layers)) {
    for (const std::string& head : filled(layer, "H*", stack.n_heads)) names.push_back(name_of(session, head));
  }
  return names;
}

bool matches_any(const std::string& row, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return ::fnmatch(pattern.c_str(), row.c_str(), 0) == 0; });
}

std::vector<Name> names_matching(const Dims& dims, const std::vector<std::string>& patterns) {
  std::vector<Name> names = all_names(dims);
  std::erase_if(names, [&](Name name) { return !matches_any(row_of(name).name, patterns); });
  return names;
}

}  // namespace glass::lesson
