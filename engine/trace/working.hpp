#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace glass {

/// One number as the contract gives it, and the size of what was added up to get it: the sum of the absolute terms
/// (softmax: 1; layer_norm: |x/s g| + |mean/s g| + |b|; log_softmax: |x| + |log-sum-exp|), to which rounding is
/// relative.
struct Cell {
  double value = 0, magnitude = 0;
};

/// One addend. `index` says which: the element of the row or column that is added up, or the operand where single cells
/// are (add). How `value` follows from `left` and `right` is the operation's TermRule.
struct Term {
  std::size_t index = 0;
  double left = 0, right = 0, value = 0;
};

/// A number on the way from the terms to the value, and what it is: {"sum of the terms", 18.1}.
struct Stage {
  std::string says;
  double value = 0;
};

/// Everything between the operands and one number, in the order in which it is computed. The last stage is the number.
struct Working {
  std::vector<Term> terms;
  std::vector<Stage> stages;
};

/// A handle that an operation calls with every number it has named; a null one writes nothing down, so that computing
/// and explaining are one routine.
class Notes {
 public:
  Notes() = default;
  explicit Notes(Working& working) : working_(&working) {}

  [[nodiscard]] bool on() const { return working_ != nullptr; }

  /// @return value
  double term(std::size_t index, double left, double right, double value) const {
    if (on()) working_->terms.push_back({index, left, right, value});
    return value;
  }

  /// @return value
  double stage(std::string_view text, double value) const {
    if (on()) working_->stages.push_back({std::string(text), value});
    return value;
  }

  /// Says `text number`, whole numbers as they are and others with four digits. @return value
  double stage(std::string_view text, double number, double value) const {
    if (on()) say_with(text, number, value);
    return value;
  }

 private:
  void say_with(std::string_view text, double number, double value) const;

  Working* working_ = nullptr;
};

}  // namespace glass
