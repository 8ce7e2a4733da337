#include "engine/text/sentencepiece_model.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

#include "engine/text/file.hpp"
#include "engine/text/protobuf.hpp"
#include "engine/text/utf8.hpp"

namespace glass::text {
namespace {

constexpr std::uint64_t kLargestModel = std::uint64_t{32} << 20;

ModelPiece parse_piece(MessageReader message, const SentencePieceModel& model) {
  const auto where = [&model] { return model.file + ": piece " + std::to_string(model.pieces.size()); };
  ModelPiece piece;
  while (const auto field = message.next()) {
    if (field->number == 1) piece.text = message.as_bytes(*field);
    if (field->number == 2) piece.score = message.as_float(*field);
    if (field->number == 3) {
      const std::uint64_t type = message.as_number(*field);
      if (type < 1 || type > 6)
        throw std::runtime_error(where() + " has type " + std::to_string(type) + "; 1 to 6 exist");
      piece.type = static_cast<PieceType>(type);
    }
  }
  if (piece.text.empty()) throw std::runtime_error(where() + " is empty; every piece needs a text");
  if (!std::isfinite(piece.score)) {
    throw std::runtime_error(where() + " " + quote(piece.text) + " has a score that is not a finite number");
  }
  return piece;
}

void parse_trainer(MessageReader message, SentencePieceModel& model) {
  while (const auto field = message.next()) {
    if (field->number == 3) {
      const std::uint64_t type = message.as_number(*field);
      if (type < 1 || type > 4) {
        throw std::runtime_error(model.file + ": model type " + std::to_string(type) +
                                 "; 1 (unigram), 2 (bpe), 3 (word) and 4 (char) exist");
      }
      model.type = static_cast<ModelType>(type);
    }
    if (field->number == 24) model.treat_whitespace_as_suffix = message.as_number(*field) != 0;
    if (field->number == 35) model.byte_fallback = message.as_number(*field) != 0;
    if (field->number == 44) model.unk_surface = message.as_bytes(*field);
  }
}

void parse_normaliser(MessageReader message, NormaliserSpec& spec) {
  while (const auto field = message.next()) {
    if (field->number == 1) spec.name = message.as_bytes(*field);
    if (field->number == 2) spec.charsmap = message.as_bytes(*field);
    if (field->number == 3) spec.add_dummy_prefix = message.as_number(*field) != 0;
    if (field->number == 4) spec.remove_extra_whitespaces = message.as_number(*field) != 0;
    if (field->number == 5) spec.escape_whitespaces = message.as_number(*field) != 0;
  }
}

void parse_self_tests(MessageReader message, std::vector<SelfTest>& self_tests) {
  while (const auto field = message.next()) {
    if (field->number != 1) continue;
    MessageReader sample = message.inside(*field);
    SelfTest test;
    while (const auto part = sample.next()) {
      if (part->number == 1) test.input = sample.as_bytes(*part);
      if (part->number == 2) test.expected = sample.as_bytes(*part);
    }
    self_tests.push_back(test);
  }
}

bool is_ordinary(PieceType type) {
  return type == PieceType::normal || type == PieceType::user_defined || type == PieceType::unused;
}

void check_unique(const SentencePieceModel& model) {
  std::unordered_map<std::string_view, std::size_t> ordinary;
  std::unordered_map<std::string_view, std::size_t> reserved;
  for (std::size_t i = 0; i < model.pieces.size(); ++i) {
    const ModelPiece& piece = model.pieces[i];
    const auto [known, is_new] = (is_ordinary(piece.type) ? ordinary : reserved).emplace(piece.text, i);
    if (is_new) continue;
    throw std::runtime_error(model.file + ": piece " + std::to_string(i) + " " + quote(piece.text) +
                             " was already defined as piece " + std::to_string(known->second));
  }
}

void check_unknown(const SentencePieceModel& model) {
  std::size_t count = 0;
  for (const ModelPiece& piece : model.pieces) count += piece.type == PieceType::unknown ? 1 : 0;
  if (count == 1) return;
  throw std::runtime_error(model.file + ": " + std::to_string(count) +
                           " pieces are of the type unknown; exactly one is expected");
}

void check_bytes(const SentencePieceModel& model) {
  std::array<bool, 256> found{};
  for (const ModelPiece& piece : model.pieces) {
    if (piece.type != PieceType::byte) continue;
    if (!model.byte_fallback) {
      throw std::runtime_error(model.file + ": byte piece " + quote(piece.text) + " although byte_fallback is off");
    }
    const int byte = byte_of_piece(piece.text);
    if (byte < 0) {
      throw std::runtime_error(model.file + ": byte piece " + quote(piece.text) + "; <0x00> to <0xFF> are expected");
    }
    found[static_cast<std::size_t>(byte)] = true;
  }
  for (std::size_t byte = 0; model.byte_fallback && byte < found.size(); ++byte) {
    if (found[byte]) continue;
    throw std::runtime_error(model.file + ": byte_fallback is on but the piece " +
                             piece_of_byte(static_cast<unsigned char>(byte)) + " is missing");
  }
}

}  // namespace

SentencePieceModel parse_sentencepiece_model(std::string_view content, const std::string& file) {
  SentencePieceModel model;
  model.file = file;
  MessageReader message(content, file);
  while (const auto field = message.next()) {
    if (field->number == 1) model.pieces.push_back(parse_piece(message.inside(*field), model));
    if (field->number == 2) {
      parse_trainer(message.inside(*field), model);
      model.has_trainer = true;
    }
    if (field->number == 3) parse_normaliser(message.inside(*field), model.normaliser);
    if (field->number == 4) parse_self_tests(message.inside(*field), model.self_tests);
    if (field->number == 5) parse_normaliser(message.inside(*field), model.denormaliser);
  }
  check_unique(model);
  check_unknown(model);
  check_bytes(model);
  return model;
}

SentencePieceModel read_sentencepiece_model(const std::filesystem::path& file) {
  SentencePieceModel model = parse_sentencepiece_model(read_file(file, kLargestModel), file.string());
  if (model.has_trainer) return model;
  throw std::runtime_error(model.file +
                           ": ends after its pieces, without the settings of its training, which every "
                           "trainer writes; download it again");
}

int byte_of_piece(std::string_view piece) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  if (piece.size() != 6 || piece.substr(0, 3) != "<0x" || piece[5] != '>') return -1;
  const std::size_t high = kDigits.find(piece[3]);
  const std::size_t low = kDigits.find(piece[4]);
  if (high == std::string_view::npos || low == std::string_view::npos) return -1;
  return static_cast<int>(high * 16 + low);
}

std::string piece_of_byte(unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {'<', '0', 'x', kDigits[byte >> 4], kDigits[byte & 15], '>'};
}

}  // namespace glass::text
