#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson::table {

screen::Grid head_accuracy(const Session& session) {
  if (!session.topic().shipped_model) return {};
  std::ifstream file(session.topic().data / "model" / "facts.json");
  const nlohmann::json facts = nlohmann::json::parse(file, nullptr, false);
  const auto alignment = nlohmann::json::json_pointer("/alignment");
  if (facts.is_discarded() || !facts.contains(alignment)) return {};
  screen::Grid grid{{"layer", "head", "right word, %", "where the diagonal is wrong, %"}, {}, {true, true, true, true}};
  for (const nlohmann::json& head : facts.at(alignment).value("heads", nlohmann::json::array()))
    grid.rows.push_back({std::to_string(head.value("layer", 0)), std::to_string(head.value("head", 0)),
                         percent(head.value("accuracy", 0.0)),
                         percent(head.value("accuracy_where_diagonal_wrong", 0.0))});
  grid.rows.push_back({"diagonal", "", percent(facts.at(alignment).value("diagonal", 0.0)), percent(0)});
  return grid;
}

}  // namespace glass::lesson::table
