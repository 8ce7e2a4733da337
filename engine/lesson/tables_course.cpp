#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson::table {

screen::Grid course_map(const Session& session) {
  screen::Grid grid{{"", "question", "minutes", "needs"}, {}, {false, false, true, false}};
  if (session.topic().course == nullptr) return grid;
  for (const Lesson* lesson : *session.topic().course) {
    std::string needs;
    for (const std::string& id : lesson->needs) needs += (needs.empty() ? "" : " ") + id.substr(0, id.find('_'));
    grid.rows.push_back({lesson->id, lesson->question, std::to_string(lesson->minutes), needs});
  }
  return grid;
}

}  // namespace glass::lesson::table
