#include "engine/text/tokenizer.hpp"

#include <unistd.h>

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/text/model_builder.hpp"

namespace {

using namespace glass::text;
using Ids = std::vector<std::int64_t>;

/// A model directory that a test may damage; gone at the end.
class Directory {
 public:
  Directory() : path_(std::filesystem::temp_directory_path() / ("glassformer-text-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
    const auto model = glass::test::small_model(ModelType::bpe, {"▁a", "▁", "a", "b", ">", "<", "!", "▁!"});
    write("source.spm", glass::test::serialise(model));
    write("target.spm", glass::test::serialise(model));
    write("vocab.json",
          R"({"</s>": 0, "<unk>": 1, "▁a": 2, "▁": 3, "a": 4, "b": 5, ">>fra<<": 6, "▁!": 7, "<pad>": 8})");
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  Tokenizer load(LanguageCodes codes = LanguageCodes::hf_4_53) const { return Tokenizer::load(path_, codes); }

 private:
  std::filesystem::path path_;
};

Ids encode(const Tokenizer& tokenizer, const std::string& text) { return ids(tokenizer.encode(text, Side::source)); }

}  // namespace

TEST_CASE("tokenizer: ids are vocab.json's and end with eos", "[text]") {
  const Directory directory;
  const Tokenizer tokenizer = directory.load();
  CHECK(tokenizer.encode("a  ab日本", Side::source) ==
        std::vector<Token>{{"▁a", 2, 0, 1}, {"▁a", 2, 1, 4}, {"b", 5, 4, 5}, {"日本", 1, 5, 11}, {"</s>", 0, 11, 11}});
  CHECK(encode(tokenizer, "") == Ids{0});
  CHECK(encode(tokenizer, " \t ") == Ids{3, 1, 0});  // a model without rules knows no tab
  CHECK(tokenizer.eos() == 0);
  CHECK(tokenizer.pad() == 8);
  CHECK(tokenizer.unknown(Side::target) == 1);
}

TEST_CASE("tokenizer: a special token in the text is that token, even inside a word", "[text]") {
  const Directory directory;
  const Tokenizer tokenizer = directory.load();
  CHECK(tokenizer.encode("a</s>b<pad>", Side::source) == std::vector<Token>{{"▁a", 2, 0, 1},
                                                                            {"</s>", 0, 1, 5},
                                                                            {"▁", 3, 5, 5},
                                                                            {"b", 5, 5, 6},
                                                                            {"<pad>", 8, 6, 11},
                                                                            {"</s>", 0, 11, 11}});
  CHECK(encode(tokenizer, "<unk>") == Ids{1, 0});
}

TEST_CASE("tokenizer: the newer rule knows a language code only at the start", "[text]") {
  const Directory directory;
  const Tokenizer tokenizer = directory.load();
  CHECK(encode(tokenizer, ">>fra<< a") == Ids{6, 2, 0});
  CHECK(encode(tokenizer, "a >>fra<<") == Ids{2, 3, 1, 1, 1, 4, 1, 1, 0});
  CHECK(encode(tokenizer, ">>deu<<a") == Ids{1, 2, 0});
  CHECK(tokenizer.encode(">>fra<< a", Side::source)[1] == Token{"▁a", 2, 8, 9});
}

TEST_CASE("tokenizer: the older rule deletes every code and emits the one at the start", "[text]") {
  const Directory directory;
  const Tokenizer tokenizer = directory.load(LanguageCodes::hf_4_52);
  CHECK(encode(tokenizer, ">>fra<< a") == Ids{6, 2, 0});
  CHECK(encode(tokenizer, "a >>fra<<b") == Ids{2, 3, 5, 0});
  CHECK(encode(tokenizer, "a>>fra<<b") == Ids{2, 5, 0});
  CHECK(tokenizer.encode("a>>fra<<b", Side::source)[1] == Token{"b", 5, 8, 9});
}

TEST_CASE("language_code: the older pattern is greedy, within a line, and needs something inside", "[text]") {
  const auto older = [](const std::string& text) {
    const LanguageSplit split = split_language_code(text, LanguageCodes::hf_4_52);
    return std::string(split.code) + "|" + split.rest;
  };
  CHECK(older(">>fra<< a >>deu<< b") == ">>fra<< a >>deu<<| b");
  CHECK(older(" >>fra<< hi") == "|  hi");
  CHECK(older(">><<") == "|>><<");
  CHECK(older(">>><<") == ">>><<|");
  CHECK(older(">>fra<<\n>>deu<< hi") == ">>fra<<|\n hi");
  CHECK(older(">>a\n<<") == "|>>a\n<<");
  CHECK(older("<<a>> >>b<<") == "|<<a");  // from the first >> to the last <<
  CHECK(older(">>\n>>a<<") == "|>>\n");
}

TEST_CASE("language_code: the newer rule takes the first closing marks, over any distance", "[text]") {
  const auto newer = [](const std::string& text) {
    const LanguageSplit split = split_language_code(text, LanguageCodes::hf_4_53);
    return std::string(split.code) + "|" + split.rest;
  };
  CHECK(newer(">>fra<< a >>deu<< b") == ">>fra<<| a >>deu<< b");
  CHECK(newer(" >>fra<< hi") == "| >>fra<< hi");
  CHECK(newer(">><<") == ">><<|");
  CHECK(newer(">>a\n<<b") == ">>a\n<<|b");
  CHECK(newer(">>a") == "|>>a");
}

TEST_CASE("language_code: lines full of half codes take linear time", "[text]") {
  std::string text;
  for (int i = 0; i < 500000; ++i) text += ">>\n>><<";
  CHECK(split_language_code(text, LanguageCodes::hf_4_52).rest == text);
}

TEST_CASE("tokenizer: ids become text, special tokens on demand", "[text]") {
  const Directory directory;
  const Tokenizer tokenizer = directory.load();
  CHECK(tokenizer.decode({8, 2, 2, 5, 1, 0, 8}) == "a ab");
  CHECK(tokenizer.decode({8, 2, 0}, SpecialTokens::keep) == "<pad> a</s>");
  CHECK(tokenizer.decode({2, 99, -5, 2}) == "a a");
  CHECK(tokenizer.decode({}).empty());
  CHECK(tokenizer.piece(99, Side::target) == "<unk>");
}

TEST_CASE("tokenizer: the clean-up happens where the directory asks for it", "[text]") {
  const Directory directory;
  CHECK(directory.load().decode({2, 7}) == "a !");
  directory.write("tokenizer_config.json", R"({"clean_up_tokenization_spaces": true})");
  CHECK(directory.load().decode({2, 7}) == "a!");
  CHECK(clean_up("do n't , he 's ' x ' y . I 'm we 've they 're ? !") == "don't, he's'x'y. I'm we've they're?!");
}

TEST_CASE("tokenizer: separate vocabularies number the target on their own", "[text]") {
  const Directory directory;
  directory.write("tokenizer_config.json", R"({"separate_vocabs": true})");
  CHECK_THROWS_WITH(directory.load(),
                    directory.file("target_vocab.json") + ": no such file; a model directory needs it (--model DIR)");
  directory.write("target_vocab.json", R"({"▁a": 11, "b": 12, "<unk>": 13})");
  const Tokenizer tokenizer = directory.load();
  CHECK(ids(tokenizer.encode("ab!", Side::source)) == Ids{2, 5, 1, 0});
  CHECK(ids(tokenizer.encode("ab!<unk>", Side::target)) == Ids{11, 12, 13, 1, 0});
  CHECK(tokenizer.decode({11, 12, 13, 0}) == "ab");
}

TEST_CASE("tokenizer: a directory with something missing is refused by name", "[text]") {
  const Directory directory;
  const std::string needs = ": no such file; a model directory needs it (--model DIR)";
  directory.write("vocab.json", R"({"</s>": 0, "<unk>": 1})");
  CHECK_THROWS_WITH(directory.load(),
                    directory.file("vocab.json") + ": the piece \"<pad>\" is missing; a vocabulary needs it");
  std::filesystem::remove(directory.file("vocab.json"));
  CHECK_THROWS_WITH(directory.load(), directory.file("vocab.json") + needs);
  std::filesystem::remove(directory.file("target.spm"));
  CHECK_THROWS_WITH(directory.load(), directory.file("target.spm") + needs);
}

TEST_CASE("tokenizer: the running sentence is cut into pieces and comes back", "[text]") {
  const Tokenizer tokenizer = Tokenizer::load(glass::test::root() / "data/model");
  for (const char* text : {"Hello, how are you?", "Bonjour, comment vas-tu ?", "L'été, où es-tu allée ?"}) {
    const std::vector<Token> tokens = tokenizer.encode(text, Side::target);
    CHECK(tokens.back().piece == "</s>");
    CHECK(tokenizer.decode(ids(tokens)) == text);
    CHECK(tokenizer.encode(text, Side::target, segment) == tokens);
  }
}
