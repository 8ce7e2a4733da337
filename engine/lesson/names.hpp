#pragma once

#include <string>
#include <vector>

#include "engine/trace/contract.hpp"

namespace glass::lesson {

class Session;

/// "decoder.layers.1.encoder_attn.head.0"
[[nodiscard]] std::string cross_head(std::size_t layer, std::size_t head);

/// A name as lessons write it: `best.weights` stands for the weights of the session's best head, and
/// `best_layer.context` for the context of that head's layer.
/// @throws std::invalid_argument if this model has no such matrix, with the nearest names
[[nodiscard]] Name name_of(const Session& session, const std::string& text);

/// The same, where `H*` stands for every head and `L*` for every layer: one name or several, in order.
[[nodiscard]] std::vector<Name> names_of(const Session& session, const std::string& text);

/// True if a row of the contract ("encoder.layers.L.self_attn.head.H.scores") matches one of the patterns, in which `*`
/// stands for anything.
[[nodiscard]] bool matches_any(const std::string& row, const std::vector<std::string>& patterns);

/// Every name of this model whose contract row matches, in the order of computation.
[[nodiscard]] std::vector<Name> names_matching(const Dims& dims, const std::vector<std::string>& patterns);

}  // namespace glass::lesson
