/// \file
/// Lesson 10: how do the two languages meet?
#include "engine/lesson/lesson.hpp"

#include <algorithm>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/trace/derived.hpp"

namespace glass::lesson {
namespace {

/// The table of words, and the words.
struct WordMap {
  Grouping words;
  Matrix shares;
  [[nodiscard]] std::size_t strongest(std::size_t word) const { return best(shares.view(), word); }
};

WordMap word_map(const Session& session) {
  const Grouping words = grouping_of(session.labels(), WordRule::plain, WordRule::french);
  return {words, derive(DerivedOp::word_sum, {session.at("best.weights").view()}, words)};
}

/// The first target word that looks at another source word than the one before it: there the two ways to label a row
/// part.
std::size_t turn(const WordMap& map) {
  std::size_t word = std::min<std::size_t>(1, map.shares.rows - 1);
  while (word + 1 < map.shares.rows && map.strongest(word) == map.strongest(word - 1)) ++word;
  return word;
}

std::string code(const std::string& text) { return "`" + text + "`"; }

std::string source_word(const WordMap& map, std::size_t word) {
  return code(map.words.source.at(map.strongest(word)).name);
}

std::string turn_row(const Session& session) {
  const WordMap map = word_map(session);
  return std::to_string(map.words.target.at(turn(map)).begin);
}

std::string turn_read(const Session& session) {
  const WordMap map = word_map(session);
  return code(session.labels().target_read.at(map.words.target.at(turn(map)).begin));
}

std::string turn_predicted(const Session& session) {
  const WordMap map = word_map(session);
  return code(session.labels().target_predicted.at(map.words.target.at(turn(map)).begin));
}

/// What the word that is about to be written looks at.
std::string turn_peak(const Session& session) {
  const WordMap map = word_map(session);
  return source_word(map, turn(map));
}

/// The other choice: what the word before it, just read, looked at; where that is the same, the end of the source.
std::string read_choice(const Session& session) {
  const WordMap map = word_map(session);
  const std::size_t word = turn(map), before = word == 0 ? 0 : word - 1;
  if (map.strongest(before) == map.strongest(word))
    return "on " + code(map.words.source.back().name) + ", the end of the source";
  return "on " + source_word(map, before) + ", which belongs to the word just read (" + turn_read(session) + ")";
}

std::size_t where_it_looks(const Session& session) {
  const WordMap map = word_map(session);
  const std::size_t word = turn(map), before = map.strongest(word == 0 ? 0 : word - 1);
  return map.shares(word, before) > map.shares(word, map.strongest(word)) ? 0 : 1;
}

/// What is true of the shipped model alone.
std::string helped(const Session& session) {
  return session.topic().shipped_model
             ? "(This head was helped to it; *Where the map came from* tells how, near the end.)"
             : "";
}

std::string how_it_was_learned(const Session& session) {
  if (!session.has_golden()) return "";
  return "At the start every piece gets about the same share (a word of three pieces therefore "
         "three times as much). This head was helped: during training it was shown word "
         "alignments that a much older, statistical method had found in the same sentences "
         "(`data/model/README.md`). All other heads found by themselves where to look. (Up to the "
         "last epoch but one the record is of an average over the steps, as the model's page "
         "says; the last is the model itself.)";
}

std::string heads_that_found_out(const Session& session) {
  return session.topic().shipped_model
             ? "`" + session.best_head() +
                   "` was shown word alignments while it was trained. Those that were not and still map "
                   "words found out by themselves, from nothing but sentence pairs."
             : "";
}

std::string heads_tried(const Session& session) {
  return session.best_head_was_measured()
             ? "It is the head that looked at the right word most often when every head was measured on "
               "sentences aligned by hand, which are not in the training data (`data/model/README.md` "
               "has the table)."
             : "For this model nobody measured which head aligns words best; this is the head whose "
               "rows are the most decided.";
}

}  // namespace

extern const Lesson lesson_10_cross_attention{
    .id = "10_cross_attention",
    .title = "Cross-attention",
    .question = "How do the two languages meet?",
    .minutes = 12,
    .needs = {"07_self_attention", "09_feed_forward"},
    .builds = {"decoder.layers.L.encoder_attn.*", "encoder.memory"},
    .formula =
        "Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V,   Q from the target, K and V from the "
        "memory",
    .source = "Vaswani et al. (2017), section 3.2.3, first item: \"encoder-decoder attention\"",
    .values = {{"turn", turn_row},
               {"turn_read", turn_read},
               {"turn_predicted", turn_predicted},
               {"turn_peak", turn_peak},
               {"read_choice", read_choice},
               {"why_this_head", heads_tried},
               {"helped", helped},
               {"heads_that_found_out", heads_that_found_out},
               {"other", change::other_source},
               {"how_it_was_learned", how_it_was_learned}},
    .steps =
        {{.title = "Two texts",
          .says = "The encoder has read *{source}* and left its result, the memory: {T_src} rows, one for "
                  "each source token. The decoder reads *{target}*, one token after another, and says after "
                  "each what should come next.\n\n"
                  "Between them stands one operation. Every row of the decoder asks a question. Every row "
                  "of the memory is compared with it; the better it fits, the more of it goes into the "
                  "answer. Only here does anything of the source reach the target, once in each of the "
                  "{n_decoder_layers} decoder layers."},
         {.title = "How to read a row",
          .says = "A decoder row has *read* one token and must *predict* the next. Both stand in its "
                  "label: row {turn} is {turn_read} ▸ {turn_predicted}. It has just read {turn_read}, and "
                  "what comes next is {turn_predicted}.\n\n"
                  "*Predict:* on which source word does row {turn} put its largest share?",
          .body =
              Predict{.choices = {"{read_choice}",
                                  "on {turn_peak}, which belongs to what is about to be written ({turn_predicted})"},
                      .answer = where_it_looks},
          .because = "Many published pictures label the rows by the token that is read. Then every word "
                     "stands beside its neighbour's source, one row off, and the map of words looks blurred "
                     "or wrong."},
         {.title = "Two texts, one table",
          .says = "Here is the table for one head: who looks at whom, and with which share.",
          .body = Show{.names = {"best.weights"}},
          .because = "A row for each target token, a column for each source token; the shares of a row sum to "
                     "1. This is `{best}`. {why_this_head}"},
         {.title = "Words instead of pieces",
          .says = "People ask about words. We add up the columns of the pieces that spell one source word, "
                  "and keep the rows that predict the first piece of a target word.",
          .body = Derive{.op = DerivedOp::word_sum, .operands = {"best.weights"}},
          .because = "The words of the two languages are mapped to each other: this course grew out of an "
                     "article that says so, and here it can be seen. {helped}"},
         {.title = "Where the query comes from",
          .says = "The question is asked by the target: `query` = y W_Q + b_Q, where y is what the "
                  "decoder's self-attention left behind, after its add & norm (lesson 08). One row for "
                  "each target token.",
          .body = Show{.names = {"best.query"}},
          .because = "The query must be computed *after* the add & norm. Before it, the numbers have another "
                     "size than the weights expect (mistake 56 below)."},
         {.title = "Before or after the add & norm?",
          .says = "",
          .body = Departure{.paper = "The text says that the queries come \"from the previous decoder layer\" (section "
                                     "3.2.3); figure 1 takes them after the add & norm of this layer's self-attention.",
                            .model = "As in the figure: after the add & norm of self-attention, in the same layer."}},
         {.title = "Where key and value come from",
          .says = "Keys and values are put up by the source: `key` = memory W_K + b_K, `value` = memory "
                  "W_V + b_V. One row for each source token. They do not depend on the target at all: they "
                  "are computed once, however long the translation becomes.",
          .body = Show{.names = {"best.key", "best.value"}}},
         {.title = "One cell, element by element",
          .says = "How well does the question of {row best.scores 4} fit the key of {peak best.weights "
                  "4}... or of any other source token? One product for each of the {d_k} features of the "
                  "head, added up.",
          .body = Show{.names = {"best.scores"}, .zoom = Zoom::cell, .at = {4, 0}, .largest = true},
          .because = "The two factors come from two languages. Training has made their features comparable."},
         {.title = "One row: all keys at once",
          .says = "The same question against every key, then the softmax of the row (lesson 06).",
          .body = Show{.names = {"best.scores", "best.weights"}, .zoom = Zoom::row, .at = {4, 0}},
          .because = "The largest share goes to {peak best.weights 4}: {peakshare best.weights 4}."},
         {.title = "The answer: a mixture of source rows",
          .says = "By these shares the rows of `value` are mixed: `context` has a row for each target "
                  "token, made of nothing but the source.",
          .body = Show{.names = {"best.context"}},
          .because = "W_O then mixes the heads (`output`), and add & norm lays the answer onto what the "
                     "decoder row knew already."},
         {.title = "Self-attention, with one argument changed",
          .says = "There is no second kind of attention. `cross_attention` calls the function of lesson "
                  "07, and `decoder_layer` hands it the memory where self-attention gets the target again.",
          .body = Code{"engine/stages/layers.cpp", "decoder_layer"}},
         {.title = "The same function",
          .says = "Given the target in the place of the memory, `cross_attention` is self-attention, bit "
                  "for bit.",
          .body = Proof{.bound = 0, .measure = proof::one_function_serves_both}},
         {.title = "Mask and bias",
          .says = "",
          .body =
              Departure{.paper = "Every position in the decoder may attend over all positions in the input. No causal "
                                 "mask: the source is there as a whole.",
                        .model =
                            "The same, but for padding, which a batch puts behind short sentences: those columns are "
                            "hidden (lesson 05). The four projections have biases."}},
         {.title = "The table grows while it writes",
          .says = "In generation there is no last row yet: with every token that is read one row is added, "
                  "and the next token is predicted. Here the tokens are those of *{target}*.",
          .body = Show{.names = {"best.weights"}, .zoom = Zoom::growing}},
         {.title = "Step by step, in words",
          .says = "The same as a list: what is read, what comes next, and the source word that gets the "
                  "largest share for it.",
          .body = Table{.of = "word_sum({best}.weights), the largest of every row", .grid = table::decoding_looks}},
         {.title = "Rows that stand do not move",
          .says = "Later tokens change no row that is already there, because no row reads a later one "
                  "(lesson 05). Run on a shorter target, every row is the same.",
          .body = Proof{.bound = 1e-12, .measure = proof::rows_stay_as_target_grows}},
         {.title = "Every head looks elsewhere",
          .says = "The {n_heads} heads of the same layer. They are trained together and share the work: "
                  "not every head maps words.",
          .body = Show{.names = {"best_layer.head.H*.weights"}, .zoom = Zoom::heat}},
         {.title = "Which heads map words?",
          .says = "On sentences that were aligned by hand: how often the row that predicts a word has its "
                  "largest share on a right source word. Beside it, the same for those words where simply "
                  "going along the diagonal is wrong.",
          .body = Table{.of = "measured by data/recipes/alignments, kept in data/model/facts.json",
                        .grid = table::head_accuracy},
          .because = "{heads_that_found_out}"},
         {.title = "Averaged, the map blurs",
          .says = "Often only the mean over the heads is shown.",
          .body = Derive{.op = DerivedOp::mean, .operands = {"best_layer.head.H*.weights"}},
          .because = "The mean mixes a head that maps words with heads that do other things, and shows "
                     "neither. Look at heads one by one."},
         {.title = "Another source under the same target",
          .says = "Does the decoder really read the source here, and only here? We keep *{target}* as the "
                  "target and put *{other}* into the encoder. (The two translations are what the model "
                  "writes when it is left alone.)",
          .body = Try{.change = change::swap_source, .lists = true},
          .because = "The decoder's embedding, its first self-attention and the first cross query know "
                     "nothing of the source. The key and the value of the first cross-attention are the first "
                     "to change, and then everything that depends on them."},
         {.title = "Nothing before the first cross key",
          .says = "As a claim: up to the query of layer 0's cross-attention, no decoder matrix changes by "
                  "a single bit.",
          .body = Proof{.bound = 0, .measure = proof::source_is_not_read_before}},
         {.title = "Where the map came from",
          .says = "Nobody typed the map in. The weights were random at the start (epoch 0), and training "
                  "made them, pass after pass over all sentence pairs. This is the same table of words at "
                  "the start and after every epoch.",
          .body = Epochs{.name = "best.weights"},
          .because = "{how_it_was_learned}"},
         {.title = "The map, epoch by epoch",
          .says = "What the rows of this table look at, told in words.",
          .body = Table{.of = "word_sum(epoch.E.{best}.weights) of data/model/history.npz",
                        .grid = table::training_history}},
         {.title = "The last epoch is this model",
          .says = "The record's last entry is the very model that we have been looking at.",
          .body = Proof{.bound = 1e-5, .measure = proof::history_ends_in_this_model}}},
    .mistakes = {{51,
                  "Key and value are computed from the decoder instead of the memory. The source has no "
                  "influence at all. Every product fits whatever the lengths, and only the mask of the "
                  "source may object. A model that is trained so writes French that has nothing to do with "
                  "the source."},
                 {56,
                  "The query is the bare output of self-attention, without its residual and norm. Every "
                  "shape is right; the queries are of another size than the weights expect."},
                 {47,
                  "The decoder's causal mask is put on the cross-attention. The first target row then sees "
                  "one source token, the second two, and so on."}},
    .why =
        "A translation needs the whole source at every word, but a different part of it for "
        "each: a fixed summary would have to hold everything.\nAttention lets each target "
        "position ask for what it needs, and keeps the path between a source word and a target "
        "word one step long."};

}  // namespace glass::lesson
