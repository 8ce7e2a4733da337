#include "engine/cli/export_command.hpp"
#include "engine/cli/program.hpp"

int main(int argc, char** argv) {
  return glass::cli::run(glass::cli::export_program(), argc, argv, glass::cli::export_arrays);
}
