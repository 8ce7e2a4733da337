#include "engine/trace/path.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>

#include "engine/trace/cell.hpp"

namespace glass {
namespace {

void require_known(const Sources& sources, const std::string& text) {
  const std::optional<Name> name = parse_name(text);
  const bool known = name ? exists(*name, sources.dims) : !sources.tensor(text).empty();
  if (!known) throw std::invalid_argument(text + " is neither a matrix of this model nor a tensor of its checkpoint");
}

/// What is known of a name on the way from the first: how it was reached, in how many steps and in how many ways.
struct Reached {
  std::string before;
  std::size_t steps = std::numeric_limits<std::size_t>::max();
  double ways = 0;
};

using Map = std::map<std::string, Reached>;

/// Every name that is computed from `from`, met in the order of computation.
Map reached_from(const Sources& sources, const std::string& from) {
  Map reached;
  reached[from] = {"", 0, 1};
  for (const Name name : all_names(sources.dims)) {
    Reached here;
    for (const NamedOperand& operand : named_operands(sources, name)) {
      const auto found = reached.find(is_same(sources, operand, from) ? from : operand.name);
      if (found == reached.end()) continue;
      here.ways += found->second.ways;
      if (found->second.steps + 1 < here.steps) {
        here.before = found->first;
        here.steps = found->second.steps + 1;
      }
    }
    if (here.ways > 0) reached.emplace(to_string(name), here);
  }
  return reached;
}

}  // namespace

Path path(const Sources& sources, const std::string& from, const std::string& to) {
  require_known(sources, from);
  require_known(sources, to);
  const Map reached = reached_from(sources, from);
  Path result;
  const auto last = reached.find(to);
  if (last == reached.end()) return result;
  result.ways = last->second.ways;
  for (auto at = last; at->second.steps > 0; at = reached.find(at->second.before)) result.names.push_back(at->first);
  result.names.push_back(from);
  std::reverse(result.names.begin(), result.names.end());
  return result;
}

}  // namespace glass
