#include <random>

#include "engine/trace/npz.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/numpy.hpp"
#include "tests/support/paths.hpp"

namespace {

using namespace glass::test;
using glass::Npz;

/// Computes cells.txt (NAME ROW COLUMN VALUE) from trace.npz and weights.npz, and prints those that differ.
constexpr const char* kProgram = R"(
import json
T, W = np.load("trace.npz"), np.load("weights.npz")
config = json.load(open("config.json"))
order = {"encoder": ["self_attn", "feed_forward"], "decoder": ["self_attn", "encoder_attn", "feed_forward"]}
acts = {"relu": lambda x: np.maximum(x, 0), "swish": lambda x: x / (1 + np.exp(-x))}

def read_by(place):
    side, _, layer, kind = place.split(".")[:4]
    before = order[side].index(kind)
    if before: return T[f"{side}.layers.{layer}.{order[side][before - 1]}.norm"]
    return T[f"{side}.layers.{int(layer) - 1}.feed_forward.norm"] if int(layer) else T[f"{side}.embed.sum"]

def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)

def positions(rows, d):
    angle = np.arange(rows)[:, None] / 10000 ** (2 * np.arange(d // 2) / d)
    return np.hstack([np.sin(angle), np.cos(angle)]).astype(np.float32).astype(float)

def head_of(place, leaf):
    site, head = place.split(".head.")
    own = lambda name: T[f"{place}.{name}"]
    if leaf in ("query", "key", "value"):
        width = own(leaf).shape[1]
        return T[f"{site}.{leaf}"][:, int(head) * width:(int(head) + 1) * width]
    if leaf == "scores": return own("query") @ own("key").T / np.sqrt(own("query").shape[1])
    if leaf == "masked_scores":
        scores = own("scores")
        future = site.startswith("decoder") and site.endswith("self_attn")
        visible = np.tril(np.ones(scores.shape)) if future else np.ones(len(scores))[:, None] * T["encoder.visible"]
        return np.where(visible == 1, scores, -np.inf)
    return softmax(own("masked_scores")) if leaf == "weights" else own("weights") @ own("value")

def compute(name):
    if name in ("encoder.ids", "encoder.visible", "decoder.ids"): return T[name][:, None]
    if name.startswith("model."): return W[name]
    place, leaf = name.rsplit(".", 1)
    side = name.split(".")[0]
    own = lambda name: T[f"{place}.{name}"]
    if ".head." in place: return head_of(place, leaf)
    if leaf == "tokens": return W[f"{place}.E"][T[f"{side}.ids"]]
    if leaf == "scaled": return own("tokens") * (np.sqrt(config["d_model"]) if config["scale_embedding"] else 1)
    if leaf == "positions": return positions(*own("positions").shape)
    if leaf == "sum": return own("scaled") + own("positions")
    last = f"{side}.layers.{config[side + '_layers'] - 1}.feed_forward.norm"
    if leaf == "memory": return T[last]
    if leaf == "logits": return T[last] @ W["decoder.W"] + W["decoder.b"]
    if leaf == "log_probabilities":
        x = T["decoder.logits"]
        return x - x.max(1, keepdims=True) - np.log(np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True))
    letter = {"query": "Q", "key": "K", "value": "V"}.get(leaf)
    if letter:
        x = T["encoder.memory"] if place.endswith("encoder_attn") and leaf != "query" else read_by(place)
        return x @ W[f"{place}.W_{letter}"] + W[f"{place}.b_{letter}"]
    if leaf == "context":
        heads = config[f"{side}_attention_heads"]
        return np.hstack([T[f"{place}.head.{h}.context"] for h in range(heads)])
    if leaf == "hidden": return read_by(place) @ W[f"{place}.W_1"] + W[f"{place}.b_1"]
    if leaf == "activation": return acts[config["activation_function"]](own("hidden"))
    if leaf == "output":
        x, of = (own("activation"), "2") if place.endswith("feed_forward") else (own("context"), "O")
        return x @ W[f"{place}.W_{of}"] + W[f"{place}.b_{of}"]
    if leaf == "residual": return read_by(place) + own("output")
    x = own("residual")
    centred = x - x.mean(1, keepdims=True)
    return centred / np.sqrt((centred ** 2).mean(1, keepdims=True) + 1e-5) * W[f"{place}.gamma"] + W[f"{place}.beta"]

equal = 0
for line in open("cells.txt"):
    name, row, column, value = line.split()
    expected, got = float(compute(name)[int(row), int(column)]), float(value)
    if got == expected or abs(got - expected) <= 1e-9 * (1 + abs(expected)): equal += 1
    else: print(line.strip(), "expected", expected)
print(equal, "equal")
)";

struct Cell {
  std::string name;
  std::size_t row, col;
};

/// Cells of matrices drawn from all names, and of a tensor.
std::vector<Cell> random_cells(const Npz& trace, std::size_t count) {
  std::mt19937_64 random(29);
  std::vector<Cell> cells = {{"model.shared.weight", 17, 5}, {"model.decoder.layers.1.fc1.weight", 3, 100}};
  while (cells.size() < count) {
    const std::string& name = trace.names()[random() % trace.names().size()];
    const std::vector<std::size_t> shape = trace.header(name).shape;
    cells.push_back({name, random() % shape[0], shape.size() == 1 ? 0 : random() % shape[1]});
  }
  return cells;
}

}  // namespace

TEST_CASE("why: the last line is what NumPy computes from the trace and the weights", "[cli][why]") {
  REQUIRE(has_numpy());
  const TemporaryDirectory folder;
  const std::string trace = (folder / "trace.npz").string(), source = "We will see the old man in London tomorrow.";
  REQUIRE(run("translate", {"--trace", trace, source}).status == 0);
  REQUIRE(run("export", {"weights", "--to", (folder / "weights.npz").string()}).status == 0);
  write_file(folder / "config.json", read_file(root() / "data/model/config.json"));
  std::string text;
  const std::vector<Cell> cells = random_cells(Npz(trace), 30);
  for (const Cell& cell : cells) {
    const std::string row = std::to_string(cell.row), col = std::to_string(cell.col);
    const std::vector<std::string> printed = lines(run("why", {cell.name, row, col, "--text", source}).out);
    REQUIRE_FALSE(printed.empty());
    REQUIRE_THAT(printed.back(), check::StartsWith("= "));
    text += cell.name + " " + row + " " + col + " " + printed.back().substr(2) + "\n";
  }
  write_file(folder / "cells.txt", text);
  CHECK(run_numpy(folder, kProgram) == "30 equal\n");
}
