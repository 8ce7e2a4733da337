#include "engine/cli/program.hpp"
#include "engine/cli/translate.hpp"

int main(int argc, char** argv) {
  return glass::cli::run(glass::cli::translate_program(), argc, argv, glass::cli::translate);
}
