#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/screen/line.hpp"
#include "engine/trace/matrix.hpp"

namespace glass::screen {

/// What a full heat is: the largest magnitude of the figure; 1, or the largest share where all are tiny; 1; nothing (of
/// names that happen to be numbers).
enum class Scale { signed_, share, flag, none };

/// Every cell a number with heat behind it, or heat alone in two columns a cell (one where two would not fit).
enum class Form { numbers, heat };

/// A cell that is pointed out: `[ ]` for the one spoken of, `( )` for one that it is computed from.
struct Mark {
  std::size_t row = 0, col = 0;
  bool source = false;
};

/// Of a matrix that is too large, only the rows and columns around this cell are shown, as many as fit. It stands in
/// the middle of them, but near the edges.
struct Focus {
  std::size_t row = 0, col = 0;
  std::size_t rows = 0;  ///< at most so many are shown; 0: all
};

/// A matrix and how it is to be shown.
struct Figure {
  std::string title;  ///< the name in the contract, or an expression
  std::string panel;  ///< what tells it from others like it, "head 2"; see draw_panels()
  Matrix values;
  std::vector<std::string> row_labels, col_labels;  ///< one for each row and column, or none: then the index
  std::string row_axis, col_axis;                   ///< what they are, "query tokens", "features"; may be empty
  Scale scale = Scale::signed_;
  Form form = Form::numbers;
  int digits = 2;  ///< behind the point; fewer where a cell would not fit
  std::vector<Mark> marks;
  bool fold = true;  ///< too many columns: true, they go on in another block below; false, the middle ones are left out
  std::size_t most_rows = 26;  ///< where there are more, the middle ones are left out; marked ones stay
  std::optional<Focus> focus;  ///< in place of `fold` and `most_rows`: a part without gaps
};

/// The figure: title and size, column labels, rows. The columns of a line are the same with colour and without: where
/// there is no colour, a shade behind each number (` ░▒▓█`, ` .:*#` in ASCII) tells the magnitude. In heat without
/// numbers, columns are numbered below and named in a legend; without colour a negative cell begins with `-`, or is one
/// of `-~=≡` where it has one column. With a focus, the title tells which part is shown, and heat and the width of
/// cells are those of the whole matrix: nothing jumps while the focus moves.
/// @throws std::invalid_argument if labels are neither none nor one for each, or a mark or the focus is outside of the
/// matrix
[[nodiscard]] Lines draw(const Figure& figure, const Style& style, std::size_t indent = 2);

/// Panels side by side as far as the width allows, the others below, an empty line between.
[[nodiscard]] Lines beside(const std::vector<Lines>& panels, const Style& style, std::size_t gap = 3);

/// Figures of one shape and kind as small heats beside each other: one title and one legend for all, one scale, over
/// each its `panel`.
/// @throws std::invalid_argument as draw(), and if there is none
[[nodiscard]] Lines draw_panels(std::string_view title, const std::vector<Figure>& figures, const Style& style,
                                std::size_t indent = 2);

/// A number as cells show it: "-0.12", never "-0.00", "-inf", "nan"; "1.2e+05" where it would take more than 7
/// characters before its sign (or 5 more than the digits behind the point).
[[nodiscard]] std::string number(double value, int digits);

}  // namespace glass::screen
