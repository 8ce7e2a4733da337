#include "engine/trace/recorder.hpp"

#include <stdexcept>

namespace glass {

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

std::optional<Matrix> Recorder::pass(std::string_view leaf, const MatrixView& value) const {
  if (!on()) return std::nullopt;
  const std::string full = prefix_ + std::string(leaf);
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
