#include "engine/checkpoint/checkpoint.hpp"

#include <fstream>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/checkpoint/model_directory.hpp"

namespace glass::checkpoint {

namespace {

using test::ModelDirectory;
using test::numbered;

constexpr const char* kTables[] = {"model.shared.weight", "model.encoder.embed_tokens.weight",
                                   "model.decoder.embed_tokens.weight", "lm_head.weight"};

}  // namespace

TEST_CASE("checkpoint: a complete directory gives its tensors row by row", "[checkpoint]") {
  const Checkpoint checkpoint = ModelDirectory().load();
  CHECK(checkpoint.config().d_model == 6);
  CHECK(checkpoint.generation().num_beams == 1);
  const Tensor fc1 = checkpoint.tensor("model.encoder.layers.1.fc1.weight");
  CHECK(fc1.shape == std::vector<std::uint64_t>{5, 6});
  CHECK(element(fc1, 1 * 6 + 2) == 8.0F);
  CHECK(checkpoint.read("model.decoder.layers.0.fc2.bias") == std::vector<float>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("checkpoint: 16 tensors an encoder layer, 26 a decoder layer, one shared table", "[checkpoint]") {
  const Checkpoint checkpoint = ModelDirectory().load();
  const std::vector<Expected> required = required_tensors(checkpoint.config());
  CHECK(required.size() == 1 + 2 * 16 + 26);
  CHECK(required.front().name == "model.shared.weight");
  std::set<std::string> names;
  for (const Expected& expected : required) names.insert(expected.name);
  CHECK(names.size() == required.size());
  CHECK(checkpoint.names().size() == required.size() + 1);
  CHECK(checkpoint.names().back().name == "final_logits_bias");
}

TEST_CASE("checkpoint: a missing bias is zero, missing position tables are absent", "[checkpoint]") {
  const Checkpoint checkpoint = ModelDirectory().load();
  CHECK(checkpoint.tensor("final_logits_bias").shape == std::vector<std::uint64_t>{1, 9});
  CHECK(checkpoint.read("final_logits_bias") == std::vector<float>(9, 0.0F));
  CHECK_FALSE(checkpoint.find("model.encoder.embed_positions.weight").has_value());
  CHECK_THROWS_WITH(checkpoint.tensor("model.decoder.embed_positions.weight"),
                    "the checkpoint has no tensor model.decoder.embed_positions.weight");
}

TEST_CASE("checkpoint: a bias and position tables in the file are used", "[checkpoint]") {
  ModelDirectory model;
  model.tensors["final_logits_bias"] = numbered("F32", {1, 9}, 5);
  model.tensors["model.decoder.embed_positions.weight"] = numbered("F32", {7, 6}, 100);
  const Checkpoint checkpoint = model.load();
  CHECK(checkpoint.read("final_logits_bias")[8] == 13.0F);
  CHECK(checkpoint.read("model.decoder.embed_positions.weight")[41] == 141.0F);
  CHECK(checkpoint.names().back().name == "model.decoder.embed_positions.weight");
}

TEST_CASE("checkpoint: the shared table is found under each name, whichever the file uses", "[checkpoint]") {
  for (const char* used : kTables) {
    ModelDirectory model;
    auto table = model.tensors.extract("model.shared.weight");
    table.key() = used;
    model.tensors.insert(std::move(table));
    const Checkpoint checkpoint = model.load();
    for (const char* asked : kTables) {
      CAPTURE(used, asked);
      CHECK(checkpoint.read(asked)[53] == 53.0F);
    }
    CHECK(checkpoint.names().front().name == "model.shared.weight");
  }
}

TEST_CASE("checkpoint: several names of one table must agree", "[checkpoint]") {
  ModelDirectory model;
  for (const char* name : kTables) model.tensors[name] = model.tensors.at("model.shared.weight");
  CHECK(model.load().names().size() == 1 + 2 * 16 + 26 + 1);
  model.tensors["lm_head.weight"].bytes[17] ^= 1;
  CHECK(model.refusal() ==
        "DIR/model.safetensors: lm_head.weight must equal model.shared.weight, because config.json ties them, found "
        "different values");
  model.tensors["lm_head.weight"] = numbered("F32", {6, 9});
  CHECK(model.refusal() ==
        "DIR/model.safetensors: lm_head.weight must equal model.shared.weight, because config.json ties them, found "
        "different values");
}

TEST_CASE("checkpoint: separate tables have their own sizes, and the output is the target's", "[checkpoint]") {
  ModelDirectory model(nlohmann::json{{"share_encoder_decoder_embeddings", false}, {"decoder_vocab_size", 11}});
  model.tensors["model.decoder.embed_tokens.weight"] = numbered("F32", {11, 6}, 1000);
  const Checkpoint checkpoint = model.load();
  CHECK(checkpoint.tensor("model.encoder.embed_tokens.weight").shape == std::vector<std::uint64_t>{9, 6});
  CHECK(checkpoint.read("lm_head.weight")[65] == 1065.0F);
  CHECK(checkpoint.tensor("final_logits_bias").shape == std::vector<std::uint64_t>{1, 11});
  CHECK_FALSE(checkpoint.find("model.shared.weight").has_value());
}

TEST_CASE("checkpoint: an untied output projection is a tensor of its own", "[checkpoint]") {
  ModelDirectory model(nlohmann::json{{"tie_word_embeddings", false}});
  model.tensors["lm_head.weight"] = numbered("F32", {9, 6}, 500);
  const Checkpoint checkpoint = model.load();
  CHECK(checkpoint.read("lm_head.weight")[0] == 500.0F);
  CHECK(checkpoint.read("model.decoder.embed_tokens.weight")[0] == 0.0F);
  model.tensors.erase("lm_head.weight");
  CHECK(model.refusal() ==
        "DIR/model.safetensors: tensor lm_head.weight of shape [9, 6] is missing, but config.json needs it");
}

TEST_CASE("checkpoint: F16 and BF16 weights are widened, other types refused", "[checkpoint]") {
  ModelDirectory model;
  model.tensors["model.encoder.layers.0.fc2.bias"] = numbered("F16", {6});
  model.tensors["model.encoder.layers.1.fc2.bias"] = numbered("BF16", {6});
  const Checkpoint checkpoint = model.load();
  CHECK(checkpoint.read("model.encoder.layers.0.fc2.bias")[2] == 3 * 0x1p-24F);
  CHECK(checkpoint.read("model.encoder.layers.1.fc2.bias")[2] == 3 * 0x1p-133F);
  model.tensors["model.encoder.layers.0.fc2.bias"].dtype = "I16";
  CHECK(model.refusal() ==
        "DIR/model.safetensors: tensor model.encoder.layers.0.fc2.bias must be F32, F16 or BF16, found I16");
}

TEST_CASE("checkpoint: a missing tensor and a wrong shape are refused", "[checkpoint]") {
  ModelDirectory model;
  model.tensors["model.encoder.layers.0.fc1.weight"] = numbered("F32", {6, 5});
  CHECK(model.refusal() ==
        "DIR/model.safetensors: tensor model.encoder.layers.0.fc1.weight must have shape [5, 6] as config.json says, "
        "found [6, 5]");
  model.tensors.erase("model.encoder.layers.0.fc1.weight");
  CHECK(model.refusal() ==
        "DIR/model.safetensors: tensor model.encoder.layers.0.fc1.weight of shape [5, 6] is missing, but config.json "
        "needs it");
  ModelDirectory longer;
  longer.config["max_position_embeddings"] = 8;
  longer.tensors["model.encoder.embed_positions.weight"] = numbered("F32", {7, 6});
  CHECK(longer.refusal() ==
        "DIR/model.safetensors: tensor model.encoder.embed_positions.weight must have shape [8, 6] as config.json "
        "says, found [7, 6]");
}

TEST_CASE("checkpoint: tensors that the model does not use are left out", "[checkpoint]") {
  ModelDirectory model;
  model.tensors["model.encoder.layers.2.fc1.weight"] = numbered("F32", {5, 6});
  model.tensors["something.else"] = {"I64", {1}, std::string(8, '\0')};
  CHECK_FALSE(model.load().find("something.else").has_value());
}

TEST_CASE("checkpoint: names saved without the leading model. are understood", "[checkpoint]") {
  ModelDirectory model;
  std::map<std::string, test::FileTensor> bare;
  for (const auto& [name, tensor] : model.tensors) bare[name.substr(6)] = tensor;
  model.tensors = bare;
  model.tensors["final_logits_bias"] = numbered("F32", {1, 9}, 2);
  CHECK(model.load().read("model.shared.weight")[7] == 7.0F);
  CHECK(model.load().read("final_logits_bias")[0] == 2.0F);
}

TEST_CASE("checkpoint: what it reads outlives the object it was loaded into", "[checkpoint]") {
  std::optional<Checkpoint> copy;
  {
    const Checkpoint original = ModelDirectory().load();
    copy = original;
  }
  CHECK(copy->read("lm_head.weight")[53] == 53.0F);
}

TEST_CASE("checkpoint: a directory without its files is refused", "[checkpoint]") {
  const ModelDirectory empty;
  CHECK_THROWS_WITH(Checkpoint::load("no/such/directory"),
                    "no/such/directory: is not a directory; expected a Hugging Face MarianMT model");
  CHECK(empty.refusal_as_is() == "DIR/config.json: cannot be read: No such file or directory");
  empty.write_text("config.json", empty.config.dump());
  CHECK(empty.refusal_as_is() == "DIR: has no model.safetensors; expected a Hugging Face MarianMT model");
}

TEST_CASE("checkpoint: the foreign checkpoint has every shape that Hugging Face lists", "[checkpoint][oracle]") {
  const Checkpoint checkpoint = Checkpoint::load(test::data("oracle") / "models" / "tiny-swish-unigram");
  std::ifstream stream(test::data("oracle") / "expected" / "tiny-swish-unigram" / "meta.json");
  const nlohmann::json parameters = nlohmann::json::parse(stream)["parameters"];
  std::size_t compared = 0;
  for (const auto& [name, shape] : parameters.items()) {
    const auto tensor = checkpoint.find(name);
    if (!tensor) {
      CHECK(name.find("embed_positions") != std::string::npos);
      continue;
    }
    CAPTURE(name);
    CHECK(tensor->shape == shape.get<std::vector<std::uint64_t>>());
    ++compared;
  }
  CHECK(compared == 105);
  CHECK(checkpoint.generation().num_beams == 4);
  CHECK(checkpoint.generation().renormalize_logits);
  CHECK(checkpoint.generation().bad_words_ids == std::vector<std::vector<std::int64_t>>{{499}});
  const std::vector<float> table = checkpoint.read("model.shared.weight");
  CHECK(std::vector<float>(table.end() - 64, table.end()) == std::vector<float>(64, 0.0F));
}

}  // namespace glass::checkpoint
