#include <algorithm>

#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/text/utf8.hpp"
#include "engine/trace/placeholder.hpp"

namespace glass::lesson::proof {
namespace {

/// What may not come back is not claimed: characters that no piece has, special tokens and language codes, and what the
/// normaliser rewrites.
std::string reason_to_differ(const Session& session) {
  const text::Tokenizer& tokenizer = session.model().tokenizer;
  const Ids& ids = session.source_ids();
  const auto is = [&](std::int64_t id) { return std::find(ids.begin(), ids.end() - 1, id) != ids.end() - 1; };
  if (is(tokenizer.unknown(text::Side::source))) return "it has characters that the vocabulary does not know";
  if (is(tokenizer.eos()) || is(tokenizer.pad())) return "a special token stands in it";
  const text::SentencePiece& pieces = tokenizer.sentencepiece(text::Side::source);
  const std::string spaced = replaced(session.text(), " ", std::string(text::kSpaceSymbol));
  const std::string normalised = pieces.normalise(session.text()).text;
  if (normalised != spaced && normalised != std::string(text::kSpaceSymbol) + spaced)
    return "the tokenizer rewrites some of its characters before it cuts";
  const bool tidied =
      tokenizer.config().clean_up_tokenization_spaces && text::clean_up(session.text()) != session.text();
  return tidied ? "the tokenizer takes spaces out of it on the way back" : "";
}

}  // namespace

Measured text_comes_back(const Session& session, const Experiment& under) {
  if (const std::string reason = reason_to_differ(session); !reason.empty()) return {0, reason};
  const text::Tokenizer& tokenizer = session.model().tokenizer;
  const std::string back = tokenizer.decode(session.source_ids(), text::SpecialTokens::skip, text::Side::source);
  const Ids again = session.model().source_ids(back, under.segmenter);
  return {static_cast<double>(n_differing(again, session.source_ids())) + (back == session.text() ? 0 : 1), ""};
}

}  // namespace glass::lesson::proof
