#include "engine/cli/export_command.hpp"

#include <algorithm>

#include "engine/cli/array_files.hpp"
#include "engine/cli/common.hpp"
#include "engine/cli/program.hpp"
#include "engine/reference/scorer.hpp"
#include "engine/reference/translate.hpp"
#include "engine/trace/nearest.hpp"
#include "engine/trace/trace_file.hpp"

namespace glass::cli {
namespace {

constexpr const char* kDetails =
    "WHAT is weights, case (--case NAME, default hello) or sentence (--text TEXT, with --target TEXT or the model's "
    "own\n"
    "translation). --name GLOB takes only the matrices whose names match, and with them what they are computed from:\n"
    "matrices and weights. --to FILE.npz, .npy, .csv, .json writes a file; any other path is a directory with a file "
    "a\n"
    "matrix (--format npy, csv or json) or one file (npz).\n\n"
    "A matrix has a row a token. Weights are written as the checkpoint has them (model.encoder.layers.0.self_attn\n"
    ".q_proj.weight, out x in), and under the letters of the formulas, where y = x W + b:\n"
    "  ATTN.W_Q b_Q W_K b_K W_V b_V W_O b_O gamma beta     ATTN: SIDE.layers.L.self_attn, "
    "decoder.layers.L.encoder_attn\n"
    "  SIDE.layers.L.feed_forward.W_1 b_1 W_2 b_2 gamma beta\n"
    "  SIDE.embed.E (a row an id), SIDE.embed.P (a row a position; if the checkpoint has one), decoder.W, decoder.b\n"
    "In JSON, infinities are the texts \"-Infinity\" and \"Infinity\".";

void require_absent(const Arguments& arguments, const std::string& what, const std::vector<std::string>& options) {
  for (const std::string& option : options) {
    if (arguments.has(option)) throw UsageError("export " + what + " takes no --" + option);
  }
}

golden::Case load_case(const std::string& name, const Dims& dims) {
  const std::filesystem::path directory = data_directory() / "golden";
  const std::vector<std::string> known = golden::case_names(directory);
  if (known.empty()) throw std::runtime_error(directory.string() + ": holds no golden case");
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    std::string all;
    for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
    throw UsageError("--case is \"" + name + "\", expected one of " + all + "; the nearest is " + nearest(name, known));
  }
  return golden::load(directory / (name + ".npz"), dims);
}

/// The teacher-forced pass over the target, or over the model's own translation.
golden::Case record_sentence(const Model& model, const Arguments& arguments) {
  const std::string text = arguments.text("text");
  const search::Settings settings = settings_of(model.checkpoint);
  const Source source = source_of(model.source_ids(text));
  Ids target;
  if (arguments.has("target")) {
    target = model.target_ids(arguments.text("target"));
  } else {
    ReferenceScorer scorer(model.weights, paper_stages());
    target = translate(model, {}, scorer, settings, text).front().hypothesis.ids;
  }
  Recording recording;
  const Stages stages = paper_stages();
  (void)run(*model.weights, stages, source, stages.shift_right(target, settings.start_id), Seam(recording));
  const Lengths lengths = lengths_of(recording.trace);
  return {"sentence", std::nullopt, {}, std::move(recording.trace), lengths};
}

golden::Case matrices_of(const std::string& what, const Model& model, const Arguments& arguments) {
  if (what == "sentence") return record_sentence(model, arguments);
  if (!has_goldens(arguments))
    throw UsageError("the golden cases are the shipped model's: export case without --model");
  return load_case(arguments.text("case", "hello"), model.dims);
}

Arrays arrays_of(const std::string& what, const Arguments& arguments) {
  const Model model = load_model(arguments);
  const std::string glob = arguments.text("name");
  const bool all = !arguments.has("name");
  if (what == "weights") {
    return all ? weight_arrays(model.checkpoint, model.dims) : weight_arrays(model.checkpoint, model.dims, glob);
  }
  const golden::Case matrices = matrices_of(what, model, arguments);
  return all ? case_arrays(matrices, model.dims) : stage_arrays(matrices, model.dims, model.checkpoint, glob);
}

std::string what_of(const Arguments& arguments) {
  const std::vector<std::string> choices = {"weights", "case", "sentence"};
  const auto& words = arguments.positional();
  if (words.size() != 1) throw UsageError("export takes one word, weights, case or sentence: export WHAT --to PATH");
  if (std::find(choices.begin(), choices.end(), words[0]) != choices.end()) return words[0];
  throw UsageError("\"" + words[0] + "\" is neither weights nor case nor sentence; the nearest is " +
                   nearest(words[0], choices));
}

}  // namespace

const Program& export_program() {
  static const Program program{
      "export",
      "export weights|case|sentence --to PATH [OPTIONS]",
      "Writes weights, a golden case or a sentence's matrices for programs in other languages.",
      {"to", "format", "name", "case", "text", "target", "model", "language-codes"},
      kDetails};
  return program;
}

int export_arrays(const Arguments& arguments) {
  const std::string what = what_of(arguments);
  if (what == "weights") require_absent(arguments, what, {"case", "text", "target"});
  if (what == "case") require_absent(arguments, what, {"text", "target"});
  if (what == "sentence") require_absent(arguments, what, {"case"});
  if (what == "sentence" && !arguments.has("text")) throw UsageError("export sentence needs --text TEXT");
  if (arguments.has("format")) (void)arguments.choice("format", {"npz", "npy", "csv", "json"});
  const Destination to = destination(arguments.text("to"), arguments.text("format"));
  const Arrays arrays = arrays_of(what, arguments);
  stop_if_interrupted();
  write_arrays(arrays, to, what == "case" ? arguments.text("case", "hello") : what);
  print(to.path.string() + ": " + std::to_string(arrays.size()) + (arrays.size() == 1 ? " array\n" : " arrays\n"));
  return kSuccess;
}

}  // namespace glass::cli
