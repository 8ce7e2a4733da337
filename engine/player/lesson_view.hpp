#pragma once

#include <map>

#include "engine/lesson/render.hpp"
#include "engine/player/growing.hpp"
#include "engine/player/view.hpp"

namespace glass::player {

/// A lesson, one slide at a time; each is computed when it is first seen.
class LessonView : public View {
 public:
  LessonView(std::shared_ptr<const lesson::Session> session, const lesson::Lesson& lesson, std::size_t slide);

  [[nodiscard]] std::string title() const override;
  [[nodiscard]] std::string place() const override;
  [[nodiscard]] screen::Lines lines(const Canvas& canvas) const override;
  [[nodiscard]] std::vector<std::string> keys() const override;
  bool press(const Key& key, Host& host) override;
  [[nodiscard]] std::optional<Pointed> pointed() const override;
  bool ask_why(Host& host) const override;
  [[nodiscard]] std::optional<Saved> saved() const override;

  [[nodiscard]] const lesson::Lesson& lesson() const { return lesson_; }
  [[nodiscard]] std::size_t slide() const { return slide_; }
  [[nodiscard]] std::size_t n_slides() const { return slides_.size(); }
  void go_to(std::size_t slide);

  /// What stands in the heading of a slide.
  [[nodiscard]] std::string title_of(std::size_t slide) const;

  /// The text of a slide without colour, as it is searched.
  [[nodiscard]] screen::Lines text_of(std::size_t slide, const screen::Style& style) const;

  /// What was verified, or failed to be, once the last slide has been seen.
  [[nodiscard]] const std::optional<lesson::Verification>& verification() const { return verification_; }

 private:
  [[nodiscard]] lesson::Performed& performed(std::size_t step) const;
  [[nodiscard]] lesson::Performed* performed_here() const;
  [[nodiscard]] const lesson::Shown* shown() const;
  [[nodiscard]] std::optional<lesson::Derive> derived_here() const;
  [[nodiscard]] lesson::Screen screen(const Canvas& canvas) const;
  void point(lesson::Performed& step, const Canvas& canvas) const;
  [[nodiscard]] const screen::Figure* figure(std::size_t index) const;
  bool answer(const Key& key, Host& host);
  [[nodiscard]] lesson::Asked* open_question() const;
  [[nodiscard]] bool all_rows() const;
  bool grow(bool forward);
  bool move(const Key& key);
  bool next_head(Host& host);
  void turn(bool forward, Host& host);
  [[nodiscard]] const lesson::Lesson* next_lesson() const;

  std::shared_ptr<const lesson::Session> session_;
  const lesson::Lesson& lesson_;
  std::vector<lesson::Slide> slides_;
  std::size_t slide_ = 0;
  mutable std::map<std::size_t, lesson::Performed> performed_;
  std::size_t figure_ = 0;      ///< which one the cursor is in
  std::optional<Cell> cursor_;  ///< none until an arrow key is pressed
  std::optional<Growing> growing_;
  std::optional<lesson::Verification> verification_;
};

}  // namespace glass::player
