/// \file
/// Lesson 12: how does it write a whole sentence?
#include "engine/lesson/lesson.hpp"

#include <algorithm>

#include "engine/lesson/proofs.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson {
namespace {

/// What the search found, best first, as the table of the n best has it.
struct Found {
  std::string text, sum;
};

std::vector<Found> found(const Session& session) {
  std::vector<Found> all;
  for (const std::vector<std::string>& row : table::n_best(session).rows) all.push_back({row.at(1), row.at(3)});
  return all;
}

/// The best translations and the target that is followed, in alphabetical order: the choices of a question.
std::vector<std::string> candidates(const Session& session, const std::vector<Found>& found) {
  std::vector<std::string> texts;
  for (const Found& each : found) texts.push_back(each.text);
  texts.resize(std::min<std::size_t>(texts.size(), 4));
  if (texts.size() < 4) texts.push_back(session.target());
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

Value choice(const std::string& name, std::size_t index) {
  return {name, [index](const Session& s) {
            const std::vector<std::string> texts = candidates(s, found(s));
            return "*" + texts.at(std::min(index, texts.size() - 1)) + "*";
          }};
}

std::size_t index_of_best(const Session& session) {
  const std::vector<Found> all = found(session);
  const std::vector<std::string> texts = candidates(session, all);
  return static_cast<std::size_t>(std::find(texts.begin(), texts.end(), all.front().text) - texts.begin());
}

std::string own(const Session& session) {
  const Found best = found(session).front();
  return "*" + best.text + "* is the model's own translation; the logarithm of its probability is " + best.sum + ".";
}

std::string compared(const Session& session) {
  const std::vector<Found> all = found(session);
  if (all.front().text == session.target()) return "It is also the target that we have followed.";
  const auto same = std::find_if(all.begin(), all.end(), [&](const Found& f) { return f.text == session.target(); });
  const std::string lead = "We have followed *" + session.target() + "*, ";
  return lead + (same == all.end() ? "which the search did not find." : "with " + same->sum + ".");
}

std::string both_right(const Session& session) {
  return session.has_golden() ? " Both are right: one is said to somebody who is addressed politely, the other to a "
                                "friend."
                              : "";
}

}  // namespace

extern const Lesson lesson_12_translate{
    .id = "12_translate",
    .title = "Translate",
    .question = "How does it write a whole sentence?",
    .minutes = 12,
    .needs = {"11_output_projection"},
    .builds = {"*"},
    .formula = "log P(target) = Σ log P(token i | source, tokens before i)",
    .source = "Vaswani et al. (2017), sections 3 and 3.1 in words; the search: section 6.1",
    .values =
        {

            {"own", own},
            {"compared", compared},
            {"both_right", both_right},
            choice("first", 0),
            choice("second", 1),
            choice("third", 2),
            choice("fourth", 3)},
    .steps =
        {{.title = "Two views of the same model",
          .says = "All stages are there. They give a probability for each token that could come next "
                  "(lesson 11). A whole sentence is read or written in one of two ways.\n\n"
                  "In *training* the right translation is known. The decoder reads all of it at once, and "
                  "every row is asked for the token after its own. In *generation* nothing is known but "
                  "the source. The decoder writes one token, reads it, and writes the next.\n\n"
                  "So far this course has used the first view: the target *{target}* was given. Training "
                  "turns the weights, a little at a time, so that the tokens of such targets become more "
                  "probable."},
         {.title = "Shifted by one",
          .says = "If a row read the token that it has to predict, there would be nothing to learn. So the "
                  "target is shifted to the right by one: {start} is put before it, and its last token, "
                  "{end}, is not read.",
          .body = Table{.of = "decoder.ids, and the same one position later", .grid = table::shift_right},
          .because = "This is *teacher forcing*: whatever the model would have said, it reads the right token "
                     "next. So {T_tgt} questions are asked in one pass."},
         {.title = "The code",
          .says = "The start token, then the target without its last id.",
          .body = Code{"engine/stages/output.cpp", "shift_right"}},
         {.title = "The start token",
          .says = "",
          .body =
              Departure{.paper =
                            "\"the output embeddings are offset by one position\" (section 3.1). What is read first "
                            "is not named.",
                        .model = "The offset: the same. First {start} is read, as in every Marian checkpoint that was "
                                 "made for Hugging Face's library. Its row of the table is zero there, so row 0 starts "
                                 "from its position alone (lesson 02)."}},
         {.title = "Token by token",
          .says = "Now the other view. The decoder reads {start} alone and gives one row of logits. The "
                  "next token of the target is put behind it and the decoder runs again, and so on.\n\n"
                  "For each position: the log-probability of the token that should come, from the one pass "
                  "over all positions, and from this token-by-token run.",
          .body = Table{.of = "decoder.log_probabilities, and the same from {T_tgt} passes that grow",
                        .grid = table::two_views}},
         {.title = "The two views agree",
          .says = "All logits, token by token, against all positions at once.",
          .body = Proof{.bound = 1e-10, .measure = proof::teacher_forcing_is_generation},
          .because = "It is the causal mask (lesson 05) that makes them agree: no row reads a later one, so "
                     "it is the same whether later ones exist yet or not. What is learned in the first view "
                     "is valid in the second."},
         {.title = "Where it looks meanwhile",
          .says = "With every token that is read, cross-attention gains one row too: here in `{best}`, the "
                  "head of lesson 10, while *{target}* is read.",
          .body = Show{.names = {"best.weights"}, .zoom = Zoom::growing}},
         {.title = "Greedy: always the best",
          .says = "In generation somebody has to choose. *Greedy* search takes the most probable token "
                  "each time, reads it and goes on, until {end} comes.",
          .body = Table{.of = "softmax of the last row of logits at every step, its three largest, in per cent",
                        .grid = table::greedy_steps}},
         {.title = "What greedy cannot undo",
          .says = "A token that was taken stays, whatever follows. If the best first token leads to a bad "
                  "end, greedy search ends there.\n\n"
                  "What we want is the most probable *sentence*. Its probability is the product of its "
                  "tokens' probabilities, so the logarithms are added up. Trying every sentence is out of "
                  "the question: with {vocab_size} tokens to choose from, each step multiplies the number "
                  "of sentences by {vocab_size}."},
         {.title = "Beam: several at a time",
          .says = "*Beam search* keeps a few beginnings alive, the *beams*. Each is continued by every "
                  "token; of all these continuations the few with the largest sum of log-probabilities are "
                  "kept. One that ends with {end} is finished and set aside. This checkpoint asks for "
                  "{num_beams} beams.\n\n"
                  "*Predict:* which of these translations of *{source}* does the search score best?",
          .body = Predict{.choices = {"{first}", "{second}", "{third}", "{fourth}"}, .answer = index_of_best}},
         {.title = "The beams as a tree",
          .says = "Every beam that ran in this search. A line is a branch; where it forks, two beams share "
                  "what stands before. Beside it is the sum of its log-probabilities so far, which can "
                  "only fall.",
          .body = Table{.of = "the recorded search; log_softmax of the last row of logits, added up along a branch",
                        .grid = table::beam_tree},
          .because = "*Dropped* means: at that step enough others had a better sum; *still running*: the "
                     "search had ended before this one did. What was dropped does not come back, so beam "
                     "search can miss the best sentence too; it misses it less often."},
         {.title = "Long against short",
          .says = "Each further token makes the sum smaller, so short sentences have an advantage. The sum "
                  "is therefore divided by length^length_penalty, where the length counts the tokens that "
                  "were written, {end} too. Here length_penalty is {length_penalty}; with 1 the score is "
                  "the mean log-probability of a token.",
          .body = Table{.of = "what the beams came to, best first", .grid = table::n_best}},
         {.title = "How it is searched",
          .says = "",
          .body =
              Departure{.paper =
                            "Beam search with 4 beams and a length penalty with α = 0.6 (section 6.1), in the form "
                            "of Wu et al. (2016): the sum over ((5 + length) / 6)^α.",
                        .model = "{num_beams} beams, and the sum over length^{length_penalty}: what the checkpoint's "
                                 "files say, and where they say nothing, Hugging Face's defaults; `translate --beam N` "
                                 "takes another number."}},
         {.title = "One beam is greedy search",
          .says = "With one beam only the best continuation is kept: the same ids as greedy search.",
          .body = Proof{.bound = 0, .measure = proof::beam_one_is_greedy}},
         {.title = "What may never be said",
          .says = "{start} has a probability like every token (lesson 11), but it is no word. The "
                  "checkpoint lists it among the `bad_words_ids`, and the search gives it minus infinity, "
                  "as the mask of lesson 05 does with scores: the probability 0.\n\n"
                  "If the checkpoint says so (`renormalize_logits`), the others are scaled up to sum to 1 "
                  "again. So a sum of the search can differ a little from the log-probabilities of the "
                  "trace, where {start} keeps its share."},
         {.title = "Its own words, and the target",
          .says = "{own} {compared}{both_right}\n\n"
                  "A model has no list of right answers. It has a probability for every sentence, and a "
                  "good translation is one of several that are probable."},
         {.title = "The whole",
          .says = "One pass over this sentence pair records {n_names} matrices. They are what lessons 01 "
                  "to 11 built: ids, embedding, {n_layers} encoder layers, the memory, {n_decoder_layers} "
                  "decoder layers, logits. {n_parameters} learned numbers stand behind them.\n\n"
                  "The last line of this lesson has verified all of them, each cell: those of the course's "
                  "own sentences against what PyTorch computed, those of another sentence or model by a "
                  "second, independent computation of every cell."},
         {.title = "What you can do now",
          .says = "Translate a sentence of your own: `./lessons/run translate \"TEXT\"`. With `--n-best 4 "
                  "--scores` it shows what the beams came to.\n\n"
                  "Take any lesson with your own sentence: `./lessons/run 10 --text \"TEXT\"`. With "
                  "`--target \"TEXT\"` the decoder reads a translation of yours.\n\n"
                  "Take the numbers elsewhere: `./lessons/run translate --trace my.npz \"TEXT\"` writes "
                  "every matrix under the name that it has here. In Python, "
                  "`numpy.load(\"my.npz\")[\"decoder.logits\"]` is the matrix of lesson 11.\n\n"
                  "Look into another model: `--model DIR` takes any MarianMT checkpoint with weights in "
                  "safetensors, in `translate` and in every lesson.",
          .because = "Generation here reads everything from the start again at every step. It need not: the "
                     "keys and values of the tokens already read never change. Keeping them is called a KV "
                     "cache."}},
    .mistakes = {{80,
                  "No shift: the decoder reads the very token that it has to predict. It learns to copy, "
                  "the loss falls to almost 0, and in generation, with nothing to copy, it says nothing of "
                  "use."},
                 {77,
                  "The first row of the logits is taken for the next token, and not the last. That row "
                  "never changes while the sentence grows, so the same token is written again and again."},
                 {82,
                  "All beams start with the same sum. At the first step they are all alike, take the same "
                  "tokens, and stay alike: a beam search that pays for several beams and has one."}},
    .why =
        "Training needs every position at once to be fast, generation can only go one by one; "
        "the causal mask makes them one model.\nA search is no part of the network. The same "
        "probabilities serve greedy, beam, or a choice of yours."};

}  // namespace glass::lesson
