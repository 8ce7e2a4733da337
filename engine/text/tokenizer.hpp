#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/language_code.hpp"
#include "engine/text/segment.hpp"
#include "engine/text/sentencepiece.hpp"
#include "engine/text/tokenizer_config.hpp"
#include "engine/text/vocabulary.hpp"

namespace glass::text {

/// The language that is read (source) or written (target); each has a SentencePiece model of its own.
enum class Side { source, target };

/// Whether eos, unknown and padding tokens stand in a decoded text.
enum class SpecialTokens { skip, keep };

/// One token of a text: its piece, its row of the embedding table, and the bytes [begin, end) of the text that it came
/// from (both are the end of the text for the closing eos).
struct Token {
  std::string piece;
  std::int64_t id;
  std::size_t begin, end;
  bool operator==(const Token&) const = default;
};

/// The ids of tokens, in order.
std::vector<std::int64_t> ids(const std::vector<Token>& tokens);

/// Text ↔ ids as Hugging Face's MarianTokenizer has it: special tokens that stand literally in the text, language code,
/// SentencePiece, vocabulary, closing eos. Copies share the models.
/// @source transformers 4.47.1 (4.57.6 for the newer language codes), tokenization_marian.py
class Tokenizer {
 public:
  /// Reads source.spm, target.spm, vocab.json, tokenizer_config.json (may be missing) and, with separate_vocabs,
  /// target_vocab.json.
  /// @throws std::runtime_error naming the file that is missing or damaged, or the special token that is not in it
  static Tokenizer load(const std::filesystem::path& directory, LanguageCodes codes = LanguageCodes::hf_4_53);

  /// Cuts a text into tokens and closes them with eos; an empty or white text is eos alone.
  std::vector<Token> encode(std::string_view text, Side side) const;

  /// The same with somebody else's way to merge; an empty `segmenter` means the model's own.
  std::vector<Token> encode(std::string_view text, Side side, const Segmenter& segmenter) const;

  /// The text of a target sequence. An id that is in no vocabulary counts as unknown.
  std::string decode(const std::vector<std::int64_t>& ids, SpecialTokens special = SpecialTokens::skip) const;
  std::string decode(const std::vector<std::int64_t>& ids, SpecialTokens special, Side side) const;

  /// The piece of an id, as a label shows it.
  const std::string& piece(std::int64_t id, Side side) const;

  std::int64_t eos() const { return vocabulary(Side::source).require(config_.eos_token); }
  std::int64_t pad() const { return vocabulary(Side::source).require(config_.pad_token); }
  std::int64_t unknown(Side side) const { return vocabulary(side).require(config_.unk_token); }

  const TokenizerConfig& config() const { return config_; }
  const SentencePiece& sentencepiece(Side side) const { return side == Side::source ? source_ : target_; }
  const Vocabulary& vocabulary(Side side) const { return side == Side::source ? *vocabulary_ : *target_vocabulary_; }

 private:
  Tokenizer(SentencePiece source, SentencePiece target) : source_(std::move(source)), target_(std::move(target)) {}

  struct Stretch;
  std::vector<Stretch> stretches(std::string_view text) const;
  void encode_part(const Stretch& part, Side side, const Segmenter& segmenter, std::vector<Token>& tokens) const;
  std::int64_t id(std::string_view piece, Side side) const;
  bool is_special(std::string_view piece) const;

  SentencePiece source_;
  SentencePiece target_;
  std::shared_ptr<const Vocabulary> vocabulary_;
  std::shared_ptr<const Vocabulary> target_vocabulary_;  ///< the same one unless separate_vocabs
  TokenizerConfig config_;
  LanguageCodes codes_ = LanguageCodes::hf_4_53;
};

/// Takes the space out of ` .`, ` ?`, ` !`, ` ,`, ` ' `, ` n't`, ` 'm`, ` 's`, ` 've` and ` 're`, one after the other.
std::string clean_up(std::string text);

}  // namespace glass::text
