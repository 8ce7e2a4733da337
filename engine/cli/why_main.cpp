#include "engine/cli/program.hpp"
#include "engine/cli/why.hpp"

int main(int argc, char** argv) {
  return glass::cli::run(glass::cli::why_program(), argc, argv, glass::cli::print_why);
}
