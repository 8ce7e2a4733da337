#include "engine/lesson/verification.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/golden/sentences.hpp"
#include "engine/lesson/verify.hpp"
#include "engine/text/segment.hpp"

namespace glass::lesson {
namespace {

using Names = std::set<Name>;

Ids column(const Matrix& matrix) { return {matrix.values.begin(), matrix.values.end()}; }

/// A whole case, run from its sentences: what must come out is nowhere put in.
Trace run_sentences(const Session& session, const golden::Case& golden_case, const golden::Pair& pair) {
  const Model& model = session.model();
  Source source = source_of(model.source_ids(pair.source));
  if (golden_case.lengths.source > source.ids.size()) {
    const std::size_t n_padding = golden_case.lengths.source - source.ids.size();
    source.ids.insert(source.ids.end(), n_padding, model.tokenizer.pad());
    source.visible.insert(source.visible.end(), n_padding, 0);
  }
  const Stages stages = paper_stages();
  Recording recording;
  run(*model.weights, stages, source,
      stages.shift_right(model.target_ids(pair.target), model.checkpoint.config().start_id), Seam(recording));
  return std::move(recording.trace);
}

Trace recorded(const Session& session, const golden::Case& golden_case,
               const std::map<std::string, golden::Pair>& sentences) {
  if (golden_case.name == "hello") return session.trace();
  if (golden_case.name == "padded" && golden_case.lengths.source == session.padded().lengths.source)
    return session.padded().trace;
  if (golden_case.stage) return run_case(session.model(), paper_stages(), golden_case);
  return run_sentences(session, golden_case, sentences.at(golden_case.name));
}

/// The cases, all of them and with their sentences. @throws std::runtime_error if one is missing
std::vector<golden::Case> all_cases(const std::filesystem::path& folder, const Dims& dims,
                                    const std::map<std::string, golden::Pair>& sentences) {
  const std::vector<std::string> found = golden::case_names(folder);
  for (const std::string& name : golden::required_cases()) {
    if (std::find(found.begin(), found.end(), name) == found.end())
      throw std::runtime_error(folder.string() + ": " + name + ".npz is missing; data/recipes/make_golden writes it");
  }
  std::vector<golden::Case> cases;
  for (const std::string& name : found) {
    cases.push_back(golden::load(folder / (name + ".npz"), dims));
    if (!cases.back().stage && !sentences.contains(name))
      throw std::runtime_error((folder / "sentences.tsv").string() + ": the sentences of " + name +
                               " are missing; data/recipes/make_golden writes them");
  }
  return cases;
}

/// The first name that a whole case should hold and does not.
std::optional<Name> missing(const golden::Case& golden_case, const Names& names) {
  if (golden_case.stage) return std::nullopt;
  const auto found =
      std::find_if(names.begin(), names.end(), [&](Name name) { return !golden_case.expected.contains(name); });
  return found == names.end() ? std::nullopt : std::optional<Name>(*found);
}

Verification verify_goldens(const Session& session, const Names& names) {
  Verification result;
  const std::filesystem::path folder = session.topic().data / "golden";
  const auto sentences = golden::read_sentences(folder / "sentences.tsv");
  for (golden::Case& golden_case : all_cases(folder, session.dims(), sentences)) {
    const std::string file = (folder / (golden_case.name + ".npz")).string();
    if (const std::optional<Name> name = missing(golden_case, names)) {
      result.failure = file + ": " + to_string(*name) + " is missing; data/recipes/make_golden writes it";
      return result;
    }
    const auto wanted = [&](const auto& entry) { return names.contains(entry.first); };
    if (std::none_of(golden_case.expected.begin(), golden_case.expected.end(), wanted)) continue;
    const Trace got = recorded(session, golden_case, sentences);
    const Labels labels = labels_of(session.model(), got);
    std::erase_if(golden_case.expected, [&](const auto& entry) { return !names.contains(entry.first); });
    const golden::Verdict verdict = golden::compare(golden_case.expected, got, session.dims());
    if (verdict.first) {
      result.failure = file + ": " + to_text(verdict, labels);
      return result;
    }
    result.n_matrices += verdict.equal;
    ++result.n_cases;
  }
  return result;
}

/// What is given has no operation: ids are cut again by the plain segmentation, and every token of a sentence is real.
std::string check_given(const Session& session, Name name, const Matrix& matrix) {
  const text::Tokenizer& tokenizer = session.model().tokenizer;
  const bool source = to_string(name) == "encoder.ids";
  const text::Side side = source ? text::Side::source : text::Side::target;
  const bool bpe = tokenizer.sentencepiece(side).type() == text::ModelType::bpe;
  const text::Segmenter segmenter = bpe ? text::Segmenter(text::segment) : text::Segmenter();
  if (to_string(name) == "encoder.visible") {
    const bool real = std::all_of(matrix.values.begin(), matrix.values.end(), [](double v) { return v == 1; });
    return real ? "" : "encoder.visible hides a token of a sentence without padding";
  }
  if (!source && !session.topic().target && session.topic().text) return "";  // the model's own translation
  const std::string& text = source ? session.text() : session.target();
  Ids again = text::ids(tokenizer.encode(text, side, segmenter));
  if (!source) again = paper_stages().shift_right(again, session.model().checkpoint.config().start_id);
  return again == column(matrix) ? "" : to_string(name) + " is not what the plain segmentation gives";
}

std::string check_cells(const Session& session, Name name, const Matrix& matrix) {
  const Recomputation contract(session.sources(session.plain()), name);
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    for (std::size_t j = 0; j < matrix.cols; ++j) {
      const Cell cell = contract.at(i, j);
      if (cell.value == matrix(i, j) || std::abs(cell.value - matrix(i, j)) <= 1e-12 * cell.magnitude) continue;
      return to_string(name) + ": row " + std::to_string(i) + " (" + row_label(name, i, session.labels()) +
             "), column " + std::to_string(j) + " (" + column_label(name, j, session.labels()) + ") is " +
             std::to_string(matrix(i, j)) + ", but the contract's operation gives " + std::to_string(cell.value);
    }
  }
  return "";
}

Verification verify_contract(const Session& session, const Names& names) {
  Verification result;
  result.against_goldens = false;
  for (const Name name : names) {
    const Matrix& matrix = session.trace().at(name);
    const bool given = row_of(name).op == Op::given;
    result.failure = given ? check_given(session, name, matrix) : check_cells(session, name, matrix);
    if (!result.failure.empty()) return result;
    ++result.n_matrices;
  }
  result.n_cases = 1;
  return result;
}

}  // namespace

Verification verify(const Session& session, const std::vector<Name>& names) {
  const Names wanted(names.begin(), names.end());
  return session.has_golden() ? verify_goldens(session, wanted) : verify_contract(session, wanted);
}

std::string summary(const Verification& found) {
  const std::string text = "verified " + std::to_string(found.n_matrices) +
                           (found.n_matrices == 1 ? " matrix in " : " matrices in ") + std::to_string(found.n_cases) +
                           (found.n_cases == 1 ? " case" : " cases");
  return found.against_goldens ? text : text + ", each cell by the contract's operation";
}

}  // namespace glass::lesson
