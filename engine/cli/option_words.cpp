#include "engine/cli/options.hpp"

namespace glass::cli {

const std::vector<OptionWord>& option_words() {
  static const std::vector<OptionWord> words = {
      {"model", "DIR", "a MarianMT checkpoint directory (default: the shipped model)"},
      {"text", "TEXT", "the source sentence"},
      {"target", "TEXT", "a target sentence to read instead of translating (teacher forcing)"},
      {"case", "NAME", "a golden case, one of data/golden (default: hello)"},
      {"trace", "FILE.npz", "write every matrix of the one sentence, by name"},
      {"log", "", "print a line for each matrix as it is computed"},
      {"precision", "NAME", "double, float or int8 (this version computes in double)"},
      {"beam", "N", "beams of the search (default: the checkpoint's)"},
      {"threads", "N", "sentences that are translated at the same time (default: 1)"},
      {"n-best", "N", "print the N best translations of each sentence"},
      {"scores", "",
       "print the score and a tab before each translation: the sum of its tokens' log-probabilities over length ^ "
       "length_penalty"},
      {"language-codes", "NAME", "how >>fra<< is read: hf-4.53 (default) or hf-4.52"},
      {"to", "PATH", "where to write: FILE.npz, another file, or a directory"},
      {"format", "NAME", "npz, npy, csv or json (default: by the ending of --to)"},
      {"name", "GLOB", "only the matrices whose names match, with what they are computed from"},
      {"all", "", "print every term, not only the largest"},
      {"up", "LIST",
       "follow operands, one step after another: 2 (of a row the cell that counts most), "
       "2:17 (its element 17), 2:17,1"},
      {"used-by", "", "print what is computed from the number instead of what it is computed from"},
      {"path", "", "print the way from one matrix to another, name by name"},
      {"check", "", "only verify, and print one line"},
      {"step", "N", "only screen N (the number at its right edge)"},
      {"keys", "KEYS", "print the screen as it is after these keys: \"nn<right><enter>w\""},
      {"height", "N", "lines of that screen (default: 24)"},
      {"svg", "FILE.svg", "also write what is printed as a picture"},
      {"measure", "", "print measured differences too"},
      {"plain", "", "print everything in order, without colour"},
      {"color", "WHEN", "auto, always or never (NO_COLOR in the environment is stronger)"},
      {"width", "N", "columns to fill (default: the terminal's, or 80)"},
      {"help", "", "print this"},
      {"version", "", "print the version"}};
  return words;
}

}  // namespace glass::cli
