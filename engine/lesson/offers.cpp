#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/changes.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/trial.hpp"
#include "engine/reference/experiment.hpp"

namespace glass::lesson {
namespace {

/// An offer of one change. It is tried once, so that what is refused is refused here.
Offer offer(const Session& session, std::string title, std::function<void(const Session&, Experiment&)> change) {
  Experiment trial;
  change(session, trial);
  return {std::move(title), [change = std::move(change)](const Session& here) {
            Experiment experiment;
            change(here, experiment);
            return experiment;
          }};
}

/// The focused head, or the best.
Name head_of(const Session& session, const std::optional<NamedCell>& focus) {
  return focus && focus->name.head >= 0 ? focus->name : name_of(session, session.best_head() + ".context");
}

Offer offer_head(const Session& session, Name name) {
  const std::string text = to_string(name);
  return offer(
      session, "switch off " + text.substr(0, text.rfind('.')),
      [name](const Session& here, Experiment& experiment) { change::switch_off_head(here, name, experiment); });
}

/// The source token that the focus stands for: its column's, or its row's, or the first.
std::size_t piece_of(const std::optional<NamedCell>& focus) {
  if (focus && row_of(focus->name).cols == Axis::source) return focus->col;
  return focus && row_of(focus->name).rows == Axis::source ? focus->row : 0;
}

/// Nothing where the word is all that the source has.
std::optional<Offer> offer_word(const Session& session, std::size_t piece) {
  const std::vector<std::string>& pieces = session.labels().source;
  const std::vector<Word> words = words_of_pieces(pieces, WordRule::plain);
  const auto holds = [piece](const Word& word) { return word.begin <= piece && piece < word.end; };
  auto found = std::find_if(words.begin(), words.end(), holds);
  if (found == words.end()) found = words.begin();
  if (found->end - found->begin >= pieces.size()) return std::nullopt;
  const auto word = static_cast<std::size_t>(found - words.begin());
  return offer(session, "hide the source word " + found->name + " from every encoder_attn",
               [word](const Session& here, Experiment& experiment) { change::hide_word(here, word, experiment); });
}

}  // namespace

Offer offer_source(const Session& session, const std::string& text) {
  return offer(session, "swap the source for " + text, [text](const Session& here, Experiment& experiment) {
    change::swap_source_for(here, text, experiment);
  });
}

Offer offer_number(const Session& session, const NamedCell& cell, double value) {
  const std::string at = " (" + std::to_string(cell.row) + ", " + std::to_string(cell.col) + ")";
  return offer(session, "set " + to_string(cell.name) + at + " to " + compact(value),
               [cell, value](const Session& here, Experiment& experiment) {
                 change::set_number(here, cell, value, experiment);
               });
}

std::vector<Offer> offers(const Session& session, const std::optional<NamedCell>& focus) {
  std::vector<Offer> all = {offer_source(session, change::other_source(session)),
                            offer_head(session, head_of(session, focus))};
  if (std::optional<Offer> word = offer_word(session, piece_of(focus))) all.push_back(*std::move(word));
  all.push_back(offer(session, "zero encoder.embed.positions and decoder.embed.positions", change::forget_positions));
  return all;
}

}  // namespace glass::lesson
