#include "engine/cli/translate.hpp"

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>

#include "engine/cli/common.hpp"
#include "engine/cli/log.hpp"
#include "engine/cli/program.hpp"
#include "engine/cli/stream.hpp"
#include "engine/reference/scorer.hpp"
#include "engine/reference/translate.hpp"
#include "engine/text/utf8.hpp"
#include "engine/trace/trace_file.hpp"

namespace glass::cli {
namespace {

/// What was asked for, apart from the texts.
struct Request {
  Model model;
  search::Settings settings;
  std::size_t n_best = 1;
  bool scores = false;
};

Request request_of(const Arguments& arguments) {
  require_double(arguments);
  const std::size_t n_best = arguments.number("n-best", 1, 1, 1000);
  const std::size_t n_beams = arguments.number("beam", 0, 1, 1000);
  Model model = load_model(arguments);
  search::Settings settings = settings_of(model.checkpoint);
  if (n_beams > 0) settings.num_beams = n_beams;
  Request request{std::move(model), std::move(settings), n_best, arguments.has("scores")};
  if (request.n_best <= request.settings.num_beams) return request;
  throw UsageError("--n-best " + std::to_string(request.n_best) + " needs as many beams; the search has " +
                   std::to_string(request.settings.num_beams) + " (--beam N)");
}

/// "-0.123456<tab>text"
std::string with_number(double number, const std::string& text) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.6f", number);
  return std::string(digits) + "\t" + text + "\n";
}

std::string scored(const Request& request, double score, const std::string& text) {
  return request.scores ? with_number(score, text) : text + "\n";
}

/// Answers lines on a scorer of its own. A line has as many answers as --n-best asks for, also where it has none.
Translator translator(const Request& request) {
  const auto scorer = std::make_shared<ReferenceScorer>(request.model.weights, paper_stages());
  const std::string nothing(request.n_best, '\n');
  return [&request, scorer, nothing](const std::string& line) -> Answer {
    if (text::is_valid_utf8(line) && text::strip(line).empty()) return {nothing, ""};
    try {
      const auto translations = glass::translate(request.model, {}, *scorer, request.settings, line);
      std::string output;
      for (std::size_t i = 0; i < request.n_best; ++i) {
        output +=
            i < translations.size() ? scored(request, translations[i].hypothesis.score, translations[i].text) : "\n";
      }
      return {output, ""};
    } catch (const std::bad_alloc&) {
      return {nothing, "out of memory"};
    } catch (const std::exception& error) {
      return {nothing, error.what()};
    }
  };
}

int translate_texts(const std::vector<std::string>& texts, const Translator& answer) {
  int status = kSuccess;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (interrupted()) return kInterrupted;
    const Answer result = answer(texts[i]);
    print(result.output);
    flush();
    if (result.error.empty()) continue;
    complain("translate: line " + std::to_string(i + 1), result.error);
    status = kError;
  }
  return status;
}

/// The one text of --trace, --log and --target: an argument, or all there is on standard input.
std::string only_text(std::vector<std::string> texts) {
  if (texts.empty()) {
    for (int c = std::getchar(); c != EOF; c = std::getchar()) {
      if (texts.empty() || texts.back().ends_with('\n')) texts.emplace_back();
      texts.back() += static_cast<char>(c);
    }
    for (std::string& text : texts) {
      if (text.ends_with('\n')) text.pop_back();
    }
  }
  if (texts.size() != 1)
    throw UsageError("--trace, --log and --target take exactly one sentence, not " + std::to_string(texts.size()));
  return texts.front();
}

/// The target that is read, and the line that is printed of it.
struct Target {
  Ids ids;
  std::optional<Translation> found;
};

Target target_of(const Request& request, const Arguments& arguments, const std::string& text) {
  if (arguments.has("target")) return {request.model.target_ids(arguments.text("target")), std::nullopt};
  ReferenceScorer scorer(request.model.weights, paper_stages());
  Translation best = glass::translate(request.model, {}, scorer, request.settings, text).front();
  Ids ids = best.hypothesis.ids;
  return {std::move(ids), std::move(best)};
}

/// Records the teacher-forced pass over the target, writes and logs it, and prints the translation, or the given target
/// with its log-probability.
int trace_sentence(const Request& request, const Arguments& arguments, const std::string& text) {
  const Source source = source_of(request.model.source_ids(text));
  const Target target = target_of(request, arguments, text);
  stop_if_interrupted();
  Recording recording;
  if (!arguments.has("trace")) recording.wants = [](Name) { return false; };
  if (arguments.has("log"))
    recording.edits = {log_to([](const std::string& line) { print(line); },
                              has_goldens(arguments) ? load_cases(request.model.dims) : std::vector<golden::Case>{})};
  const Stages stages = paper_stages();
  const Mat logits = run(*request.model.weights, stages, source,
                         stages.shift_right(target.ids, request.settings.start_id), Seam(recording));
  stop_if_interrupted();
  if (arguments.has("trace")) write_trace(arguments.text("trace"), recording.trace);
  if (target.found) {
    print(scored(request, target.found->hypothesis.score, target.found->text));
  } else {
    print(with_number(log_probability(logits, target.ids), arguments.text("target")));
  }
  return kSuccess;
}

}  // namespace

const Program& translate_program() {
  static const Program program{
      "translate",
      "translate [OPTIONS] [TEXT...]",
      "Translates each TEXT, or each line of standard input, one translation a line.",
      {"model", "text", "target", "trace", "log", "beam", "n-best", "scores", "threads", "precision", "language-codes"},
      "With --target, nothing is searched: the target is read, and printed after its log-probability\n"
      "(the plain sum over its tokens).\n"
      "A line that cannot be translated gives an empty line and an error on standard error;\n"
      "the rest goes on.\n"
      "With --n-best N every line has N answers, empty ones where there are fewer."};
  return program;
}

int translate(const Arguments& arguments) {
  std::vector<std::string> texts = arguments.positional();
  if (arguments.has("text")) texts.push_back(arguments.text("text"));
  const bool one = arguments.has("trace") || arguments.has("log") || arguments.has("target");
  if (one && texts.size() > 1) texts = {only_text(texts)};
  if (one && arguments.has("n-best")) throw UsageError("--trace, --log and --target take no --n-best");
  if (arguments.has("target") && arguments.has("beam"))
    throw UsageError("--target searches nothing and takes no --beam");
  const std::size_t n_threads = arguments.number("threads", 1, 1, 1024);
  const Request request = request_of(arguments);
  if (one) return trace_sentence(request, arguments, only_text(texts));
  if (!texts.empty()) return translate_texts(texts, translator(request));
  std::vector<Translator> translators;
  for (std::size_t i = 0; i < n_threads; ++i) translators.push_back(translator(request));
  return stream("translate", translators);
}

}  // namespace glass::cli
