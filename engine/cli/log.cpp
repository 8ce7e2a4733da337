#include "engine/cli/log.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "engine/golden/verdict.hpp"

namespace glass::cli {
namespace {

/// "0.1234", five digits, "-inf" as it is.
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value == 0 ? 0.0 : value);
  return text;
}

/// The smallest and largest finite number and the Euclidean norm of the finite ones.
std::string statistics(const Matrix& matrix) {
  double least = HUGE_VAL, most = -HUGE_VAL, squares = 0;
  for (const double value : matrix.values) {
    if (!std::isfinite(value)) continue;
    least = std::min(least, value);
    most = std::max(most, value);
    squares += value * value;
  }
  char text[96];
  std::snprintf(text, sizeof text, "min %10s  max %10s  norm %10s", number(least).c_str(), number(most).c_str(),
                number(std::sqrt(squares)).c_str());
  return text;
}

/// Follows one sentence through the cases: those whose ids are the sentence's own stay.
class Cases {
 public:
  explicit Cases(std::vector<golden::Case> cases) : cases_(std::move(cases)) {}

  std::string verdict(Name name, const Matrix& value) {
    const bool decides = row_of(name).op == Op::given;
    if (decides) std::erase_if(cases_, [&](const golden::Case& each) { return !agrees(each, name, value); });
    for (const golden::Case& each : cases_) {
      if (each.expected.find(name) != each.expected.end())
        return agrees(each, name, value) ? "  = golden" : "  differs from golden";
    }
    return "";
  }

 private:
  static bool agrees(const golden::Case& each, Name name, const Matrix& value) {
    const auto found = each.expected.find(name);
    return found != each.expected.end() && !golden::compare(name, found->second, value, golden::kDouble);
  }

  std::vector<golden::Case> cases_;
};

}  // namespace

Edit log_to(std::function<void(const std::string&)> print, std::vector<golden::Case> cases) {
  return [print = std::move(print), known = std::make_shared<Cases>(std::move(cases))](Name name, Matrix& value,
                                                                                       const Trace&) {
    char text[256];
    std::snprintf(text, sizeof text, "%-48s %11s  %s%s\n", to_string(name).c_str(),
                  shape(value.rows, value.cols).c_str(), statistics(value).c_str(),
                  known->verdict(name, value).c_str());
    print(text);
  };
}

}  // namespace glass::cli
