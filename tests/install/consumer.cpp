#include <exception>
#include <iostream>

#include "engine/reference/scorer.hpp"
#include "engine/reference/translate.hpp"

/// consumer MODEL TEXT: what a reader's own program would do first.
int main(int argc, char** argv) {
  try {
    if (argc != 3) throw std::invalid_argument("two arguments, please");
    const glass::Model model = glass::Model::load(argv[1]);
    const glass::Experiment plain;
    glass::ReferenceScorer scorer(model.weights, plain.stages);
    const glass::search::Settings settings = glass::settings_of(model.checkpoint);
    std::cout << glass::translate(model, plain, scorer, settings, argv[2]).front().text << '\n';
  } catch (const std::exception& error) {
    std::cerr << "consumer: error: " << error.what() << '\n';
    return 2;
  }
}
