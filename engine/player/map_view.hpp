#pragma once

#include "engine/player/view.hpp"

namespace glass::player {

/// All names of the model; the chosen one is lit, and can be looked at.
class MapView : public View {
 public:
  /// @param at  the pass that is looked at, and the matrix that is lit first
  explicit MapView(Pointed at) : at_(std::move(at)) {}

  [[nodiscard]] std::string title() const override { return "The model"; }
  [[nodiscard]] std::string place() const override { return to_string(at_.name); }
  [[nodiscard]] screen::Lines lines(const Canvas& canvas) const override;
  [[nodiscard]] std::vector<std::string> keys() const override;
  bool press(const Key& key, Host& host) override;
  [[nodiscard]] std::optional<Pointed> pointed() const override { return at_; }

 private:
  void step(int by);
  void other_side();
  void go_to(std::size_t row);

  Pointed at_;
};

}  // namespace glass::player
