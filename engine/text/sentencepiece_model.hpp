#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace glass::text {

/// What a piece is for. UNUSED pieces may be built on the way but are taken apart again.
enum class PieceType { normal = 1, unknown = 2, control = 3, user_defined = 4, unused = 5, byte = 6 };

struct ModelPiece {
  std::string text;
  float score = 0;
  PieceType type = PieceType::normal;
};

enum class ModelType { unigram = 1, bpe = 2, word = 3, character = 4 };

/// How a text is rewritten before it is cut (NormalizerSpec).
struct NormaliserSpec {
  std::string name;
  std::string charsmap;  ///< see Charsmap; empty: no rules
  bool add_dummy_prefix = true;
  bool remove_extra_whitespaces = true;
  bool escape_whitespaces = true;
};

/// A text and the pieces, joined by spaces, into which the trainer cut it.
struct SelfTest {
  std::string input;
  std::string expected;
};

/// The content of a `.spm` file. A piece's index is its SentencePiece id, which is not the checkpoint's id:
/// that one stands in vocab.json.
struct SentencePieceModel {
  std::string file;
  std::vector<ModelPiece> pieces;
  ModelType type = ModelType::unigram;
  bool treat_whitespace_as_suffix = false;
  bool byte_fallback = false;
  std::string unk_surface = " \xE2\x81\x87 ";
  NormaliserSpec normaliser;
  NormaliserSpec denormaliser;
  std::vector<SelfTest> self_tests;
  bool has_trainer = false;  ///< the file goes on after its pieces
};

/// @param content  the bytes of a ModelProto
/// @param file     named in every refusal
/// @throws std::runtime_error if the bytes break off, a length lies, a piece is empty or twice there, a score is no
///         number, the unknown piece is missing or twice there, or the byte pieces do not fit byte_fallback
/// @source sentencepiece_model.proto of SentencePiece 0.1.97 and the checks of its ModelInterface
SentencePieceModel parse_sentencepiece_model(std::string_view content, const std::string& file);

/// Reads `file` (at most 32 MiB) and parses it; a file that ends with its pieces was cut off, and is refused.
SentencePieceModel read_sentencepiece_model(const std::filesystem::path& file);

/// The byte of a piece `<0xNN>` (upper-case digits), or -1.
int byte_of_piece(std::string_view piece);

/// `<0xNN>`.
std::string piece_of_byte(unsigned char byte);

}  // namespace glass::text
