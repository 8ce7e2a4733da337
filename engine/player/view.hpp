#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/lesson/session.hpp"
#include "engine/player/key.hpp"
#include "engine/player/prompt.hpp"
#include "engine/screen/figure.hpp"
#include "engine/trace/array.hpp"

/// The player: what stands on the screen of a terminal, and what each key makes of it. No terminal in it.
namespace glass::player {

/// How matrices are drawn: numbers with heat behind them, numbers alone, or heat alone.
enum class Shades { both, numbers, heat };

/// What a view draws itself for: the lines that are seen at a time, and how.
struct Canvas {
  screen::Style style;
  std::size_t height = 20;
  Shades shades = Shades::both;

  /// The figure as the reader wants to see it.
  [[nodiscard]] screen::Figure shaded(screen::Figure figure) const;
};

/// A cell of a recorded pass: of the session's sentence, with padding or without, or of a changed run.
struct Pointed {
  std::shared_ptr<const lesson::Session> session;
  std::shared_ptr<const lesson::Pass> pass;
  Name name{};
  std::size_t row = 0, col = 0;
  std::string run{};  ///< "changed: " before the titles of a changed run's matrices

  [[nodiscard]] const Matrix& matrix() const { return pass->trace.at(name); }
};

/// A session's own pass, which lives as long as the session.
[[nodiscard]] std::shared_ptr<const lesson::Pass> pass_of(const std::shared_ptr<const lesson::Session>& session,
                                                          bool padded = false);

/// A matrix as it is written to a file.
struct Saved {
  std::string name;  ///< of the file, without its ending
  Array array;
};

class View;

/// What a view may ask of the player.
class Host {
 public:
  virtual ~Host() = default;

  [[nodiscard]] virtual const std::shared_ptr<const lesson::Session>& session() const = 0;

  /// Puts a view over the one that is seen.
  virtual void open(std::unique_ptr<View> view) = 0;
  /// Takes the view away that is seen; the last one stays.
  virtual void back() = 0;
  /// One line below the view, until the next key.
  virtual void say(std::string message) = 0;
  /// Opens a line to be written in; `answer` is called with it, unless the reader gives up.
  virtual void ask(Prompt prompt, std::function<void(const std::string&)> answer) = 0;
  /// Opens another lesson at its beginning.
  virtual void open_lesson(const std::string& id) = 0;
};

/// Something to look at, full screen. What a view does not take is a key of the player's.
class View {
 public:
  View() = default;
  virtual ~View() = default;
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  [[nodiscard]] virtual std::string title() const = 0;
  /// Where it stands, at the right of the title.
  [[nodiscard]] virtual std::string place() const { return ""; }
  /// Any number of lines; the player shows those that there is room for.
  [[nodiscard]] virtual screen::Lines lines(const Canvas& canvas) const = 0;
  /// "n next": its keys, the most important first.
  [[nodiscard]] virtual std::vector<std::string> keys() const = 0;
  /// @return true if the key was the view's
  virtual bool press(const Key& key, Host& host) = 0;
  /// The cell of the trace that the cursor stands on.
  [[nodiscard]] virtual std::optional<Pointed> pointed() const { return std::nullopt; }
  /// The matrix that is written to a file from here.
  [[nodiscard]] virtual std::optional<Saved> saved() const;
  /// True if one may be opened over another of its kind; else it takes the other's place.
  [[nodiscard]] virtual bool stacks() const { return false; }
  /// Asks why the number under the cursor is what it is. @return false if there is none
  virtual bool ask_why(Host& host) const;

  std::size_t scroll = 0;  ///< the first line that is seen
};

/// The digit that a key is; nothing for another key.
[[nodiscard]] std::optional<std::size_t> digit(const Key& key);

/// True for a key that is this character.
[[nodiscard]] bool is(const Key& key, std::string_view character);

/// The cell next to (row, col) in the direction of an arrow key, within the matrix; nothing for another key.
struct Cell {
  std::size_t row = 0, col = 0;
  bool operator==(const Cell&) const = default;
};
[[nodiscard]] std::optional<Cell> moved(const Key& key, Cell from, std::size_t rows, std::size_t cols);

/// The same matrix of the next head, and after the last head of the next layer; nothing if there is only one.
[[nodiscard]] std::optional<Name> next_sibling(Name name, const Dims& dims);

}  // namespace glass::player
