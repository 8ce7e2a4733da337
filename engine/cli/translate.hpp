#pragma once

#include "engine/cli/options.hpp"

namespace glass::cli {

/// build/bin/translate: what it is called with.
[[nodiscard]] const Program& translate_program();

/// Translates TEXTs, or the lines of standard input; or traces one sentence. @return the exit status
[[nodiscard]] int translate(const Arguments& arguments);

}  // namespace glass::cli
