#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/lesson/lesson.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/verification.hpp"
#include "engine/lesson/what_if.hpp"
#include "engine/screen/figure.hpp"
#include "engine/trace/explain.hpp"

namespace glass::lesson {

/// Where a figure's cells stand in the trace: cell (i, j) of it is cell (first_row + i, j) of the matrix.
struct Origin {
  Name name;
  std::size_t first_row = 0;
};

/// Matrices, or the one cell and the arithmetic behind it.
struct Shown {
  std::string title{};  ///< of all figures together, where they are panels of one
  std::vector<screen::Figure> figures{};
  std::vector<Origin> origins{};  ///< one for each figure of recorded matrices; none of derived ones
  bool padded = false;            ///< of the sentence with padding behind it
  std::optional<Explanation> cell{};
  std::string row_label{}, col_label{};    ///< of that cell
  std::vector<std::string> term_labels{};  ///< the tokens that its terms stand for, by their index; empty for features
  std::string not_here{};                  ///< why there is nothing to show for this sentence
};

/// A function's text.
struct Listed {
  std::string file, code;
};

struct Proved {
  Measured measured;
  double bound = 0;
  [[nodiscard]] bool holds() const { return measured.value <= bound; }
};

/// Choices that differ from each other, and which of them the trace says.
struct Asked {
  std::vector<std::string> choices;
  std::size_t answer = 0;
  bool open = false;                   ///< asked and not answered yet: the answer, and why, are not shown
  std::optional<std::size_t> given{};  ///< what the reader said
};

struct Tried {
  Outcome outcome;
  bool lists = false;
  std::vector<std::pair<screen::Figure, screen::Figure>> figures;  ///< before and after
  std::vector<Origin> origins{};                                   ///< one for each pair
};

struct Tabled {
  std::string of;
  screen::Grid grid;
};

struct Departed {
  std::string paper, model;
};

/// A step with everything computed: its texts filled in and what its body came to.
struct Performed {
  std::string title, says, because;
  std::variant<std::monostate, Shown, Listed, Departed, Proved, Asked, Tried, Tabled> result;
};

/// A lesson on a session, computed once, to be printed, played or written as a page.
struct Performance {
  const Lesson& lesson;
  const Session& session;
  std::vector<Performed> steps;
  std::vector<Name> shown;  ///< every recorded matrix that a step shows
  std::string failure;      ///< a proof that does not hold, or a cell that the contract does not give; empty: none
};

[[nodiscard]] Performance perform(const Lesson& lesson, const Session& session);

/// One step alone.
[[nodiscard]] Performed perform(const Step& step, const Lesson& lesson, const Session& session);

/// Checks every matrix that the lesson builds or shows, its derived matrices, its proofs and its cells.
[[nodiscard]] Verification verify(const Performance& performance);

}  // namespace glass::lesson
