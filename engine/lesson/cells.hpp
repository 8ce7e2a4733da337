#pragma once

#include <string>

#include "engine/lesson/session.hpp"
#include "engine/reference/model.hpp"

namespace glass::lesson {

/// A number with so many digits after the point.
[[nodiscard]] std::string fixed(double number, int digits);

/// A share in per cent, without the sign: "93.1"; "<0.1" if it would be printed as 0 but is not.
[[nodiscard]] std::string percent(double share, int digits = 1);

/// A number of any size in few digits: "0.0312", "1001.8", "1.25e+259", "-inf", "nan".
[[nodiscard]] std::string compact(double number);

/// A number with all its digits: the shortest text that reads back to the same double, whole numbers without an
/// exponent; "-inf", "nan".
[[nodiscard]] std::string exact(double number);

/// A piece as a table has room for it: at most so many columns wide.
[[nodiscard]] std::string narrow(const std::string& piece, std::size_t columns);

/// How many tokens of the source stand for what the vocabulary lacks.
[[nodiscard]] std::size_t n_unknown(const Session& session);

/// The piece of an id of the target side.
[[nodiscard]] const std::string& target_piece(const Session& session, std::int64_t id);

}  // namespace glass::lesson
