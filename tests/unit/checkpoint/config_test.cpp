#include "engine/checkpoint/config.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

namespace glass::checkpoint {

namespace {

Config parse(const std::string& members) { return parse_config(R"({"model_type":"marian",)" + members + "}", "c"); }

std::string refusal(const std::string& json) {
  try {
    parse_config(json, "c");
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

/// The same for a configuration that is right but for these members.
std::string refusal_of(const std::string& members) { return refusal(R"({"model_type":"marian",)" + members + "}"); }

}  // namespace

TEST_CASE("config: every absent key has the library's default", "[checkpoint]") {
  const Config config = parse_config(R"({"model_type":"marian"})", "c");
  CHECK(config.d_model == 1024);
  CHECK(config.encoder.layers == 12);
  CHECK(config.decoder.heads == 16);
  CHECK(config.encoder.d_ff == 4096);
  CHECK(config.vocab_size == 58101);
  CHECK(config.decoder_vocab_size == 58101);
  CHECK(config.max_positions == 1024);
  CHECK(config.activation == Activation::gelu);
  CHECK_FALSE(config.scale_embedding);
  CHECK(config.share_encoder_decoder_embeddings);
  CHECK(config.tie_word_embeddings);
  CHECK(config.pad_id == 58100);
  CHECK(config.start_id == 58100);
  CHECK(config.eos_ids == std::vector<std::int64_t>{0});
}

TEST_CASE("config: the two sides have their own sizes", "[checkpoint]") {
  const Config config = parse(
      R"("d_model":12,"encoder_layers":2,"decoder_layers":3,"encoder_attention_heads":4,"decoder_attention_heads":6,)"
      R"("encoder_ffn_dim":7,"decoder_ffn_dim":8,"num_hidden_layers":99,"scale_embedding":true)");
  CHECK(config.encoder.layers == 2);
  CHECK(config.decoder.layers == 3);
  CHECK(config.encoder_d_k() == 3);
  CHECK(config.decoder_d_k() == 2);
  CHECK(config.encoder.d_ff == 7);
  CHECK(config.decoder.d_ff == 8);
  CHECK(config.scale_embedding);
}

TEST_CASE("config: the target vocabulary has its own size only with separate tables", "[checkpoint]") {
  const std::string sizes = R"("vocab_size":60000,"decoder_vocab_size":59000)";
  CHECK(parse(sizes).decoder_vocab_size == 60000);
  CHECK(parse(sizes + R"(,"share_encoder_decoder_embeddings":false)").decoder_vocab_size == 59000);
  for (const char* absent : {"null", "0"}) {
    const std::string size = std::string(R"("vocab_size":60000,"decoder_vocab_size":)") + absent;
    CHECK(parse(size + R"(,"share_encoder_decoder_embeddings":false)").decoder_vocab_size == 60000);
  }
}

TEST_CASE("config: the library's second names of two keys are understood", "[checkpoint]") {
  CHECK(parse(R"("hidden_size":32)").d_model == 32);
  CHECK(parse(R"("num_attention_heads":8)").encoder.heads == 8);
  CHECK(parse(R"("hidden_size":32,"d_model":32)").d_model == 32);
  CHECK(refusal_of(R"("hidden_size":32,"d_model":64)") == "c: hidden_size must be equal to d_model (64), found 32");
}

TEST_CASE("config: every name of an activation means its function", "[checkpoint]") {
  CHECK(parse(R"("activation_function":"silu")").activation == Activation::swish);
  CHECK(parse(R"("activation_function":"silu")").activation_name == "silu");
  CHECK(activation_named("swish") == Activation::swish);
  CHECK(activation_named("gelu") == Activation::gelu);
  for (const char* name : {"gelu_new", "gelu_pytorch_tanh", "gelu_fast"}) {
    CHECK(activation_named(name) == Activation::gelu_tanh);
  }
  CHECK(activation_named("relu2") == Activation::relu2);
  CHECK(activation_named("laplace") == Activation::laplace);
  CHECK(activation_named("linear") == Activation::linear);
  CHECK(refusal_of(R"("activation_function":"swiglu")") ==
        "c: activation_function must be one of swish, silu, relu, gelu, gelu_python, gelu_new, gelu_pytorch_tanh, "
        "gelu_fast, gelu_accurate, gelu_10, quick_gelu, relu2, relu6, leaky_relu, mish, laplace, sigmoid, tanh, "
        "linear, found \"swiglu\"");
  CHECK(refusal_of(R"("activation_function":null)") == "c: activation_function must be a string, found null");
}

TEST_CASE("config: eos may be one id or a list", "[checkpoint]") {
  CHECK(parse(R"("eos_token_id":3)").eos_ids == std::vector<std::int64_t>{3});
  CHECK(parse(R"("eos_token_id":[3,5])").eos_ids == std::vector<std::int64_t>{3, 5});
  CHECK(refusal_of(R"("eos_token_id":[])") == "c: eos_token_id must be a token id or a list of token ids, found []");
  CHECK(refusal_of(R"("eos_token_id":-1)") == "c: eos_token_id must be a token id or a list of token ids, found -1");
}

TEST_CASE("config: a file that is no Marian configuration is refused", "[checkpoint]") {
  CHECK(refusal("") == "c: is not valid JSON; download the file again");
  CHECK(refusal("{") == "c: is not valid JSON; download the file again");
  CHECK(refusal("[1]") == "c: must be a JSON object, found [1]");
  CHECK(refusal(std::string(1'000'000, '[')) == "c: is nested deeper than 64");
  CHECK(refusal("{}") == "c: model_type must be \"marian\", found no such key");
  CHECK(refusal(R"({"model_type":"bart"})") == "c: model_type must be \"marian\", found \"bart\"");
  CHECK(refusal(R"({"model_type":"bart\u001b[2J"})") == "c: model_type must be \"marian\", found \"bart\\u001b[2J\"");
}

TEST_CASE("config: another architecture is refused instead of computed wrongly", "[checkpoint]") {
  const std::string post_norm =
      " must be false (only the post-norm architecture without further layer norms can be computed), found true";
  CHECK(refusal_of(R"("normalize_before":true)") == "c: normalize_before" + post_norm);
  CHECK(refusal_of(R"("normalize_embedding":true)") == "c: normalize_embedding" + post_norm);
  CHECK(refusal_of(R"("add_final_layer_norm":true)") == "c: add_final_layer_norm" + post_norm);
  CHECK(refusal_of(R"("static_position_embeddings":false)") ==
        "c: static_position_embeddings must be true (positions are sinusoids), found false");
  CHECK(refusal_of(R"("normalize_before":false,"static_position_embeddings":true,"add_bias_logits":false)") ==
        "accepted");
}

TEST_CASE("config: a size that makes no sense is refused", "[checkpoint]") {
  const std::string whole = " must be a whole number from 1 to 16777216, found ";
  CHECK(refusal_of(R"("d_model":0)") == "c: d_model" + whole + "0");
  CHECK(refusal_of(R"("d_model":-8)") == "c: d_model" + whole + "-8");
  CHECK(refusal_of(R"("d_model":512.0)") == "c: d_model" + whole + "512.0");
  CHECK(refusal_of(R"("d_model":"512")") == "c: d_model" + whole + "\"512\"");
  CHECK(refusal_of(R"("d_model":null)") == "c: d_model" + whole + "null");
  CHECK(refusal_of(R"("d_model":18446744073709551615)") == "c: d_model" + whole + "18446744073709551615");
  CHECK(refusal_of(R"("vocab_size":99999999999)") == "c: vocab_size" + whole + "99999999999");
  CHECK(refusal_of(R"("encoder_layers":1000000)") ==
        "c: encoder_layers must be a whole number from 1 to 1000, found 1000000");
  CHECK(refusal_of(R"("scale_embedding":1)") == "c: scale_embedding must be true or false, found 1");
  CHECK(refusal_of(R"("d_model":10,"encoder_attention_heads":3)") ==
        "c: encoder_attention_heads must be a divisor of d_model (10), found 3");
  CHECK(refusal_of(R"("d_model":10,"encoder_attention_heads":5,"decoder_attention_heads":4)") ==
        "c: decoder_attention_heads must be a divisor of d_model (10), found 4");
}

TEST_CASE("config: a special id outside the vocabulary is refused", "[checkpoint]") {
  const std::string below = " must be a token id below the vocabulary's size (500), found ";
  CHECK(refusal_of(R"("vocab_size":500)") == "c: pad_token_id" + below + "no such key");
  CHECK(refusal_of(R"("vocab_size":500,"pad_token_id":500)") == "c: pad_token_id" + below + "500");
  CHECK(refusal_of(R"("vocab_size":500,"pad_token_id":499,"decoder_start_token_id":501)") ==
        "c: decoder_start_token_id" + below + "501");
  CHECK(refusal_of(R"("vocab_size":500,"pad_token_id":499,"decoder_start_token_id":499,"eos_token_id":[0,777])") ==
        "c: eos_token_id" + below + "[0,777]");
}

TEST_CASE("config: the foreign checkpoint's file is read as it is", "[checkpoint][oracle]") {
  const Config config = read_config(test::data("oracle") / "models" / "tiny-swish-unigram" / "config.json");
  CHECK(config.d_model == 64);
  CHECK(config.encoder.layers == 3);
  CHECK(config.decoder.layers == 2);
  CHECK(config.encoder.heads == 4);
  CHECK(config.decoder.d_ff == 128);
  CHECK(config.vocab_size == 500);
  CHECK(config.max_positions == 512);
  CHECK(config.activation == Activation::swish);
  CHECK(config.scale_embedding);
  CHECK(config.start_id == 499);
}

}  // namespace glass::checkpoint
