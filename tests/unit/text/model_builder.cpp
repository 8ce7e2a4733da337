#include "tests/unit/text/model_builder.hpp"

#include <cstring>

namespace glass::test {
namespace {

std::string varint(unsigned long long value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

std::string normaliser(const glass::text::NormaliserSpec& spec) {
  std::string message;
  if (!spec.charsmap.empty()) message += bytes_field(2, spec.charsmap);
  message += number_field(3, spec.add_dummy_prefix ? 1 : 0);
  message += number_field(4, spec.remove_extra_whitespaces ? 1 : 0);
  return message + number_field(5, spec.escape_whitespaces ? 1 : 0);
}

}  // namespace

std::string bytes_field(unsigned number, const std::string& value) {
  return varint(number << 3 | 2) + varint(value.size()) + value;
}

std::string number_field(unsigned number, unsigned long long value) { return varint(number << 3) + varint(value); }

std::string float_field(unsigned number, float value) {
  std::string bytes(4, '\0');
  std::memcpy(bytes.data(), &value, 4);
  return varint(number << 3 | 5) + bytes;
}

std::string piece_field(const glass::text::ModelPiece& piece) {
  return bytes_field(
      1, bytes_field(1, piece.text) + float_field(2, piece.score) + number_field(3, static_cast<unsigned>(piece.type)));
}

std::string serialise(const glass::text::SentencePieceModel& model) {
  std::string message;
  for (const glass::text::ModelPiece& piece : model.pieces) message += piece_field(piece);
  std::string trainer = number_field(3, static_cast<unsigned>(model.type));
  trainer += number_field(24, model.treat_whitespace_as_suffix ? 1 : 0);
  trainer += number_field(35, model.byte_fallback ? 1 : 0);
  message += bytes_field(2, trainer + bytes_field(44, model.unk_surface));
  message += bytes_field(3, normaliser(model.normaliser));
  if (!model.denormaliser.charsmap.empty()) message += bytes_field(5, normaliser(model.denormaliser));
  std::string samples;
  for (const glass::text::SelfTest& test : model.self_tests) {
    samples += bytes_field(1, bytes_field(1, test.input) + bytes_field(2, test.expected));
  }
  return samples.empty() ? message : message + bytes_field(4, samples);
}

glass::text::SentencePieceModel small_model(glass::text::ModelType type, const std::vector<std::string>& pieces) {
  using glass::text::PieceType;
  glass::text::SentencePieceModel model;
  model.file = "small.spm";
  model.type = type;
  model.pieces = {{"<unk>", 0, PieceType::unknown}, {"<s>", 0, PieceType::control}, {"</s>", 0, PieceType::control}};
  float score = 0;
  for (const std::string& piece : pieces) model.pieces.push_back({piece, score -= 1, PieceType::normal});
  return model;
}

}  // namespace glass::test
