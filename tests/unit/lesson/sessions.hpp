#pragma once

#include <optional>
#include <string>

#include "engine/lesson/session.hpp"
#include "engine/reference/experiment.hpp"

namespace glass::test {

/// The shipped model, loaded once.
[[nodiscard]] const Model& shipped_model();

/// The course's sentence pair on the shipped model.
[[nodiscard]] const lesson::Session& course_session();

/// Another sentence on the shipped model, with the model's own translation or a given target.
[[nodiscard]] lesson::Session session_on(const std::string& text, std::optional<std::string> target = {});

/// A small model from elsewhere: unigram pieces, swish, three encoder and two decoder layers. It does not translate.
[[nodiscard]] lesson::Session foreign_session(const std::string& text, std::optional<std::string> target = {});

/// The shipped weights taken as another model: two heads in the encoder and eight in the decoder, GELU, and position
/// tables of its own, cosines first.
[[nodiscard]] lesson::Session reshaped_session(const std::string& text, std::optional<std::string> target = {});

}  // namespace glass::test
