#pragma once

#include <string>
#include <vector>

#include "engine/text/sentencepiece_model.hpp"

namespace glass::test {

/// Protobuf on the wire: a field of bytes, of a whole number, of a float.
std::string bytes_field(unsigned number, const std::string& value);
std::string number_field(unsigned number, unsigned long long value);
std::string float_field(unsigned number, float value);

/// A piece as a field of the model.
std::string piece_field(const glass::text::ModelPiece& piece);

/// The `.spm` file of a model, for our reader and for the library's.
std::string serialise(const glass::text::SentencePieceModel& model);

/// A model without rules: `<unk>`, `<s>`, `</s>`, then these pieces with the scores -1, -2 and so on.
glass::text::SentencePieceModel small_model(glass::text::ModelType type, const std::vector<std::string>& pieces);

}  // namespace glass::test
