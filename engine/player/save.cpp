#include "engine/player/save.hpp"

#include <filesystem>
#include <stdexcept>

#include "engine/screen/ansi.hpp"
#include "engine/screen/svg.hpp"
#include "engine/trace/npy.hpp"
#include "engine/trace/output_file.hpp"

namespace glass::player {
namespace {

void write_text(const std::string& file, const std::string& text) {
  OutputFile out(file);
  out.write(text);
  out.commit();
}

std::string plain_text(const Seen& seen) {
  std::string text = seen.title + "\n\n";
  for (const screen::Line& line : seen.lines) text += screen::plain(line) + "\n";
  return text;
}

}  // namespace

void save(const std::string& file, const std::optional<Saved>& matrix, const Seen& seen) {
  std::error_code error;
  if (std::filesystem::exists(file, error)) throw std::runtime_error(file + " exists already; give another name");
  if (file.ends_with(".npy")) {
    if (!matrix) throw std::runtime_error("there is no matrix on this screen to write");
    return write_npy(file, matrix->array);
  }
  if (file.ends_with(".txt")) return write_text(file, plain_text(seen));
  if (file.ends_with(".svg")) return write_text(file, screen::to_svg(seen.lines, seen.width, seen.title));
  throw std::invalid_argument(file + " ends in none of .npy, .txt, .svg");
}

}  // namespace glass::player
