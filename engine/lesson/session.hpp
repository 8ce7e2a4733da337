#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/trace/labels.hpp"
#include "engine/trace/recompute.hpp"

namespace glass {
struct Model;
}

namespace glass::lesson {

struct Lesson;
using Course = std::vector<const Lesson*>;

/// The sentence pair of the course. It is the golden case *hello*.
inline constexpr const char* kCourseText = "Hello, how are you?";
inline constexpr const char* kCourseTarget = "Bonjour, comment vas-tu ?";

/// A sentence pair as the decoder reads it, and everything that was recorded of it.
struct Pass {
  Trace trace;
  Labels labels;
  Lengths lengths;
};

/// A recorded sentence with its labels and lengths.
[[nodiscard]] Pass pass_of(const Model& model, Trace trace);

/// What a lesson talks about.
struct Topic {
  std::optional<std::string> text;    ///< one's own source sentence
  std::optional<std::string> target;  ///< one's own target; without it, the model's translation of `text`
  std::filesystem::path data;         ///< the folder with golden/ and model/
  bool shipped_model = true;          ///< whether data/golden is of this model
  const Course* course = nullptr;     ///< all lessons, where one of them speaks of the others
};

/// One sentence pair on one model: what the steps of a lesson read their matrices from. Include
/// engine/reference/model.hpp to look into the model.
class Session {
 public:
  /// Runs the teacher-forced pass and records every name.
  /// @throws std::runtime_error or std::invalid_argument in one sentence if the text is blank, not valid UTF-8 or too
  /// long
  Session(Model model, Topic topic);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) = delete;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] const Model& model() const { return *model_; }
  [[nodiscard]] const Topic& topic() const { return topic_; }
  [[nodiscard]] const Dims& dims() const;

  /// The source sentence and the target that is read; the ids of the target are closed by end-of-sentence.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::string& target() const { return target_; }
  [[nodiscard]] const std::vector<std::int64_t>& source_ids() const { return source_ids_; }
  [[nodiscard]] const std::vector<std::int64_t>& target_ids() const { return target_ids_; }

  /// True for the course's own pair on the shipped model: a golden has it.
  [[nodiscard]] bool has_golden() const;

  [[nodiscard]] const Pass& plain() const { return plain_; }
  /// The same sentence with three tokens of padding behind it.
  [[nodiscard]] const Pass& padded() const { return padded_; }
  [[nodiscard]] const Trace& trace() const { return plain_.trace; }
  [[nodiscard]] const Labels& labels() const { return plain_.labels; }

  /// What `explain` and `Recomputation` read.
  [[nodiscard]] Sources sources(const Pass& pass) const;

  /// The cross-attention head that aligns words best: what data/model/facts.json measured, or for another model the one
  /// with the most decided rows. "decoder.layers.1.encoder_attn.head.0"
  [[nodiscard]] const std::string& best_head() const { return best_head_; }
  [[nodiscard]] bool best_head_was_measured() const { return best_head_was_measured_; }

  /// A recorded matrix by its name (`best.` allowed). @throws std::invalid_argument if there is none, with the nearest
  [[nodiscard]] const Matrix& at(const std::string& name) const;

 private:
  [[nodiscard]] Pass record(const std::vector<std::int64_t>& source, std::size_t n_padding) const;
  void require_words() const;
  void choose_best_head();

  std::unique_ptr<const Model> model_;
  Topic topic_;
  std::string text_, target_;
  std::vector<std::int64_t> source_ids_, target_ids_;
  Pass plain_, padded_;
  std::string best_head_;
  bool best_head_was_measured_ = false;
};

}  // namespace glass::lesson
