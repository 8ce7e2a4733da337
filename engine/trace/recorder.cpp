#include "engine/trace/recorder.hpp"

#include <cstring>
#include <stdexcept>

namespace glass {
namespace {

/// Equal numbers, NaN included.
bool same_bits(const Matrix& a, const Matrix& b) {
  return a.rows == b.rows && a.cols == b.cols &&
         (a.values.empty() || std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(double)) == 0);
}

}  // namespace

Recorder Recorder::in(std::string_view place) const {
  Recorder inner;
  if (on()) {
    inner.recording_ = recording_;
    inner.prefix_.append(prefix_).append(place).append(1, '.');
  }
  return inner;
}

Recorder Recorder::in(std::string_view place, std::size_t index) const {
  return on() ? in(place).in(std::to_string(index)) : Recorder();
}

void Recorder::operator()(std::string_view leaf, const MatrixView& value) const {
  const std::optional<Matrix> edited = pass(leaf, value);
  if (edited && !same_bits(*edited, Matrix(value))) {
    throw std::logic_error("trace: an edit changed " + full_name(leaf) + ", but this path only records");
  }
}

std::optional<Matrix> Recorder::pass(std::string_view leaf, const MatrixView& value) const {
  if (!on()) return std::nullopt;
  const std::string full = full_name(leaf);
  const std::optional<Name> name = parse_name(full);
  if (!name) throw std::logic_error("trace: the contract has no matrix named " + full);
  const bool wanted = !recording_->wants || recording_->wants(*name);
  if (recording_->edits.empty()) {
    if (wanted) recording_->trace.insert_or_assign(*name, Matrix(value));
    return std::nullopt;
  }
  Matrix edited(value);
  for (const Edit& edit : recording_->edits) edit(*name, edited, recording_->trace);
  if (wanted) recording_->trace.insert_or_assign(*name, edited);
  return edited;
}

}  // namespace glass
