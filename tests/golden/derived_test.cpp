#include "engine/trace/derived.hpp"

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "engine/golden/case.hpp"
#include "engine/lesson/verify.hpp"
#include "engine/reference/decoder.hpp"
#include "engine/stages/output.hpp"
#include "engine/trace/npz.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/numpy.hpp"
#include "tests/support/paths.hpp"

using namespace glass;

namespace {

using nlohmann::json;
using test::root;

const Model& shipped() {
  static const Model loaded = Model::load(root() / "data" / "model");
  return loaded;
}

/// A line of alignments.tsv: for each aligned French word (by number) the right English ones, as "i-j" links.
struct Pair {
  std::string english, french;
  std::set<std::pair<std::size_t, std::size_t>> links;  ///< (French word, English word)
};

std::vector<Pair> aligned_pairs() {
  std::vector<Pair> pairs;
  std::ifstream lines(root() / "data" / "recipes" / "alignments.tsv");
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream columns(line);
    Pair pair;
    std::getline(columns, pair.english, '\t');
    std::getline(columns, pair.french, '\t');
    std::size_t i = 0, j = 0;
    for (char dash = '-'; columns >> i >> dash >> j;) pair.links.emplace(j, i);
    pairs.push_back(pair);
  }
  return pairs;
}

/// A teacher-forced pass, of which ids and cross-attention weights are kept.
Trace cross_attention(const Pair& pair) {
  const Model& model = shipped();
  const Stages stage = paper_stages();
  Recording recording;
  recording.wants = [](Name name) {
    const std::string text = row_of(name).name;
    return text.ends_with(".ids") || text.ends_with("encoder_attn.head.H.weights");
  };
  const Seam trace(recording);
  const Memory memory = encode(*model.weights, stage, source_of(model.source_ids(pair.english)), trace);
  const Ids read = shift_right(model.target_ids(pair.french), model.checkpoint.config().start_id);
  (void)decode(*model.weights, stage, memory, read, trace);
  return recording.trace;
}

/// The words of pieces as data/recipes/common/words.py finds them: "piece's word numbers | words", a line a sentence.
std::string by_python(const std::vector<std::vector<std::string>>& sentences, bool french) {
  const test::TemporaryDirectory directory;
  test::write_file(directory / "pieces.json", json(sentences).dump());
  return test::run_numpy(directory, "import json, sys\nsys.path.insert(0, '" + (root() / "data" / "recipes").string() +
                                        "')\nfrom common.words import words, words_of_pieces\n"
                                        "sys.stdout.reconfigure(encoding='utf-8')\n"
                                        "for pieces in json.load(open('pieces.json', encoding='utf-8')):\n"
                                        "  text = ''.join(pieces).replace('\\u2581', ' ')\n"
                                        "  french = " +
                                        (french ? "True" : "False") +
                                        "\n"
                                        "  print(*words_of_pieces(pieces, french), '|', *words(text, french))\n");
}

std::string by_engine(const std::vector<std::vector<std::string>>& sentences, bool french) {
  std::string text;
  for (const std::vector<std::string>& pieces : sentences) {
    std::string owners, names;
    std::size_t number = 0;
    for (const Word& word : words_of_pieces(pieces, french ? WordRule::french : WordRule::plain)) {
      for (std::size_t k = word.begin; k < word.end; ++k) owners += std::to_string(number) + " ";
      names += " " + word.name;
      ++number;
    }
    text += owners + "|" + names + "\n";
  }
  return text;
}

/// The pieces that are text.
std::vector<std::string> of_text(std::vector<std::string> pieces) {
  std::erase_if(pieces, [](const std::string& piece) { return is_special(piece); });
  return pieces;
}

/// Per cross-attention head the right words of all aligned ones.
struct Score {
  std::size_t right = 0, all = 0;
};

void count(const Pair& pair, const Trace& trace, std::map<std::pair<int, int>, Score>& scores) {
  const Grouping words = grouping_of(lesson::labels_of(shipped(), trace), WordRule::plain, WordRule::french);
  for (const auto& [name, weights] : trace) {
    if (row_of(name).op == Op::given) continue;
    const Matrix table = derive(DerivedOp::word_sum, {weights.view()}, words);
    Score& score = scores[{name.layer, name.head}];
    std::set<std::size_t> aligned;
    for (const auto& [french, english] : pair.links) aligned.insert(french);
    for (const std::size_t french : aligned) {
      ++score.all;
      if (pair.links.count({french, best(table.view(), french)}) == 1) ++score.right;
    }
  }
}

MatrixView view_of(const Trace& trace, const std::string& name) { return trace.at(parse_name(name).value()).view(); }

/// One matrix of every kind but word_sum, of cross-attention weights and of what else a trace has.
std::vector<NamedArray> derived_from(const std::vector<MatrixView>& heads, const Trace& trace) {
  const MatrixView log_probabilities = view_of(trace, "decoder.log_probabilities");
  const MatrixView source = view_of(trace, "encoder.embed.tokens"), target = view_of(trace, "decoder.embed.tokens");
  const Matrix mean = derive(DerivedOp::mean, heads);
  return {{"mean", to_array(mean)},
          {"entropy", to_array(derive(DerivedOp::entropy, {mean.view()}))},
          {"exponential", to_array(derive(DerivedOp::exponential, {log_probabilities}))},
          {"likeness", to_array(derive(DerivedOp::likeness, {source, target}))},
          {"difference", to_array(derive(DerivedOp::difference, {heads[0], heads[1]}))},
          {"ratio", to_array(derive(DerivedOp::ratio, {heads[0], heads[1]}))}};
}

}  // namespace

TEST_CASE("derived: words of the 50 aligned sentences and of the goldens are those of words.py") {
  if (!test::has_numpy()) return;
  std::vector<std::vector<std::string>> english, french;
  const auto add = [&](const Trace& trace) {
    const Labels labels = lesson::labels_of(shipped(), trace);
    english.push_back(of_text(labels.source));
    french.push_back(of_text(labels.target_predicted));
  };
  for (const Pair& pair : aligned_pairs()) add(cross_attention(pair));
  for (const std::string& name : golden::case_names(root() / "data" / "golden")) {
    const golden::Case golden = golden::load(root() / "data" / "golden" / (name + ".npz"), shipped().dims);
    if (!golden.stage) add(golden.expected);
  }
  REQUIRE(english.size() >= 55);
  CHECK(by_engine(english, false) == by_python(english, false));
  CHECK(by_engine(french, true) == by_python(french, true));
  CHECK(by_engine(french, false) == by_python(french, false));
}

TEST_CASE("derived: every head's alignment accuracy is the one that the recipe measured") {
  std::map<std::pair<int, int>, Score> scores;
  for (const Pair& pair : aligned_pairs()) count(pair, cross_attention(pair), scores);
  const json facts = json::parse(std::ifstream(root() / "data" / "model" / "facts.json")).at("alignment");
  REQUIRE(facts.at("heads").size() == scores.size());
  for (const json& fact : facts.at("heads")) {
    const Score& score = scores.at({fact.at("layer").get<int>(), fact.at("head").get<int>()});
    INFO("layer " << fact.at("layer") << ", head " << fact.at("head"));
    CHECK(score.all == facts.at("words").get<std::size_t>());
    const double accuracy = static_cast<double>(score.right) / static_cast<double>(score.all);
    CHECK(std::abs(accuracy - fact.at("accuracy").get<double>()) <= 0.00005);
  }
}

TEST_CASE("derived: NumPy finds the same numbers in a golden") {
  if (!test::has_numpy()) return;
  const std::filesystem::path file = root() / "data" / "golden" / "hello.npz";
  const golden::Case golden = golden::load(file, shipped().dims);
  std::vector<MatrixView> heads;
  for (std::size_t h = 0; h < 4; ++h) {
    heads.push_back(view_of(golden.expected, "decoder.layers.1.encoder_attn.head." + std::to_string(h) + ".weights"));
  }
  const test::TemporaryDirectory directory;
  write_npz(directory / "derived.npz", derived_from(heads, golden.expected));
  CHECK(test::run_numpy(directory, R"(g = np.load(')" + file.string() + R"(')
d = np.load('derived.npz')
heads = np.stack([g[f'decoder.layers.1.encoder_attn.head.{h}.weights'] for h in range(4)])
mean = heads.mean(0)
expected = {'mean': mean, 'entropy': -(mean * np.log2(mean)).sum(1, keepdims=True),
            'exponential': np.exp(g['decoder.log_probabilities']),
            'likeness': g['encoder.embed.tokens'] @ g['decoder.embed.tokens'].T,
            'difference': heads[0] - heads[1], 'ratio': heads[0] / heads[1]}
for name, array in expected.items():
  same = d[name].shape == array.shape and np.allclose(d[name], array, rtol=1e-12, atol=1e-13)
  print(name, same)
)") == "mean True\nentropy True\nexponential True\nlikeness True\ndifference True\nratio True\n");
}
