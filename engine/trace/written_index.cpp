#include "engine/trace/written_index.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "engine/trace/array.hpp"
#include "engine/trace/token_match.hpp"

namespace glass {
namespace {

constexpr std::string_view kPredicts = "\u25b8";  // ▸
constexpr std::size_t kChoices = 8;
constexpr std::size_t kFew = 16;  ///< so many labels are listed where none is meant

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// "0 to 9, or -10 to -1 from the end"
std::string range(std::size_t count) {
  if (count < 2) return "0 or -1";
  const std::string all = std::to_string(count);
  return "0 to " + std::to_string(count - 1) + " or -" + all + " to -1";
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// A token of a decoder row: the piece that is read, the one that is predicted, or both; empty: any.
struct Written {
  std::string_view read, predicted;
};

Written written(std::string_view text) {
  const std::size_t sign = text.find(kPredicts), infix = text.find(" > ");
  if (sign != text.npos)
    return {without_blanks(text.substr(0, sign)), without_blanks(text.substr(sign + kPredicts.size()))};
  if (infix != text.npos) return {without_blanks(text.substr(0, infix)), without_blanks(text.substr(infix + 3))};
  if (text.starts_with('>') && text.size() > 1) return {"", without_blanks(text.substr(1))};
  return {text, ""};
}

/// One axis of a matrix and what its rows or columns are called.
struct AxisLabels {
  std::string_view what;  ///< "row" or "column"
  std::string where;      ///< the matrix
  std::function<std::string(std::size_t)> label;

  [[nodiscard]] std::string choice(std::size_t index) const { return std::to_string(index) + " " + label(index); }

  /// "0 <pad> ▸ ▁B | 1 ▁B ▸ on"
  [[nodiscard]] std::string listed(std::size_t count) const {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += (i == 0 ? "" : " | ") + choice(i);
    return all;
  }

  /// The one that was found. @throws std::invalid_argument with the choices
  [[nodiscard]] std::size_t single(std::string_view text, const Positions& found) const {
    if (found.size() == 1) return found.front();
    std::string choices;
    for (std::size_t k = 0; k < std::min(found.size(), kChoices); ++k)
      choices += (k == 0 ? "" : " | ") + choice(found[k]);
    if (found.size() > kChoices) choices += " | and " + std::to_string(found.size() - kChoices) + " more";
    throw std::invalid_argument(in_quotes(text) + " may be several " + std::string(what) + "s of " + where +
                                "; choose one by its number: " + choices);
  }

  [[noreturn]] void refuse(std::string_view text, std::string_view part, const std::vector<std::string>& pieces) const {
    std::string says = "no " + std::string(what) + " of " + where + " is " + in_quotes(text);
    if (pieces.empty()) throw std::invalid_argument(says + ": they have no labels, only numbers");
    says += "; the nearest of " + std::to_string(pieces.size()) + " is " + choice(nearest_piece(part, pieces));
    if (pieces.size() <= kFew) says += " (all: " + listed(pieces.size()) + ")";
    throw std::invalid_argument(says);
  }
};

/// A token of one list of pieces.
std::size_t token_index(const AxisLabels& axis_labels, std::string_view text, const std::vector<std::string>& pieces,
                        WordRule rule) {
  for (const Freedom freedom : {Freedom::exact, Freedom::bare, Freedom::ignore_case}) {
    Positions found;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (stands_for(text, pieces[i], freedom)) found.push_back(i);
    }
    if (!found.empty()) return axis_labels.single(text, found);
  }
  const Positions of_word = pieces_of_word(text, pieces, rule);
  if (!of_word.empty()) return axis_labels.single(text, of_word);
  axis_labels.refuse(text, text, pieces);
}

/// `Bonjour ▸ ,`: the row that reads the one and predicts the other.
std::size_t pair_index(const AxisLabels& axis_labels, std::string_view text, const Written& pair,
                       const Labels& labels) {
  const std::size_t rows = std::min(labels.target_read.size(), labels.target_predicted.size());
  for (const Freedom freedom : {Freedom::exact, Freedom::bare, Freedom::ignore_case}) {
    Positions found;
    for (std::size_t i = 0; i < rows; ++i) {
      const bool both = stands_for(pair.read, labels.target_read[i], freedom) &&
                        stands_for(pair.predicted, labels.target_predicted[i], freedom);
      if (both) found.push_back(i);
    }
    if (!found.empty()) return axis_labels.single(text, found);
  }
  axis_labels.refuse(text, pair.read, labels.target_read);
}

std::size_t decoder_row(const AxisLabels& axis_labels, std::string_view text, const Labels& labels) {
  const std::vector<std::string>& read = labels.target_read;
  const bool literal = std::find(read.begin(), read.end(), text) != read.end();
  const Written parts = literal ? Written{text, ""} : written(text);
  if (!parts.read.empty() && !parts.predicted.empty()) return pair_index(axis_labels, text, parts, labels);
  if (!parts.predicted.empty())
    return token_index(axis_labels, parts.predicted, labels.target_predicted, WordRule::french);
  return token_index(axis_labels, parts.read.empty() ? text : parts.read, read, WordRule::french);
}

std::size_t vocabulary_index(const AxisLabels& axis_labels, std::string_view text, std::size_t cols) {
  std::vector<std::string> pieces;
  Positions found;
  for (std::size_t id = 0; id < cols; ++id) {
    pieces.push_back(axis_labels.label(id));
    if (stands_for(text, pieces.back(), Freedom::bare)) found.push_back(id);
  }
  if (!found.empty()) return axis_labels.single(text, found);
  axis_labels.refuse(text, text, pieces);
}

}  // namespace

std::size_t numbered_index(std::string_view what, const std::string& where, std::size_t count, std::string_view text) {
  const std::string each(what), size = where + " has " + std::to_string(count) + " " + each + (count == 1 ? "" : "s");
  if (!is_number(text))
    throw std::invalid_argument(in_quotes(text) + " is no " + each + " of " + where + ": its " + each +
                                (count == 1 ? " is" : "s are") + " given by number, " + range(count));
  long long number = 0;
  const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto end = static_cast<long long>(count);
  if (read.ec != std::errc{} || number >= end || number < -end)
    throw std::invalid_argument(size + ", " + range(count) + "; there is no " + each + " " +
                                std::string(text.substr(0, kChoices * 4)));
  return static_cast<std::size_t>(number < 0 ? end + number : number);
}

std::size_t row_index(Name name, std::size_t rows, std::string_view text, const Labels& labels) {
  const Axis axis = row_of(name).rows;
  const AxisLabels axis_labels{"row", to_string(name), [&](std::size_t i) { return row_label(name, i, labels); }};
  const bool token = axis == Axis::source || axis == Axis::target;
  if (is_number(text) || text.empty() || !token) return numbered_index("row", axis_labels.where, rows, text);
  return axis == Axis::source ? token_index(axis_labels, text, labels.source, WordRule::plain)
                              : decoder_row(axis_labels, text, labels);
}

std::size_t column_index(Name name, std::size_t cols, std::string_view text, const Labels& labels) {
  const Axis axis = row_of(name).cols;
  const AxisLabels axis_labels{"column", to_string(name), [&](std::size_t j) { return column_label(name, j, labels); }};
  if (is_number(text) || text.empty()) return numbered_index("column", axis_labels.where, cols, text);
  if (axis == Axis::source) return token_index(axis_labels, text, labels.source, WordRule::plain);
  if (axis == Axis::target) return token_index(axis_labels, text, labels.target_read, WordRule::french);
  if (axis == Axis::vocab_size && labels.vocabulary) return vocabulary_index(axis_labels, text, cols);
  if (axis == Axis::one || axis == Axis::vocab_size) return numbered_index("column", axis_labels.where, cols, text);
  throw std::invalid_argument(in_quotes(text) + " is no column of " + axis_labels.where +
                              ": its columns are features, which " + "have only numbers, " + range(cols));
}

}  // namespace glass
