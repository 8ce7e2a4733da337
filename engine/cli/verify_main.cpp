#include "engine/cli/common.hpp"
#include "engine/cli/program.hpp"
#include "engine/lesson/verify.hpp"

namespace {

using namespace glass;

int verify(const cli::Arguments& arguments) {
  if (!arguments.positional().empty()) throw cli::UsageError("verify takes no TEXT; it runs the golden cases");
  const Model model = cli::load_model(arguments);
  const std::vector<golden::Case> cases = cli::load_cases(model.dims);
  const Stages stages = paper_stages();
  std::size_t n_matrices = 0;
  for (const golden::Case& each : cases) {
    cli::stop_if_interrupted();
    const golden::Verdict verdict = lesson::verify(model, stages, each);
    if (verdict.first) {
      const std::string file = "data/golden/" + each.name + ".npz: ";
      cli::print(file + to_text(verdict, lesson::labels_of(model, each.expected)) + "\n");
      return cli::kMismatch;
    }
    n_matrices += verdict.equal;
    cli::print(each.name + ": " + std::to_string(verdict.equal) + (verdict.equal == 1 ? " matrix" : " matrices") +
               " as PyTorch computed " + (verdict.equal == 1 ? "it\n" : "them\n"));
  }
  cli::print("verified " + std::to_string(n_matrices) + " matrices in " + std::to_string(cases.size()) + " cases\n");
  return cli::kSuccess;
}

}  // namespace

int main(int argc, char** argv) {
  const cli::Program program{"verify",
                             "verify [OPTIONS]",
                             "Computes every golden case and compares every matrix with what PyTorch computed.",
                             {"model"},
                             "The last line counts them; a difference is described and ends with status 1."};
  return cli::run(program, argc, argv, verify);
}
