#include "engine/checkpoint/json_reader.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace glass::checkpoint {

namespace {

const nlohmann::json kNull;
constexpr std::int64_t kLargestId = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kQuoted = 60;
constexpr int kDeepest = 64;

std::string quote(const nlohmann::json& value) {
  std::string text = value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  if (text.size() > kQuoted) text = text.substr(0, kQuoted) + "...";
  return text;
}

std::optional<std::int64_t> whole(const nlohmann::json& value, Range range) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(range.most)) {
    return std::nullopt;
  }
  const auto number = value.get<std::int64_t>();
  if (number < range.least || number > range.most) return std::nullopt;
  return number;
}

std::optional<std::vector<std::int64_t>> id_list(const nlohmann::json& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<std::int64_t> ids;
  for (const auto& item : value) {
    const auto id = whole(item, {0, kLargestId});
    if (!id) return std::nullopt;
    ids.push_back(*id);
  }
  return ids;
}

}  // namespace

JsonObject::JsonObject(std::string_view text, std::string file) : file_(std::move(file)) {
  const auto check_depth = [this](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
    if (depth > kDeepest) throw std::runtime_error(file_ + ": is nested deeper than " + std::to_string(kDeepest));
    return true;
  };
  object_ = nlohmann::json::parse(text, check_depth, false);
  if (object_.is_discarded()) throw std::runtime_error(file_ + ": is not valid JSON; download the file again");
  if (!object_.is_object()) throw std::runtime_error(file_ + ": must be a JSON object, found " + quote(object_));
}

bool JsonObject::has(std::string_view key) const { return object_.contains(key); }

bool JsonObject::is_null(std::string_view key) const { return has(key) && value(key).is_null(); }

const nlohmann::json& JsonObject::value(std::string_view key) const {
  const auto found = object_.find(key);
  return found == object_.end() ? kNull : *found;
}

void JsonObject::refuse(std::string_view key, const std::string& expected) const {
  throw std::runtime_error(file_ + ": " + std::string(key) + " must be " + expected + ", found " +
                           (has(key) ? quote(value(key)) : std::string("no such key")));
}

std::optional<std::int64_t> JsonObject::integer(std::string_view key, Range range) const {
  if (value(key).is_null()) return std::nullopt;
  const auto number = whole(value(key), range);
  if (!number) {
    refuse(key, "a whole number from " + std::to_string(range.least) + " to " + std::to_string(range.most));
  }
  return number;
}

std::optional<double> JsonObject::number(std::string_view key) const {
  if (value(key).is_null()) return std::nullopt;
  if (!value(key).is_number() || !std::isfinite(value(key).get<double>())) refuse(key, "a finite number");
  return value(key).get<double>();
}

std::optional<bool> JsonObject::boolean(std::string_view key) const {
  if (value(key).is_null()) return std::nullopt;
  if (!value(key).is_boolean()) refuse(key, "true or false");
  return value(key).get<bool>();
}

std::optional<std::string> JsonObject::string(std::string_view key) const {
  if (value(key).is_null()) return std::nullopt;
  if (!value(key).is_string()) refuse(key, "a string");
  return value(key).get<std::string>();
}

std::optional<std::vector<std::int64_t>> JsonObject::ids(std::string_view key) const {
  const nlohmann::json& found = value(key);
  if (found.is_null()) return std::nullopt;
  if (const auto id = whole(found, {0, kLargestId})) return std::vector<std::int64_t>{*id};
  const auto list = id_list(found);
  if (!list || list->empty()) refuse(key, "a token id or a list of token ids");
  return list;
}

std::optional<std::vector<std::vector<std::int64_t>>> JsonObject::lists_of_ids(std::string_view key) const {
  const nlohmann::json& found = value(key);
  if (found.is_null()) return std::nullopt;
  const std::string expected = "a list of non-empty lists of token ids";
  if (!found.is_array()) refuse(key, expected);
  std::vector<std::vector<std::int64_t>> lists;
  for (const auto& item : found) {
    auto list = id_list(item);
    if (!list || list->empty()) refuse(key, expected);
    lists.push_back(std::move(*list));
  }
  return lists;
}

std::string read_text(const std::filesystem::path& file, std::uint64_t most) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error) throw std::runtime_error(file.string() + ": cannot be read: " + error.message());
  if (size > most) {
    throw std::runtime_error(file.string() + ": must be at most " + std::to_string(most) + " bytes, found " +
                             std::to_string(size));
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream) throw std::runtime_error(file.string() + ": cannot be read whole");
  return text;
}

}  // namespace glass::checkpoint
