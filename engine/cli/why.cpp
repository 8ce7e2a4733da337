#include "engine/cli/why.hpp"

#include <algorithm>

#include "engine/cli/asked.hpp"
#include "engine/cli/common.hpp"
#include "engine/cli/program.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/lesson/cells.hpp"
#include "engine/lesson/why.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"
#include "engine/trace/path.hpp"

namespace glass::cli {
namespace {

using screen::Lines;
using screen::Style;

constexpr const char* kDetails =
    "NAME is a matrix of the trace (decoder.layers.1.encoder_attn.head.0.weights) or a tensor of the checkpoint\n"
    "(model.shared.weight; a vector has one row, 0). ROW and COLUMN are numbers, -1 the last, or tokens: the piece of\n"
    "the row, of a decoder row the one that it reads (comment), the one that it predicts (▸comment or '>comment'), or\n"
    "both (', ▸ comment'); of a column the source or target token or the piece of the vocabulary. encoder.ids,\n"
    "encoder.visible and decoder.ids have one column, 0. The last line is = and the number with all its digits.";

void require_absent(const Arguments& arguments, const std::string& what, const std::vector<std::string>& options) {
  for (const std::string& option : options) {
    if (arguments.has(option)) throw UsageError("why " + what + " takes no --" + option);
  }
}

lesson::Session session_of(const Arguments& arguments, Model model) {
  return {std::move(model),
          {.text = arguments.given("text"),
           .target = arguments.given("target"),
           .data = data_directory(),
           .shipped_model = has_goldens(arguments)}};
}

/// "up 2: `NAME`, row 4, column 17 (the largest of 128 terms)"
std::string step_text(const UpStep& step, const lesson::Why& from, const CellRef& to) {
  const OperandPart& part = from.operands.at(step.operand - 1).part;
  std::string text = "up " + std::to_string(step.operand) + ": `" + to.name + "`, row " + std::to_string(to.row) +
                     ", column " + std::to_string(to.col);
  if (step.element || !(part.whole_row() || part.whole_column())) return text;
  return text + " (" + which_element(from) + ")";
}

/// Goes where --up says, and tells the way.
lesson::Why followed(const lesson::Session& session, const CellRef& start, const std::vector<UpStep>& steps,
                     const Style& style, Lines& lines) {
  const lesson::Pass& pass = session.plain();
  lesson::Why here = lesson::why(session, pass, start);
  if (!steps.empty()) {
    lines.emplace_back();
    append(lines, screen::wrapped("from `" + start.name + "`, row " + std::to_string(start.row) + ", column " +
                                      std::to_string(start.col),
                                  style, 2, 4));
  }
  for (const UpStep& step : steps) {
    const CellRef next = lesson::up(here, step.operand, step.element);
    append(lines, screen::wrapped(step_text(step, here, next), style, 2, 4));
    here = lesson::why(session, pass, next);
  }
  return here;
}

Lines why_lines(const Arguments& arguments, const Style& style) {
  const std::vector<std::string>& words = arguments.positional();
  const Asked asked{words.at(0), words.at(1), words.at(2)};
  const std::vector<UpStep> steps = arguments.has("up") ? up_steps(arguments.text("up")) : std::vector<UpStep>{};
  Model model = load_model(arguments);
  (void)is_matrix(model, asked.name);
  const lesson::Session session = session_of(arguments, std::move(model));
  Lines lines = screen::wrapped(session.text() + " → " + session.target(), style, 0, 2);
  const lesson::Why why = followed(session, cell_of(asked, session), steps, style, lines);
  lines.emplace_back();
  if (arguments.has("used-by")) {
    const std::vector<Use> uses = uses_of(session.sources(session.plain()), why.cell);
    append(lines, render(why, uses, session.plain(), {style, false}));
  } else {
    append(lines, render(why, {style, false}, arguments.has("all")));
  }
  return lines;
}

std::string ways_text(double ways) {
  if (ways == 1) return "this is the only way";
  constexpr double kReadable = 1e6;
  return ways < kReadable ? lesson::exact(ways) + " ways in all, this is a shortest one"
                          : "about " + lesson::compact(ways) + " ways in all, this is a shortest one";
}

/// The names of a chain by their numbers, with their formulas where these fit beside them.
screen::Grid chain(const std::vector<std::string>& names, const Style& style) {
  screen::Grid grid{{}, {}, {true}};
  std::size_t widest = 0, longest = 0;
  for (const std::string& name : names) {
    const std::optional<Name> matrix = parse_name(name);
    const std::string formula = matrix && !grid.rows.empty() ? std::string(row_of(*matrix).formula) : "";
    widest = std::max(widest, name.size());
    longest = std::max(longest, formula.size());
    grid.rows.push_back({std::to_string(grid.rows.size()), "`" + name + "`", formula.empty() ? "" : "= " + formula});
  }
  constexpr std::size_t kBeside = 20;  // the indent, the numbers, the marks and the gaps
  if (widest + longest + kBeside <= style.width) return grid;
  for (std::vector<std::string>& row : grid.rows) row.pop_back();
  return grid;
}

Lines path_lines(const Arguments& arguments, const Style& style) {
  const std::string from = arguments.positional().at(0), to = arguments.positional().at(1);
  const Model model = load_model(arguments);
  for (const std::string& name : {from, to}) (void)is_matrix(model, name);
  const Trace none;
  const Path way = path({none, model.dims, {}, tensors_of(model.checkpoint)}, from, to);
  if (way.names.empty()) return screen::wrapped("no number of `" + from + "` gets into `" + to + "`", style);
  Lines lines = screen::draw(chain(way.names, style), style);
  const std::size_t steps = way.names.size() - 1;
  append(lines,
         screen::wrapped(std::to_string(steps) + (steps == 1 ? " step; " : " steps; ") + ways_text(way.ways), style));
  return lines;
}

void require_words(const Arguments& arguments) {
  const bool path = arguments.has("path");
  if (path) require_absent(arguments, "--path", {"all", "up", "used-by", "text", "target", "precision"});
  if (arguments.has("used-by")) require_absent(arguments, "--used-by", {"all"});
  if (arguments.positional().size() == (path ? 2 : 3)) return;
  throw UsageError(path ? "why --path takes two names: why --path FROM TO"
                        : "why takes three words: why NAME ROW COLUMN (encoder.ids and the like: COLUMN 0)");
}

}  // namespace

const Program& why_program() {
  static const Program program{"why",
                               "why NAME ROW COLUMN [OPTIONS]\n       why --path FROM TO",
                               "The arithmetic behind one number of a sentence, from its operands.",
                               {"text", "target", "model", "precision", "language-codes", "all", "up", "used-by",
                                "path", "plain", "color", "width"},
                               kDetails};
  return program;
}

int print_why(const Arguments& arguments) {
  require_words(arguments);
  require_double(arguments);
  const Style style = style_of(arguments);
  try {
    print(arguments.has("path") ? path_lines(arguments, style) : why_lines(arguments, style), style);
  } catch (const std::invalid_argument& error) {
    throw UsageError(screen::spelt(error.what(), style));  // it names tokens
  }
  return kSuccess;
}

}  // namespace glass::cli
