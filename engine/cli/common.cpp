#include "engine/cli/common.hpp"

#include "engine/cli/program.hpp"

extern "C" void openblas_set_num_threads(int n_threads);

namespace glass::cli {

Model load_model(const Arguments& arguments) {
  openblas_set_num_threads(1);
  if (arguments.has("model") && arguments.text("model").empty())
    throw UsageError("--model is empty, expected a directory");
  const bool older = arguments.choice("language-codes", {"hf-4.53", "hf-4.52"}) == "hf-4.52";
  return Model::load(
      arguments.has("model") ? std::filesystem::path(arguments.text("model")) : data_directory() / "model",
      older ? text::LanguageCodes::hf_4_52 : text::LanguageCodes::hf_4_53);
}

bool has_goldens(const Arguments& arguments) {
  std::error_code error;
  return !arguments.has("model") ||
         std::filesystem::equivalent(arguments.text("model"), data_directory() / "model", error);
}

std::vector<golden::Case> load_cases(const Dims& dims) {
  const std::filesystem::path directory = data_directory() / "golden";
  std::vector<golden::Case> cases;
  for (const std::string& name : golden::case_names(directory))
    cases.push_back(golden::load(directory / (name + ".npz"), dims));
  return cases;
}

void require_double(const Arguments& arguments) {
  const std::string precision = arguments.choice("precision", {"double", "float", "int8"});
  if (precision != "double")
    throw UsageError("--precision " + precision +
                     " needs the fast path, which this version does not have; use --precision double");
}

}  // namespace glass::cli
