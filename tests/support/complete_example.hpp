#pragma once

#include <string>

#include "tests/support/contract_example.hpp"

namespace glass::test {

/// Every matrix recorded and every tensor there, all counted; the ids are within the table of 8. One table serves both
/// embeddings and the output, as in a tied checkpoint; the encoder has a position table, the decoder the formula.
struct CompleteExample : Example {
  CompleteExample() {
    for (const Name name : all_names(dims)) {
      record(to_string(name));
      for (const std::string& operand : operands_of(name, dims)) add_tensors(name, operand);
    }
    record("encoder.ids").values = {3, 1, 3, 0};
    record("decoder.ids").values = {7, 2, 3, 2, 0, 1, 5};
    tensors["model.encoder.embed_positions.weight"] = counted(9, dims.d_model);
    tensors["model.shared.weight"] = counted(dims.vocab_size, dims.d_model);
  }

  [[nodiscard]] Sources sources() const {
    return {trace, dims, lengths, [this](std::string_view name) {
              const bool table = name.ends_with("embed_tokens.weight") || name == "lm_head.weight";
              const auto found = tensors.find(table ? "model.shared.weight" : name);
              return found == tensors.end() ? MatrixView{} : found->second.view();
            }};
  }

 private:
  void add_tensors(Name name, const std::string& operand) {
    const Op op = row_of(name).op;
    if (!is_tensor(operand) || (op != Op::linear && op != Op::layer_norm)) return;
    const std::size_t width = shape_of(name, dims, lengths).second;
    const std::string bias = operand == "lm_head" ? "final_logits_bias" : operand + ".bias";
    const Name input = parse_name(operands_of(name, dims).front()).value();
    const std::size_t inputs = shape_of(input, dims, lengths).second;
    tensors[operand + ".weight"] = op == Op::linear ? counted(width, inputs) : counted(1, width);
    tensors[bias] = counted(1, width);
  }
};

}  // namespace glass::test
