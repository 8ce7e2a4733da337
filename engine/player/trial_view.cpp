#include "engine/player/trial_view.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/render_trial.hpp"
#include "engine/player/choice_view.hpp"
#include "engine/player/matrix_view.hpp"
#include "engine/reference/experiment.hpp"

namespace glass::player {
namespace {

using lesson::Offer;
using SessionPointer = std::shared_ptr<const lesson::Session>;

/// The attention that a change shows in: the one under the cursor, else the best head's.
Name shown_first(const SessionPointer& session, const std::optional<Pointed>& at) {
  return at ? at->name : lesson::name_of(*session, "best.weights");
}

void run(const Offer& offer, const SessionPointer& session, Name shown, Host& host) {
  auto trial = std::make_shared<const lesson::Trial>(try_out(*session, offer.title, offer.make(*session)));
  const std::vector<Name>& changed = trial->changed;
  if (!changed.empty() && is_equal(*trial, shown)) shown = changed.front();
  host.back();
  host.open(std::make_unique<TrialView>(session, std::move(trial), shown));
}

Choice choice(const Offer& offer, const SessionPointer& session, Name shown) {
  return {offer.title, [=](Host& host) { run(offer, session, shown, host); }};
}

Choice own_source(const SessionPointer& session, Name shown) {
  return {"another source sentence, in your own words", [=](Host& host) {
            host.ask(Prompt("source: "), [=, &host](const std::string& text) {
              run(lesson::offer_source(*session, text), session, shown, host);
            });
          }};
}

double number_in(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  throw std::invalid_argument("\"" + text + "\" is no number; one is written like -0.25 or 1e3");
}

Choice own_number(const SessionPointer& session, const Pointed& at) {
  const std::string where = to_string(at.name) + "[" + std::to_string(at.row) + ", " + std::to_string(at.col) + "]";
  const std::string label = "new number (now " + lesson::compact(at.matrix()(at.row, at.col)) + "): ";
  return {"another number in " + where, [=](Host& host) {
            host.ask(Prompt(label), [=, &host](const std::string& text) {
              run(lesson::offer_number(*session, {at.name, at.row, at.col}, number_in(text)), session, at.name, host);
            });
          }};
}

}  // namespace

TrialView::TrialView(SessionPointer session, std::shared_ptr<const lesson::Trial> trial, Name name)
    : session_(std::move(session)), trial_(std::move(trial)), name_(name) {}

std::string TrialView::place() const {
  const std::vector<Name>& changed = trial_->changed;
  const auto found = std::find(changed.begin(), changed.end(), name_);
  if (found == changed.end()) return "not changed";
  return "changed matrix " + std::to_string(found - changed.begin() + 1) + " of " + std::to_string(changed.size());
}

screen::Lines TrialView::lines(const Canvas& canvas) const {
  return render(*session_, *trial_, name_, {canvas.style, false}, canvas.shades == Shades::numbers);
}

std::vector<std::string> TrialView::keys() const {
  return {"r restore", "n p changed matrices", "h head", "Enter look at it", "g by name", "m map"};
}

std::optional<Pointed> TrialView::pointed() const {
  if (!trial_->after.trace.contains(name_)) return std::nullopt;
  Pointed at{session_, {trial_, &trial_->after}, name_, 0, 0, "changed: "};
  const lesson::Compared figures = compared(*session_, *trial_, name_);
  if (!figures.difference) return at;
  const std::vector<double>& numbers = figures.difference->values.values;
  const auto largest =
      std::max_element(numbers.begin(), numbers.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  const auto index = static_cast<std::size_t>(largest - numbers.begin());
  at.row = index % figures.difference->values.rows;
  at.col = index / figures.difference->values.rows;
  return at;
}

/// The next changed matrix in the order of computation, or the one before.
void TrialView::step(bool forward, Host& host) {
  const std::vector<Name> all = all_names(session_->dims());
  const auto here = std::find(all.begin(), all.end(), name_);
  const auto changed = [&](Name name) { return !is_equal(*trial_, name); };
  if (forward) {
    const auto next = std::find_if(here + 1, all.end(), changed);
    if (next == all.end()) return host.say("this is the last matrix that changed");
    name_ = *next;
    return;
  }
  const auto before = std::find_if(std::make_reverse_iterator(here), all.rend(), changed);
  if (before == all.rend()) return host.say("this is the first matrix that changed");
  name_ = *before;
}

bool TrialView::press(const Key& key, Host& host) {
  if (is(key, "r")) return host.back(), true;
  if (is(key, "n") || key.press == Press::right) return step(true, host), true;
  if (is(key, "p") || key.press == Press::left) return step(false, host), true;
  if (is(key, "h")) {
    if (const auto next = next_sibling(name_, session_->dims())) name_ = *next;
    return true;
  }
  if (key.press != Press::enter) return false;
  if (const auto at = pointed()) host.open(std::make_unique<MatrixView>(*at));
  return true;
}

void open_trials(const SessionPointer& session, const std::optional<Pointed>& at, Host& host) {
  std::optional<lesson::NamedCell> focus;
  const bool own = at && at->pass.get() == &session->plain();
  if (own) focus = lesson::NamedCell{at->name, at->row, at->col};
  const Name shown = shown_first(session, at);
  std::vector<Choice> choices;
  for (const Offer& offer : lesson::offers(*session, focus)) choices.push_back(choice(offer, session, shown));
  choices.push_back(own_source(session, shown));
  if (own) choices.push_back(own_number(session, *at));
  host.open(std::make_unique<ChoiceView>(
      "What if …", "Change one thing, run the sentence again, and see where the two runs part. Nothing is lost by it.",
      std::move(choices)));
}

}  // namespace glass::player
