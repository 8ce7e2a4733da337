#include "engine/lesson/expand.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>

#include "engine/lesson/names.hpp"
#include "engine/lesson/session.hpp"
#include "engine/reference/experiment.hpp"
#include "engine/reference/settings.hpp"
#include "engine/screen/figure.hpp"

namespace glass::lesson {
namespace {

using Words = std::vector<std::string>;
using Meaning = std::function<std::string(const Session&, const Words&)>;

std::string as_code(const std::string& label) { return "`" + label + "`"; }

std::string percent(double share) { return std::to_string(std::lround(100 * share)) + " %"; }

int number_in(const std::string& word) {
  std::size_t used = 0;
  const int number = std::stoi(word, &used);
  if (used != word.size()) throw std::invalid_argument(word);
  return number;
}

/// The matrix that the words name, and the cell in it (0, 0 where they name none).
struct Found {
  Name name;
  const Matrix& matrix;
  std::size_t row = 0, col = 0;
};

Found find(const Session& session, const Words& words) {
  const Name name = name_of(session, words.at(1));
  const Matrix& matrix = session.trace().at(name);
  const std::size_t row = words.size() > 2 ? index_of(number_in(words[2]), matrix.rows) : 0;
  const std::size_t col = words.size() > 3 ? index_of(number_in(words[3]), matrix.cols) : 0;
  return {name, matrix, row, col};
}

std::size_t peak(const Found& found) {
  std::size_t best = 0;
  for (std::size_t j = 1; j < found.matrix.cols; ++j) {
    if (found.matrix(found.row, j) > found.matrix(found.row, best)) best = j;
  }
  return best;
}

std::string count(std::size_t number) { return std::to_string(number); }

/// Every number that is learnt: position tables, where a file has them, are not.
std::size_t n_parameters(const Session& session) {
  std::size_t sum = 0;
  for (const checkpoint::Expected& tensor : session.model().checkpoint.names()) {
    if (tensor.name.ends_with("embed_positions.weight")) continue;
    std::size_t size = 1;
    for (const std::uint64_t extent : tensor.shape) size *= extent;
    sum += size;
  }
  return sum;
}

/// "1,904,544"
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

using Meanings = std::map<std::string, Meaning>;

void add_sizes(Meanings& meanings) {
  meanings["d_model"] = [](const Session& s, const Words&) { return count(s.dims().d_model); };
  meanings["n_heads"] = [](const Session& s, const Words&) { return count(s.dims().decoder.n_heads); };
  meanings["d_k"] = [](const Session& s, const Words&) { return count(s.dims().d_model / s.dims().decoder.n_heads); };
  meanings["d_ff"] = [](const Session& s, const Words&) { return count(s.dims().encoder.d_ff); };
  meanings["n_layers"] = [](const Session& s, const Words&) { return count(s.dims().encoder.n_layers); };
  meanings["n_decoder_layers"] = [](const Session& s, const Words&) { return count(s.dims().decoder.n_layers); };
  meanings["vocab_size"] = [](const Session& s, const Words&) { return count(s.dims().vocab_size); };
  meanings["T_src"] = [](const Session& s, const Words&) { return count(s.plain().lengths.source); };
  meanings["T_tgt"] = [](const Session& s, const Words&) { return count(s.plain().lengths.target); };
  meanings["n_names"] = [](const Session& s, const Words&) { return count(all_names(s.dims()).size()); };
  meanings["n_parameters"] = [](const Session& s, const Words&) { return grouped(n_parameters(s)); };
  meanings["max_positions"] = [](const Session& s, const Words&) { return count(s.model().weights->max_positions); };
}

void add_words(Meanings& meanings) {
  meanings["source"] = [](const Session& s, const Words&) { return s.text(); };
  meanings["target"] = [](const Session& s, const Words&) { return s.target(); };
  meanings["activation"] = [](const Session& s, const Words&) { return s.dims().activation; };
  meanings["scale"] = [](const Session& s, const Words&) { return screen::number(s.dims().embedding_scale, 2); };
  meanings["start"] = [](const Session& s, const Words&) { return as_code(s.labels().target_read.front()); };
  meanings["num_beams"] = [](const Session& s, const Words&) {
    return count(settings_of(s.model().checkpoint).num_beams);
  };
  meanings["length_penalty"] = [](const Session& s, const Words&) {
    return screen::number(settings_of(s.model().checkpoint).length_penalty, 1);
  };
  meanings["end"] = [](const Session& s, const Words&) { return as_code(s.labels().source.back()); };
  meanings["unknown"] = [](const Session& s, const Words&) {
    const text::Tokenizer& tokenizer = s.model().tokenizer;
    return as_code(tokenizer.piece(tokenizer.unknown(text::Side::source), text::Side::source));
  };
  meanings["best"] = [](const Session& s, const Words&) { return s.best_head(); };
}

void add_matrices(Meanings& meanings) {
  meanings["cell"] = [](const Session& s, const Words& words) {
    const Found found = find(s, words);
    return screen::number(found.matrix(found.row, found.col), 2);
  };
  meanings["share"] = [](const Session& s, const Words& words) {
    const Found found = find(s, words);
    return percent(found.matrix(found.row, found.col));
  };
  meanings["row"] = [](const Session& s, const Words& words) {
    const Found found = find(s, words);
    return as_code(row_label(found.name, found.row, s.labels()));
  };
  meanings["col"] = [](const Session& s, const Words& words) {
    const Found found = find(s, {words.at(0), words.at(1), "0", words.at(2)});
    return as_code(column_label(found.name, found.col, s.labels()));
  };
  meanings["predicted"] = [](const Session& s, const Words& words) {
    const std::vector<std::string>& labels = s.labels().target_predicted;
    return as_code(labels.at(index_of(number_in(words.at(1)), labels.size())));
  };
  meanings["peak"] = [](const Session& s, const Words& words) {
    const Found found = find(s, words);
    return as_code(column_label(found.name, peak(found), s.labels()));
  };
  meanings["peakshare"] = [](const Session& s, const Words& words) {
    const Found found = find(s, words);
    return percent(found.matrix(found.row, peak(found)));
  };
  meanings["rows"] = [](const Session& s, const Words& words) { return count(find(s, words).matrix.rows); };
  meanings["cols"] = [](const Session& s, const Words& words) { return count(find(s, words).matrix.cols); };
  meanings["shape"] = [](const Session& s, const Words& words) {
    const Matrix& matrix = find(s, words).matrix;
    return count(matrix.rows) + " × " + count(matrix.cols);
  };
}

const Meanings& meanings() {
  static const Meanings all = [] {
    Meanings result;
    add_sizes(result);
    add_words(result);
    add_matrices(result);
    return result;
  }();
  return all;
}

std::string meaning_of(const std::string& braced, const Lesson& lesson, const Session& session) {
  std::istringstream stream(braced);
  const Words words{std::istream_iterator<std::string>(stream), {}};
  if (words.empty()) throw std::logic_error(lesson.id + ": {} holds nothing");
  for (const Value& value : lesson.values) {
    if (value.name == words.front()) return value.text(session);
  }
  const auto found = meanings().find(words.front());
  if (found == meanings().end()) throw std::logic_error(lesson.id + ": nothing is known by the name {" + braced + "}");
  return found->second(session, words);
}

}  // namespace

std::size_t index_of(int at, std::size_t count) {
  const long last = static_cast<long>(count) - 1;
  const long index = at < 0 ? at + last + 1 : at;
  return static_cast<std::size_t>(std::clamp(index, 0L, std::max(last, 0L)));
}

std::string expand(const Text& text, const Lesson& lesson, const Session& session) {
  std::string result;
  std::size_t at = 0;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', at)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) throw std::logic_error(lesson.id + ": a brace is not closed: " + text.substr(open));
    result.append(text, at, open - at).append(meaning_of(text.substr(open + 1, close - open - 1), lesson, session));
    at = close + 1;
  }
  return result.append(text, at);
}

}  // namespace glass::lesson
