#pragma once

#include "engine/player/frame.hpp"
#include "engine/player/lesson_view.hpp"

namespace glass::player {

/// A lesson that is stepped through: keys go in, pictures of the window come out. Reads no terminal and writes none;
/// files only where the reader asks for one.
class Player : public Host {
 public:
  /// @param lesson  one of the session's course
  /// @param slide   where it begins; beyond the end means the last
  Player(std::shared_ptr<const lesson::Session> session, const lesson::Lesson& lesson, std::size_t slide);

  void resize(const Window& window);

  /// Does what the key means. What goes wrong is said in the line below the view, and changes nothing.
  void press(const Key& key);

  /// The window's lines.
  [[nodiscard]] screen::Lines frame() const;

  [[nodiscard]] bool over() const { return over_; }
  /// True while a line is written in, whose caret should be seen.
  [[nodiscard]] bool typing() const { return prompt_.has_value(); }
  /// The lesson, below whatever is seen.
  [[nodiscard]] const LessonView& lesson() const { return *lesson_; }

  [[nodiscard]] const std::shared_ptr<const lesson::Session>& session() const override { return session_; }
  void open(std::unique_ptr<View> view) override;
  void back() override;
  void say(std::string message) override { message_ = std::move(message); }
  void ask(Prompt prompt, std::function<void(const std::string&)> answer) override;
  void open_lesson(const std::string& id) override;

 private:
  enum class Follow { cursor, nothing };

  [[nodiscard]] View& top() const { return *views_.back(); }
  [[nodiscard]] Canvas canvas() const;
  void restart(std::shared_ptr<const lesson::Session> session, const lesson::Lesson& lesson, std::size_t slide);
  void close_all();
  void draw_again();
  void type(const Key& key);
  void answer();
  void act(const Key& key);
  bool common(const Key& key);
  bool scrolled(const Key& key);
  void settle(Follow follow);
  void ask_where();
  void go_to(const std::string& where);
  void ask_sentence();
  void ask_target();
  void list_slides();
  void use(const std::string& text, const std::string& target);
  void ask_search();
  void search(const std::string& text);
  void ask_file();
  void next_shades();
  void open_map();

  std::shared_ptr<const lesson::Session> session_;
  std::vector<std::unique_ptr<View>> views_;  ///< the last one is seen; the first is the lesson
  LessonView* lesson_ = nullptr;
  Window window_;
  Shades shades_ = Shades::both;
  std::string message_, searched_;
  std::optional<Prompt> prompt_;
  std::function<void(const std::string&)> answer_;
  screen::Lines body_;
  bool over_ = false;
};

}  // namespace glass::player
