#include "engine/cli/play.hpp"

#include "engine/cli/full_screen.hpp"
#include "engine/cli/program.hpp"
#include "engine/lesson/progress.hpp"
#include "engine/player/player.hpp"

namespace glass::cli {
namespace {

using player::Player;

/// Where the reader is: at the end of a lesson, its beginning comes next.
lesson::Place place_in(const Player& player) {
  const player::LessonView& view = player.lesson();
  return {view.lesson().id, view.slide() + 1 == view.n_slides() ? 0 : view.slide()};
}

/// Remembers the place if it is another than before, and that the lesson was read to its end.
void keep(const Player& player, lesson::Place& kept) {
  const lesson::Place now = place_in(player);
  if (now.lesson == kept.lesson && now.slide == kept.slide) return;
  kept = now;
  lesson::remember(lesson::state_directory(), now);
  const auto& verification = player.lesson().verification();
  if (verification && verification->failure.empty()) lesson::mark_done(lesson::state_directory(), now.lesson);
}

void turn(FullScreen& terminal, Player& player, const screen::Style& style) {
  const Size size = terminal.size();
  player.resize({size.width, size.height, style.colour, style.utf8});
  terminal.draw(player.frame(), player.typing());
  for (const player::Key& key : terminal.wait()) {
    if (!player.over()) player.press(key);
  }
}

}  // namespace

int play(const std::shared_ptr<const lesson::Session>& session, const lesson::Lesson& lesson,
         const screen::Style& style) {
  Player player(session, lesson, lesson::left_at(lesson::state_directory(), lesson.id));
  lesson::Place kept;
  {
    FullScreen terminal(style.colour);
    while (!player.over() && !terminal.ended()) {
      turn(terminal, player, style);
      keep(player, kept);
      stop_if_interrupted();
    }
  }
  const auto& verification = player.lesson().verification();
  if (!verification || verification->failure.empty()) return kSuccess;
  print(verification->failure + "\n");
  return kMismatch;
}

screen::Lines after_keys(const std::shared_ptr<const lesson::Session>& session, const lesson::Lesson& lesson,
                         const std::string& keys, const screen::Style& style, std::size_t height) {
  Player player(session, lesson, 0);
  player.resize({style.width, height, style.colour, style.utf8});
  for (const player::Key& key : player::keys_of(keys)) player.press(key);
  return player.frame();
}

}  // namespace glass::cli
