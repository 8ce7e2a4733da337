#pragma once

#include <string>
#include <vector>

#include "engine/trace/recompute.hpp"

namespace glass {

/// How numbers travel from one matrix to another: each name of the chain is an operand of the next.
struct Path {
  std::vector<std::string> names;  ///< a shortest chain, from first to last; empty if no number gets there
  double ways = 0;                 ///< how many different chains there are; exact up to 2^53
};

/// The way from a recorded matrix or checkpoint tensor to a recorded matrix, by the contract. Of several shortest
/// chains, that which goes by the names computed first. From a matrix to itself there is one way, which is its name.
/// @throws std::invalid_argument naming what is neither a matrix of this model nor a tensor of its checkpoint
[[nodiscard]] Path path(const Sources& sources, const std::string& from, const std::string& to);

}  // namespace glass
