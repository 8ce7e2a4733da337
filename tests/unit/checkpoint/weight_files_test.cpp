#include "engine/checkpoint/weight_files.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/checkpoint/model_directory.hpp"

namespace glass::checkpoint {

namespace {

using test::ModelDirectory;

/// Writes the model as two shards, split at a name, and the index.
nlohmann::json write_shards(const ModelDirectory& model) {
  std::map<std::string, test::FileTensor> shards[2];
  nlohmann::json map = nlohmann::json::object();
  const std::string files[2] = {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"};
  for (const auto& [name, tensor] : model.tensors) {
    const std::size_t shard = name < "model.encoder.layers.1" ? 0 : 1;
    shards[shard][name] = tensor;
    map[name] = files[shard];
  }
  for (int shard : {0, 1}) model.write_tensors(files[shard], shards[shard]);
  model.write_text("config.json", model.config.dump());
  return map;
}

void write_index(const ModelDirectory& model, const nlohmann::json& map) {
  model.write_text("model.safetensors.index.json", nlohmann::json{{"weight_map", map}}.dump());
}

const std::string kIndex = "DIR/model.safetensors.index.json: ";

}  // namespace

TEST_CASE("weight files: shards give the same tensors as one file", "[checkpoint]") {
  const ModelDirectory model;
  write_index(model, write_shards(model));
  const Checkpoint sharded = Checkpoint::load(model.path());
  const ModelDirectory whole;
  const Checkpoint single = whole.load();
  for (const Expected& expected : single.names()) {
    CAPTURE(expected.name);
    CHECK(sharded.read(expected.name) == single.read(expected.name));
  }
}

TEST_CASE("weight files: one file goes before an index", "[checkpoint]") {
  const ModelDirectory model;
  model.write_text("model.safetensors.index.json", "not even JSON");
  CHECK(model.refusal() == "accepted");
}

TEST_CASE("weight files: a shard never lies outside the directory", "[checkpoint]") {
  const ModelDirectory model;
  const nlohmann::json map = write_shards(model);
  for (const char* outside : {"../x.safetensors", "/etc/passwd", "a/b", "..", ".", "", "a\\b", "a\x1b[2J"}) {
    nlohmann::json changed = map;
    changed["model.shared.weight"] = outside;
    write_index(model, changed);
    CAPTURE(outside);
    CHECK(model.refusal_as_is() ==
          kIndex + "the file of tensor \"model.shared.weight\" must be a file name in this directory");
  }
}

TEST_CASE("weight files: an index that does not fit its shards is refused", "[checkpoint]") {
  const ModelDirectory model;
  nlohmann::json map = write_shards(model);
  write_index(model, nlohmann::json::array());
  CHECK(model.refusal_as_is() == kIndex + "weight_map must be an object of tensor names and file names, found []");
  map["model.shared.weight"] = 7;
  write_index(model, map);
  CHECK(model.refusal_as_is() ==
        kIndex + "the file of tensor \"model.shared.weight\" must be a file name in this directory");
  map["model.shared.weight"] = "model-00001-of-00002.safetensors";
  write_index(model, map);
  CHECK(model.refusal_as_is() ==
        "DIR/model-00001-of-00002.safetensors: tensor \"model.shared.weight\" is missing, though "
        "DIR/model.safetensors.index.json says that it is here");
  map["model.shared.weight"] = "model-00003-of-00002.safetensors";
  write_index(model, map);
  CHECK(model.refusal_as_is() == "DIR/model-00003-of-00002.safetensors: cannot be read: No such file or directory");
}

TEST_CASE("weight files: a tensor in two shards is refused", "[checkpoint]") {
  const ModelDirectory model;
  nlohmann::json map = write_shards(model);
  model.write_tensors("extra.safetensors", {{"model.shared.weight", model.tensors.at("model.shared.weight")}});
  map["model.shared.weight"] = "extra.safetensors";
  write_index(model, map);
  CHECK(model.refusal_as_is() ==
        "DIR/model-00002-of-00002.safetensors: tensor \"model.shared.weight\" is in another shard too");
}

TEST_CASE("weight files: a pickle is refused by name and by content, with the command that converts it",
          "[checkpoint]") {
  const ModelDirectory model;
  model.write_text("config.json", model.config.dump());
  const std::string reason =
      ": is a Python pickle, which could run any program, and is not read; convert it once, in its directory: python3 "
      "-c \"import torch, safetensors.torch as s; d = torch.load('pytorch_model.bin', map_location='cpu', "
      "weights_only=True); one = 'model.shared.weight' in d; s.save_file({k: v.clone().contiguous() for k, v in "
      "d.items() if "
      "not (one and (k.endswith('embed_tokens.weight') or k == 'lm_head.weight'))}, 'model.safetensors', "
      "metadata={'format': 'pt'})\"";
  model.write_text("pytorch_model.bin", "anything");
  CHECK(model.refusal_as_is() == "DIR/pytorch_model.bin" + reason);
  model.write_text("model.safetensors", std::string("PK\x03\x04\x00\x00\x08\x08\x00\x00archive/data.pkl", 26));
  CHECK(model.refusal_as_is() == "DIR/model.safetensors" + reason);
  model.write_text("model.safetensors", std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8", 12));
  CHECK(model.refusal_as_is() == "DIR/model.safetensors" + reason);
}

TEST_CASE("weight files: a header whose length looks like a pickle is still a header", "[checkpoint]") {
  const ModelDirectory model;
  const std::string header = "{}" + std::string(0x0280 - 2, ' ');
  model.write_text("model.safetensors", std::string("\x80\x02\0\0\0\0\0\0", 8) + header);
  CHECK(open_weights(model.path()).tensors.empty());
}

}  // namespace glass::checkpoint
