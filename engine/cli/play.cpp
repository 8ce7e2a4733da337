#include "engine/cli/play.hpp"

#include "engine/cli/full_screen.hpp"
#include "engine/cli/program.hpp"
#include "engine/lesson/progress.hpp"
#include "engine/lesson/render.hpp"
#include "engine/player/player.hpp"

namespace glass::cli {
namespace {

using player::Player;

/// Where the reader is: at the end of a lesson, its beginning comes next.
lesson::Place place_in(const Player& player) {
  const player::LessonView& view = player.lesson();
  return {view.lesson().id, view.slide() + 1 == view.n_slides() ? 0 : view.slide()};
}

/// What has been remembered of a reader.
struct Kept {
  lesson::Place place;
  bool done = false;
  std::string failure;  ///< the first that a last screen found
};

/// Remembers the place, and that the lesson was read to its end, as far as they are new.
void keep(const Player& player, Kept& kept) {
  const auto& verification = player.lesson().verification();
  Kept now{place_in(player), verification && verification->failure.empty(), kept.failure};
  if (now.failure.empty() && verification) now.failure = verification->failure;
  const bool moved = now.place.lesson != kept.place.lesson || now.place.slide != kept.place.slide;
  if (moved) lesson::remember(lesson::state_directory(), now.place);
  if (now.done && (moved || !kept.done)) lesson::mark_done(lesson::state_directory(), now.place.lesson);
  kept = now;
}

void turn(FullScreen& terminal, Player& player, const screen::Style& style, Kept& kept) {
  const Size size = terminal.size();
  player.resize({size.width, size.height, style.colour, style.utf8});
  terminal.draw(player.frame(), player.typing());
  for (const player::Key& key : terminal.wait()) {
    if (!player.over()) player.press(key);
    keep(player, kept);
  }
}

}  // namespace

int play(const std::shared_ptr<const lesson::Session>& session, const lesson::Lesson& lesson,
         const screen::Style& style) {
  Player player(session, lesson, lesson::left_at(lesson::state_directory(), lesson.id));
  if (player.lesson().slide() > 0) player.say("here you left off; Home goes to the beginning");
  Kept kept;
  {
    FullScreen terminal(style.colour);
    while (!player.over() && !terminal.ended()) {
      turn(terminal, player, style, kept);
      stop_if_interrupted();
    }
  }
  if (!kept.failure.empty()) print(kept.failure + "\n");
  if (kept.place.slide > 0)
    print("Left at " + place_of(player.lesson().lesson(), kept.place.slide) + "; ./lessons/run goes on there.\n");
  return kept.failure.empty() ? kSuccess : kMismatch;
}

screen::Lines after_keys(const std::shared_ptr<const lesson::Session>& session, const lesson::Lesson& lesson,
                         const std::string& keys, const screen::Style& style, std::size_t height) {
  Player player(session, lesson, 0);
  player.resize({style.width, height, style.colour, style.utf8});
  for (const player::Key& key : player::keys_of(keys)) player.press(key);
  return player.frame();
}

}  // namespace glass::cli
