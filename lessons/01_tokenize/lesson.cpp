/// \file
/// Lesson 01: how does a sentence become numbers?
#include "engine/lesson/lesson.hpp"

#include <algorithm>

#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/reference/model.hpp"

namespace glass::lesson {
namespace {

using text::Side;

const text::SentencePiece& source_spm(const Session& session) {
  return session.model().tokenizer.sentencepiece(Side::source);
}

std::string code(const std::string& text) { return "`" + text + "`"; }

std::string how_it_cuts(const Session& session) {
  switch (source_spm(session).type()) {
    case text::ModelType::bpe:
      return "This model's pieces come from *byte-pair encoding*. The word begins as single "
             "characters. Again and again, of all neighbours that join to a known piece, the pair "
             "with the lowest rank is joined, until no pair is left. The ranks were counted in texts: "
             "the most frequent pair got the lowest rank, then the next.";
    case text::ModelType::unigram:
      return "This model's pieces come from a *unigram* model: every piece has a probability p. Of "
             "all ways to cut the word, the one with the largest product of probabilities is taken, "
             "which is the largest sum of log p. (The course's own model joins characters step by "
             "step, by byte-pair encoding.)";
    default:
      return "This model cuts into whole words or single characters, so there is nothing to join. "
             "(The course's own model joins characters step by step, by byte-pair encoding.)";
  }
}

/// The pieces of any text with their ids.
std::string pieces_of(const Session& session, const std::string& text) {
  std::string result;
  const text::Tokenizer& tokenizer = session.model().tokenizer;
  for (const text::Token& token : tokenizer.encode(text, Side::source)) {
    if (token.begin == token.end) continue;  // the closing end-of-sentence
    result += (result.empty() ? "" : ", ") + code(tokenizer.piece(token.id, Side::source)) + " (" +
              std::to_string(token.id) + ")";
  }
  return result;
}

/// A piece near the middle of the sentence that the vocabulary knows, as the .spm file has it.
text::Piece example(const Session& session) {
  const std::vector<text::Piece> pieces = source_spm(session).segment(session.text());
  const auto known = [&](const text::Piece& piece) {
    return session.model().tokenizer.vocabulary(Side::source).find(piece.text).has_value();
  };
  const auto middle = pieces.begin() + static_cast<std::ptrdiff_t>(pieces.size() / 2);
  const auto after = std::find_if(middle, pieces.end(), known);
  if (after != pieces.end()) return *after;
  const auto before = std::find_if(pieces.begin(), middle, known);
  return before == middle ? pieces.at(pieces.size() / 2) : *before;
}

std::int64_t vocab_id(const Session& session, const std::string& piece) {
  const text::Tokenizer& tokenizer = session.model().tokenizer;
  return tokenizer.vocabulary(Side::source).find(piece).value_or(tokenizer.unknown(Side::source));
}

bool numbers_agree(const Session& session) {
  const text::Piece piece = example(session);
  return vocab_id(session, piece.text) == piece.id;
}

std::string one_list(const Session& session) {
  return session.model().tokenizer.config().separate_vocabs
             ? "This model numbers the target's pieces in a file of their own, `target_vocab.json`."
             : "Both languages share one numbering: a piece that occurs in both has one id.";
}

}  // namespace

extern const Lesson lesson_01_tokenize{
    .id = "01_tokenize",
    .title = "Tokenize",
    .question = "How does a sentence become numbers?",
    .minutes = 6,
    .needs = {"00_start"},
    .builds = {"encoder.ids", "decoder.ids"},
    .formula = "ids = vocab[segment(normalise(text))], closed by end-of-sentence",
    .source = "Sennrich et al. (2016), algorithm 1; Vaswani et al. (2017), section 5.1",
    .values = {{"how_it_cuts", how_it_cuts},
               {"made_up", [](const Session& s) { return pieces_of(s, "glassformer"); }},
               {"foreign", [](const Session& s) { return pieces_of(s, "日本語"); }},
               {"example", [](const Session& s) { return code(example(s).text); }},
               {"spm_id", [](const Session& s) { return std::to_string(example(s).id); }},
               {"vocab_id", [](const Session& s) { return std::to_string(vocab_id(s, example(s).text)); }},
               {"one_list", one_list},
               {"first_piece", [](const Session& s) { return code(s.labels().target_predicted.front()); }}},
    .steps =
        {{.title = "What should a token be?",
          .says = "The model has a table with a row for each token it knows. So the tokens have to be "
                  "chosen before anything is learned.\n\n"
                  "- Whole words: there are too many, and a new one could not be written at all.\n- Single "
                  "characters: there are few, but the sentence becomes long, and `e` says little.\n- "
                  "Pieces of words: frequent words are one piece, rare ones are spelt with several.\n\n"
                  "This model has {vocab_size} pieces. The text goes through three steps: it is cleaned, "
                  "cut, and looked up."},
         {.title = "Clean: the text before it is cut",
          .says = "First the text is *normalised*. Different ways to write one character become one, runs "
                  "of blanks become one blank, and every blank is written as `▁`. One `▁` is put in front, "
                  "so that the first word looks like any other.",
          .body = Table{.of = "the source, normalised", .grid = table::normalised},
          .because = "With `▁` a piece says by itself whether it begins a word, and pieces put side by side "
                     "give the text back."},
         {.title = "Cut: one word, step by step",
          .says = "{how_it_cuts}\n\nThe longest stretch between two blanks, punctuation included:",
          .body = Table{.of = "", .grid = table::merges},
          .because = "No grammar is involved. What was frequent in the training texts is one piece; what was "
                     "rare there is spelt with several."},
         {.title = "The code",
          .says = "Byte-pair encoding as one would write it on a blackboard. A piece with a lower rank has "
                  "a higher score. The engine has a faster twin with a queue, and a test holds the two "
                  "against each other.",
          .body = Code{"engine/text/segment.cpp", "segment"}},
         {.title = "A word that was never seen",
          .says = "*glassformer* is a word that we made up. It is spelt with the pieces that there are "
                  "(their ids in parentheses): {made_up}.\n\n"
                  "Only a character that no piece contains cannot be spelt. The three characters of 日本語, "
                  "which is *Japanese* in Japanese, become {foreign}. One {unknown} stands for the whole "
                  "run, and what it was is lost."},
         {.title = "Predict: which number does a piece get?",
          .says = "Now every piece is looked up. Two files have a numbered list of the pieces: "
                  "`source.spm`, which did the cutting, and `vocab.json`, whose numbers are the rows of "
                  "the embedding table. In `source.spm` {example} is number {spm_id}. Which number does it "
                  "have in `vocab.json`?",
          .body = Predict{.choices = {"{spm_id}: both files number the pieces alike",
                                      "another number: each file has its own order"},
                          .answer = [](const Session& s) -> std::size_t { return numbers_agree(s) ? 0 : 1; }},
          .because = "It is {vocab_id} there; special pieces stand elsewhere in the two lists, and that moves "
                     "the numbers. The id is always the one of `vocab.json`: it points at a row of the table, "
                     "and a wrong number is the row of another piece."},
         {.title = "Look up: pieces and ids",
          .says = "Every token of both sentences with its id, and the bytes of the text that it came from. "
                  "{one_list} For cutting, each language has a file of its own, `source.spm` and "
                  "`target.spm`.",
          .body = Table{.of = "", .grid = table::pieces_and_ids},
          .because = "An id is a name and not an amount: a larger id does not mean more of anything. With and "
                     "without `▁` in front, a piece is another piece with another id."},
         {.title = "What the encoder reads",
          .says = "The ids of the source, one below the other. The last one is {end}, end-of-sentence. It "
                  "tells the model where the text stops, and attention may look at it as at any other "
                  "token.",
          .body = Show{.names = {"encoder.ids"}}},
         {.title = "Predict: what comes before the first piece?",
          .says = "The decoder reads one token and predicts the next. Its first prediction has to be "
                  "{first_piece}. Which token does it read for that?",
          .body = Predict{.choices = {"{first_piece} itself", "{end}, as at the end of the source",
                                      "another token, which stands for no text"},
                          .answer = [](const Session& s) -> std::size_t {
                            const double first = s.at("decoder.ids")(0, 0);
                            if (first == static_cast<double>(s.target_ids().front())) return 0;
                            return first == static_cast<double>(s.model().tokenizer.eos()) ? 1 : 2;
                          }},
          .because = "It is {start}. Reading the piece that it has to predict would be copying, not "
                     "translating. {end} would be possible, and other models do it; this one was trained with "
                     "{start}."},
         {.title = "What the decoder reads",
          .says = "{start} first, then the pieces of the target. Each row's label says what is read and "
                  "what should be predicted. The closing {end} is only predicted: nothing is read after it.",
          .body = Show{.names = {"decoder.ids"}},
          .because = "The target is shifted down by one row. Lesson 12 shows how the model is trained with "
                     "it, and how it writes without a given target."},
         {.title = "The start token",
          .says = "",
          .body =
              Departure{.paper = "The decoder's input is \"offset by one position\" (section 3.1); with which token it "
                                 "begins is not said.",
                        .model =
                            "It begins with {start}. Marian models have no start token of their own and take the one "
                            "for padding, which elsewhere fills up short sentences (lesson 05)."}},
         {.title = "The vocabulary",
          .says = "",
          .body =
              Departure{.paper =
                            "English and German share about 37,000 byte-pair tokens; English and French, 32,000 word "
                            "pieces (section 5.1).",
                        .model = "{vocab_size} ids in `vocab.json`, pieces cut by SentencePiece. The principle is the "
                                 "same; the text's blanks are part of the pieces."}},
         {.title = "And back: the ids give the text",
          .says = "The ids are turned back into pieces and put side by side: that gives the text again, "
                  "and the text gives the same ids. (Not so where a character was unknown, or rewritten "
                  "before the cut.)",
          .body = Proof{.bound = 0, .measure = proof::text_comes_back},
          .because = "From here on there is no text any more: lesson 02 begins with the ids."}},
    .mistakes = {{1,
                  "The numbers of the .spm file are used as ids. The pieces print right, and every id is "
                  "the row of another piece; what comes out has nothing to do with the text."},
                 {2,
                  "The target is cut with `source.spm`, or the source with `target.spm`. Words fall into "
                  "many small pieces, and characters that the other language lacks become {unknown}."},
                 {3,
                  "The source is not closed with {end}. `encoder.ids` is one row short, and the "
                  "translation often does not know where to stop."}},
    .why =
        "A network computes with numbers, so text must become numbers without losing "
        "anything.\nPieces keep the table small and the sentences short, and can still spell "
        "every word."};

}  // namespace glass::lesson
