#include "engine/text/tokenizer.hpp"

#include <array>

#include "engine/text/utf8.hpp"

namespace glass::text {
namespace {

/// Replaces every occurrence, left to right.
std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  while (true) {
    const std::size_t found = text.find(from);
    result += text.substr(0, found);
    if (found == std::string_view::npos) return result;
    result += to;
    text.remove_prefix(found + from.size());
  }
}

}  // namespace

/// Bytes of a text between special tokens, or one special token.
struct Tokenizer::Stretch {
  std::string_view text;
  std::size_t begin;
  bool special;
};

std::vector<std::int64_t> ids(const std::vector<Token>& tokens) {
  std::vector<std::int64_t> result;
  result.reserve(tokens.size());
  for (const Token& token : tokens) result.push_back(token.id);
  return result;
}

Tokenizer Tokenizer::load(const std::filesystem::path& directory, LanguageCodes codes) {
  Tokenizer tokenizer(SentencePiece::load(directory / "source.spm"), SentencePiece::load(directory / "target.spm"));
  tokenizer.codes_ = codes;
  tokenizer.config_ = read_tokenizer_config(directory / "tokenizer_config.json");
  tokenizer.vocabulary_ = std::make_shared<Vocabulary>(Vocabulary::read(directory / "vocab.json"));
  tokenizer.target_vocabulary_ = tokenizer.config_.separate_vocabs
                                     ? std::make_shared<Vocabulary>(Vocabulary::read(directory / "target_vocab.json"))
                                     : tokenizer.vocabulary_;
  tokenizer.eos();
  tokenizer.pad();
  tokenizer.unknown(Side::source);
  tokenizer.unknown(Side::target);
  return tokenizer;
}

std::vector<Tokenizer::Stretch> Tokenizer::stretches(std::string_view text) const {
  std::vector<Stretch> result;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t longest = 0;
    for (const std::string& token :
         {std::cref(config_.eos_token), std::cref(config_.unk_token), std::cref(config_.pad_token)}) {
      if (token.size() > longest && text.substr(i).starts_with(token)) longest = token.size();
    }
    if (longest == 0) {
      ++i;
      continue;
    }
    if (begin < i) result.push_back({text.substr(begin, i - begin), begin, false});
    result.push_back({text.substr(i, longest), i, true});
    i += longest;
    begin = i;
  }
  if (begin < text.size()) result.push_back({text.substr(begin), begin, false});
  return result;
}

std::int64_t Tokenizer::id(std::string_view piece, Side side) const {
  const auto found = vocabulary(is_special(piece) ? Side::source : side).find(piece);
  return found ? *found : unknown(side);
}

bool Tokenizer::is_special(std::string_view piece) const {
  return piece == config_.eos_token || piece == config_.unk_token || piece == config_.pad_token;
}

void Tokenizer::encode_part(const Stretch& part, Side side, const Segmenter& segmenter,
                            std::vector<Token>& tokens) const {
  const LanguageSplit split = split_language_code(part.text, codes_);
  if (!split.code.empty()) {
    tokens.push_back({std::string(split.code), id(split.code, side), part.begin, part.begin + split.code.size()});
  }
  const SentencePiece& model = sentencepiece(side);
  const std::vector<Piece> pieces = segmenter ? model.segment(split.rest, segmenter) : model.segment(split.rest);
  for (const Piece& piece : pieces) {
    tokens.push_back({piece.text, id(piece.text, side), part.begin + split.origin(piece.begin),
                      part.begin + split.origin(piece.end)});
  }
}

std::vector<Token> Tokenizer::encode(std::string_view text, Side side) const { return encode(text, side, Segmenter()); }

std::vector<Token> Tokenizer::encode(std::string_view text, Side side, const Segmenter& segmenter) const {
  std::vector<Token> tokens;
  for (const Stretch& part : stretches(text)) {
    if (part.special) {
      tokens.push_back({std::string(part.text), id(part.text, side), part.begin, part.begin + part.text.size()});
    } else {
      encode_part(part, side, segmenter, tokens);
    }
  }
  tokens.push_back({config_.eos_token, eos(), text.size(), text.size()});
  return tokens;
}

const std::string& Tokenizer::piece(std::int64_t id, Side side) const {
  const std::string* own = vocabulary(Side::source).piece(id);
  if (own != nullptr && is_special(*own)) return *own;
  const std::string* piece = vocabulary(side).piece(id);
  return piece == nullptr ? config_.unk_token : *piece;
}

std::string Tokenizer::decode(const std::vector<std::int64_t>& ids, SpecialTokens special) const {
  return decode(ids, special, Side::target);
}

std::string Tokenizer::decode(const std::vector<std::int64_t>& ids, SpecialTokens special, Side side) const {
  std::string text;
  std::vector<std::string> pieces;
  for (const std::int64_t id : ids) {
    const std::string& next = piece(id, side);
    if (!is_special(next)) {
      pieces.push_back(next);
    } else if (special == SpecialTokens::keep) {
      text += sentencepiece(side).decode(pieces) + next + ' ';
      pieces.clear();
    }
  }
  text += sentencepiece(side).decode(pieces);
  text = replaced(text, kSpaceSymbol, " ");
  text = strip(text);
  return config_.clean_up_tokenization_spaces ? clean_up(std::move(text)) : text;
}

std::string clean_up(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kRules{{{" .", "."},
                                                                                  {" ?", "?"},
                                                                                  {" !", "!"},
                                                                                  {" ,", ","},
                                                                                  {" ' ", "'"},
                                                                                  {" n't", "n't"},
                                                                                  {" 'm", "'m"},
                                                                                  {" 's", "'s"},
                                                                                  {" 've", "'ve"},
                                                                                  {" 're", "'re"}}};
  for (const auto& [from, to] : kRules) text = replaced(text, from, to);
  return text;
}

}  // namespace glass::text
