#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/bpe.hpp"
#include "engine/text/normaliser.hpp"
#include "engine/text/piece_table.hpp"
#include "engine/text/segment.hpp"
#include "engine/text/sentencepiece_model.hpp"
#include "engine/text/unigram.hpp"

namespace glass::text {

/// A piece of a text: its own text (with ▁ for a space), its SentencePiece id, and the bytes [begin, end) of the input
/// that it came from.
struct Piece {
  std::string text;
  std::int32_t id;
  std::size_t begin, end;
  bool operator==(const Piece&) const = default;
};

/// A SentencePiece model at work: text → normalised text → pieces, and pieces → text. Copies share the model.
/// @source SentencePiece 0.1.97, which is the oracle of its tests
class SentencePiece {
 public:
  /// @throws std::runtime_error as parse_sentencepiece_model, Charsmap and the model's self-tests refuse
  explicit SentencePiece(SentencePieceModel model);

  /// Reads and checks a `.spm` file.
  static SentencePiece load(const std::filesystem::path& file);

  ModelType type() const { return type_; }
  const PieceTable& pieces() const { return *pieces_; }

  Normalised normalise(std::string_view text) const;
  std::vector<Rewrite> rewrites(std::string_view text) const;

  /// Cuts a text into pieces. Neighbouring unknown characters become one unknown piece; with byte_fallback they are
  /// spelled as bytes instead.
  std::vector<Piece> segment(std::string_view text) const;

  /// The same with somebody else's way to merge.
  /// @param segmenter  is given the characters of the normalised text and scores()
  /// @throws std::runtime_error if what it returns does not spell the normalised text
  std::vector<Piece> segment(std::string_view text, const Segmenter& segmenter) const;

  /// Characters (or whole user-defined pieces) of the normalised text, as a segmenter is given them.
  std::vector<std::string> characters(std::string_view text) const;
  PieceScores scores() const;

  /// How byte-pair encoding puts the text together. @throws std::invalid_argument if this is no BPE model
  MergeSteps merges(std::string_view text) const;

  /// All ways to cut the text. @throws std::invalid_argument if this is no unigram model
  Lattice lattice(std::string_view text) const;

  /// The text that pieces stand for: ▁ becomes a space, the one in front goes, bytes become characters, control pieces
  /// vanish, the unknown piece becomes its surface (usually ⁇), what is no piece stays as it is.
  std::string decode(const std::vector<std::string>& pieces) const;

 private:
  std::vector<Piece> finish(const Normalised& normalised, const std::vector<Part>& parts) const;
  void check_self_tests(const SentencePieceModel& model) const;

  ModelType type_;
  bool byte_fallback_;
  bool strip_first_space_;  ///< a leading ▁ stands for nothing
  bool strip_all_leading_;  ///< and so do those that follow it
  std::string unk_surface_;
  std::shared_ptr<const PieceTable> pieces_;
  std::shared_ptr<const Normaliser> normaliser_;
  std::shared_ptr<const Normaliser> denormaliser_;  ///< null: the model has none
};

}  // namespace glass::text
