#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/trace/contract.hpp"
#include "engine/trace/matrix.hpp"

namespace glass {

/// Everything that was recorded, by name. Its own order is the contract's, layer by layer within a row; all_names() has
/// the order of computation.
using Trace = std::map<Name, Matrix>;

/// A change of one matrix as it passes: it may alter numbers and shape, or throw to stop the run.
/// Called for every name, in the order of computation; `so_far` holds what was recorded, and kept, before.
using Edit = std::function<void(Name name, Matrix& value, const Trace& so_far)>;

/// What a run leaves behind, and what may interfere with it.
struct Recording {
  Trace trace;
  std::vector<Edit> edits;
  std::function<bool(Name)> wants;  ///< which names to keep; empty: all of them (edits that read `so_far` need theirs)
};

/// A handle that computations call with every matrix they have named: `record("scores", view)`. It knows the place in
/// the model where it stands (`in`), and is nothing but a null pointer when nobody records.
class Recorder {
 public:
  static constexpr bool enabled = true;

  Recorder() = default;
  explicit Recorder(Recording& recording) : recording_(&recording) {}

  [[nodiscard]] bool on() const { return recording_ != nullptr; }

  /// The same recorder one place further in: `in("layers", 2).in("self_attn")`.
  [[nodiscard]] Recorder in(std::string_view place) const;
  [[nodiscard]] Recorder in(std::string_view place, std::size_t index) const;

  /// Records the matrix under this place's name and `leaf`. Edits may look at it here, but not change it.
  /// @throws std::logic_error if the contract has no such name, or an edit changed the matrix
  void operator()(std::string_view leaf, const MatrixView& value) const;

  /// Records the matrix after all edits. @return the edited copy, or nothing if no edit is set
  std::optional<Matrix> pass(std::string_view leaf, const MatrixView& value) const;

  /// The whole name of a leaf at this place, while it is on.
  [[nodiscard]] std::string full_name(std::string_view leaf) const { return prefix_ + std::string(leaf); }

 private:
  Recording* recording_ = nullptr;
  std::string prefix_;
};

/// The recorder's twin for code in which nothing may be left of it.
struct NoTrace {
  static constexpr bool enabled = false;
  void operator()(std::string_view /*leaf*/, const auto& /*value*/) const noexcept {}
  [[nodiscard]] NoTrace in(std::string_view /*place*/, std::size_t /*index*/ = 0) const noexcept { return {}; }
};

/// What the fast path is a template on.
template <class T>
concept Tracer = requires(const T trace, std::string_view name, MatrixView view) {
  { T::enabled } -> std::convertible_to<bool>;
  trace(name, view);
  { trace.in(name) } -> std::same_as<T>;
  { trace.in(name, std::size_t{0}) } -> std::same_as<T>;
};

static_assert(Tracer<Recorder> && Tracer<NoTrace>);

}  // namespace glass
