#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/cli/array_files.hpp"

namespace glass::cli {
namespace {

using Json = nlohmann::ordered_json;

/// The shortest decimal number that is read as the same double.
std::string number(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

Json json_number(double value, bool whole) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (whole) return static_cast<std::int64_t>(value);
  return value;
}

Json json_array(const Array& array) {
  if (array.dtype.kind == Kind::text) return array.texts.size() == 1 ? Json(array.texts[0]) : Json(array.texts);
  const MatrixView cells = array.view();
  const bool whole = array.dtype.kind != Kind::floating;
  if (array.shape.empty()) return json_number(cells.at(0, 0), whole);
  Json rows = Json::array();
  for (std::size_t i = 0; i < cells.rows; ++i) {
    if (array.shape.size() == 1) {
      rows.push_back(json_number(cells.at(i, 0), whole));
      continue;
    }
    Json row = Json::array();
    for (std::size_t j = 0; j < cells.cols; ++j) row.push_back(json_number(cells.at(i, j), whole));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::string to_csv(const Array& array) {
  std::string text;
  if (array.dtype.kind == Kind::text) {
    for (const std::string& each : array.texts) text += each + "\n";
    return text;
  }
  const MatrixView cells = array.view();
  for (std::size_t i = 0; i < cells.rows; ++i) {
    for (std::size_t j = 0; j < cells.cols; ++j) text.append(j == 0 ? "" : ",").append(number(cells.at(i, j)));
    text += '\n';
  }
  return text;
}

std::string to_json(const Arrays& arrays) {
  Json object = Json::object();
  for (const NamedArray& named : arrays) object[named.name] = json_array(named.array);
  return object.dump() + "\n";
}

}  // namespace glass::cli
