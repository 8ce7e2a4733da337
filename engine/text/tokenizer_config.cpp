#include "engine/text/tokenizer_config.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/text/file.hpp"

namespace glass::text {
namespace {

using nlohmann::json;

constexpr std::uint64_t kLargestConfig = std::uint64_t{1} << 20;

/// The values of one object, each checked for its kind.
class Reader {
 public:
  Reader(const json& object, const std::string& file) : object_(object), file_(file) {}

  void flag(const char* key, bool& value) const {
    const json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_boolean()) refuse(key, *found, "true or false");
    value = found->get<bool>();
  }

  void text(const char* key, std::string& value) const {
    const json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_string()) refuse(key, *found, "a string");
    value = found->get<std::string>();
  }

  void token(const char* key, std::string& value) const {
    const json* found = find(key);
    if (found == nullptr) return;
    if (found->is_object()) {
      const auto content = found->find("content");
      if (content == found->end() || !content->is_string()) refuse(key, *found, "a string under \"content\"");
      value = content->get<std::string>();
    } else {
      text(key, value);
    }
    if (value.empty()) throw std::runtime_error(file_ + ": " + key + " is empty; a special token needs a text");
  }

 private:
  const json* find(const char* key) const {
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  [[noreturn]] void refuse(const std::string& key, const json& found, const std::string& expected) const {
    throw std::runtime_error(file_ + ": " + key + " is of the kind " + found.type_name() + "; expected " + expected);
  }

  const json& object_;
  const std::string& file_;
};

}  // namespace

TokenizerConfig parse_tokenizer_config(std::string_view text, const std::string& file) {
  const json object = json::parse(text, nullptr, false);
  if (object.is_discarded()) throw std::runtime_error(file + ": is no valid JSON");
  if (!object.is_object()) {
    throw std::runtime_error(file + ": is of the kind " + object.type_name() + "; expected an object");
  }
  TokenizerConfig config;
  const Reader reader(object, file);
  reader.text("source_lang", config.source_lang);
  reader.text("target_lang", config.target_lang);
  reader.flag("separate_vocabs", config.separate_vocabs);
  reader.flag("clean_up_tokenization_spaces", config.clean_up_tokenization_spaces);
  reader.token("eos_token", config.eos_token);
  reader.token("unk_token", config.unk_token);
  reader.token("pad_token", config.pad_token);
  return config;
}

TokenizerConfig read_tokenizer_config(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  return parse_tokenizer_config(read_file(file, kLargestConfig), file.string());
}

}  // namespace glass::text
