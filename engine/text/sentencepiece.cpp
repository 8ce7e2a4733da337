#include "engine/text/sentencepiece.hpp"

#include <stdexcept>
#include <utility>

#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"

namespace glass::text {
namespace {

std::vector<Part> parts_of(const PieceTable& pieces, ModelType type, std::string_view normalised) {
  switch (type) {
    case ModelType::unigram:
      return segment_unigram(pieces, normalised);
    case ModelType::bpe:
      return segment_bpe(pieces, normalised);
    case ModelType::word:
      return segment_words(pieces, normalised);
    case ModelType::character:
      return segment_characters(pieces, normalised);
  }
  throw std::invalid_argument("model type " + std::to_string(static_cast<int>(type)) + " has no segmentation");
}

}  // namespace

SentencePiece::SentencePiece(SentencePieceModel model)
    : type_(model.type),
      byte_fallback_(model.byte_fallback),
      strip_first_space_(model.normaliser.add_dummy_prefix || model.normaliser.remove_extra_whitespaces),
      strip_all_leading_(model.normaliser.remove_extra_whitespaces),
      unk_surface_(model.unk_surface),
      pieces_(std::make_shared<PieceTable>(std::exchange(model.pieces, {}))),
      normaliser_(std::make_shared<Normaliser>(model.normaliser, model.treat_whitespace_as_suffix, model.file)) {
  if (!model.denormaliser.charsmap.empty()) {
    denormaliser_ = std::make_shared<Normaliser>(model.denormaliser, false, model.file);
  }
  check_self_tests(model);
}

void SentencePiece::check_self_tests(const SentencePieceModel& model) const {
  for (std::size_t i = 0; i < model.self_tests.size(); ++i) {
    const SelfTest& test = model.self_tests[i];
    std::string found;
    for (const Piece& piece : segment(test.input)) found += (found.empty() ? "" : " ") + piece.text;
    if (found == test.expected) continue;
    throw std::runtime_error(model.file + ": self-test " + std::to_string(i) + ": " + quote(test.input) + " becomes " +
                             quote(found) + " where the file expects " + quote(test.expected));
  }
}

SentencePiece SentencePiece::load(const std::filesystem::path& file) {
  return SentencePiece(read_sentencepiece_model(file));
}

Normalised SentencePiece::normalise(std::string_view text) const { return (*normaliser_)(text, pieces_.get()); }

std::vector<Rewrite> SentencePiece::rewrites(std::string_view text) const {
  return normaliser_->rewrites(text, pieces_.get());
}

std::vector<Piece> SentencePiece::segment(std::string_view text) const {
  const Normalised normalised = normalise(text);
  return finish(normalised, parts_of(*pieces_, type_, normalised.text));
}

std::vector<Piece> SentencePiece::segment(std::string_view text, const Segmenter& segmenter) const {
  const Normalised normalised = normalise(text);
  std::vector<Part> parts;
  std::size_t begin = 0;
  for (const std::string& piece : segmenter(characters(text), scores())) {
    const std::size_t end = begin + piece.size();
    if (piece.empty() || normalised.text.compare(begin, piece.size(), piece) != 0) {
      throw std::runtime_error("segment: piece " + std::to_string(parts.size()) + " is " + quote(piece) +
                               " where the text goes on with " +
                               quote(std::string_view(normalised.text).substr(begin)));
    }
    parts.push_back({begin, end, pieces_->id(piece)});
    begin = end;
  }
  if (begin == normalised.text.size()) return finish(normalised, parts);
  throw std::runtime_error("segment: the pieces end before " + quote(std::string_view(normalised.text).substr(begin)) +
                           "; together they must spell the whole text");
}

std::vector<std::string> SentencePiece::characters(std::string_view text) const {
  const Normalised normalised = normalise(text);
  std::vector<std::string> result;
  for (std::string_view rest = normalised.text; !rest.empty(); rest.remove_prefix(result.back().size())) {
    result.emplace_back(rest.substr(0, pieces_->first_symbol(rest)));
  }
  return result;
}

PieceScores SentencePiece::scores() const {
  PieceScores scores;
  for (std::size_t i = 0; i < pieces_->size(); ++i) {
    const ModelPiece& piece = (*pieces_)[static_cast<std::int32_t>(i)];
    if (piece.type == PieceType::normal) scores.emplace(piece.text, piece.score);
  }
  return scores;
}

MergeSteps SentencePiece::merges(std::string_view text) const {
  if (type_ != ModelType::bpe) throw std::invalid_argument("merges: this SentencePiece model is not of the type bpe");
  return merge_steps(*pieces_, normalise(text).text);
}

Lattice SentencePiece::lattice(std::string_view text) const {
  if (type_ != ModelType::unigram) {
    throw std::invalid_argument("lattice: this SentencePiece model is not of the type unigram");
  }
  return unigram_lattice(*pieces_, normalise(text).text);
}

std::vector<Piece> SentencePiece::finish(const Normalised& normalised, const std::vector<Part>& parts) const {
  std::vector<Piece> result;
  bool after_unknown = false;
  for (const Part& part : parts) {
    const std::string text = normalised.text.substr(part.begin, part.end - part.begin);
    const std::size_t begin = normalised.origin[part.begin];
    const std::size_t end = normalised.origin[part.end];
    const bool unknown = part.id == pieces_->unknown();
    if (unknown && byte_fallback_) {
      for (const char byte : text) {
        const std::string spelled = piece_of_byte(static_cast<unsigned char>(byte));
        result.push_back({spelled, pieces_->id(spelled), begin, begin});
      }
      result.back().end = end;
    } else if (unknown && after_unknown) {
      result.back().text += text;
      result.back().end = end;
    } else {
      result.push_back({text, part.id, begin, end});
    }
    after_unknown = unknown;
  }
  return result;
}

}  // namespace glass::text
