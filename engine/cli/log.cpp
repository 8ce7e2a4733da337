#include "engine/cli/log.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <memory>

#include "engine/golden/verdict.hpp"

namespace glass::cli {
namespace {

/// Four digits; "-inf" as it is.
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value == 0 ? 0.0 : value);
  return text;
}

std::string line(const std::string& name, const std::array<std::string, 4>& columns, const std::string& verdict) {
  char text[256];
  std::snprintf(text, sizeof text, "%-50s %9s %9s %9s %9s%s\n", name.c_str(), columns[0].c_str(), columns[1].c_str(),
                columns[2].c_str(), columns[3].c_str(), verdict.c_str());
  return text;
}

/// Shape, smallest and largest number, and the Euclidean norm of the finite ones.
std::array<std::string, 4> statistics(const Matrix& matrix) {
  double least = HUGE_VAL, most = -HUGE_VAL, squares = 0;
  for (const double value : matrix.values) {
    least = std::fmin(least, value);
    most = std::fmax(most, value);
    if (std::isfinite(value)) squares += value * value;
  }
  return {shape(matrix.rows, matrix.cols), number(least), number(most), number(std::sqrt(squares))};
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
  print(line("matrix", {"shape", "smallest", "largest", "norm"}, ""));
  return [print = std::move(print), known = std::make_shared<Cases>(std::move(cases))](Name name, Matrix& value,
                                                                                       const Trace&) {
    print(line(to_string(name), statistics(value), known->verdict(name, value)));
  };
}

}  // namespace glass::cli
