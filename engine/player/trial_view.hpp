#pragma once

#include "engine/lesson/trial.hpp"
#include "engine/player/view.hpp"

namespace glass::player {

/// What an experiment did: before, after and the difference of one matrix after another.
class TrialView : public View {
 public:
  TrialView(std::shared_ptr<const lesson::Session> session, std::shared_ptr<const lesson::Trial> trial, Name name);

  [[nodiscard]] std::string title() const override { return "What if"; }
  [[nodiscard]] std::string place() const override;
  [[nodiscard]] screen::Lines lines(const Canvas& canvas) const override;
  [[nodiscard]] std::vector<std::string> keys() const override;
  bool press(const Key& key, Host& host) override;
  /// The cell that differs most, in the changed run.
  [[nodiscard]] std::optional<Pointed> pointed() const override;

 private:
  void step(bool forward, Host& host);

  std::shared_ptr<const lesson::Session> session_;
  std::shared_ptr<const lesson::Trial> trial_;
  Name name_;
};

/// Lists what can be tried here; a head, a word and a number are those under the cursor.
void open_trials(const std::shared_ptr<const lesson::Session>& session, const std::optional<Pointed>& at, Host& host);

}  // namespace glass::player
