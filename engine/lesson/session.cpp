#include "engine/lesson/session.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/lesson/names.hpp"
#include "engine/lesson/verify.hpp"
#include "engine/reference/scorer.hpp"
#include "engine/reference/translate.hpp"
#include "engine/text/utf8.hpp"
#include "engine/trace/derived.hpp"
#include "engine/trace/trace_file.hpp"

namespace glass::lesson {
namespace {

constexpr std::size_t kPadding = 3;
constexpr std::size_t kQuickSource = 48;  ///< a longer source is translated greedily, and its target cut here

std::string require_text(const std::string& text, const char* what) {
  if (!text::is_valid_utf8(text))
    throw std::runtime_error(std::string(what) + " is not valid UTF-8: " + text::quote(text));
  if (text::strip(text).empty()) throw std::runtime_error(std::string(what) + " is blank; it needs at least one word");
  return text;
}

/// The model's own translation of a text. The reference reads the whole prefix again at every step, so long sentences
/// are not searched to the end.
std::vector<std::int64_t> translated(const Model& model, const std::string& text, std::size_t n_source) {
  search::Settings settings = settings_of(model.checkpoint);
  if (n_source > kQuickSource) {
    settings.num_beams = 1;
    settings.max_length = std::min(settings.max_length, kQuickSource);
    settings.min_length = std::min(settings.min_length, settings.max_length);
  }
  ReferenceScorer scorer(model.weights, paper_stages());
  return glass::translate(model, {}, scorer, settings, text).front().hypothesis.ids;
}

/// Mean over rows of -sum p log p: how undecided a head is.
double indecision(const Matrix& weights) {
  double sum = 0;
  for (const double p : weights.values) sum -= p > 0 ? p * std::log(p) : 0;
  return sum / static_cast<double>(std::max<std::size_t>(weights.rows, 1));
}

/// The head that the recipe measured on hand-aligned sentences, or nothing.
std::string measured_head(const std::filesystem::path& facts, const Dims& dims) {
  std::ifstream file(facts);
  const nlohmann::json json = nlohmann::json::parse(file, nullptr, false);
  const auto best = nlohmann::json::json_pointer("/alignment/best_head");
  if (json.is_discarded() || !json.contains(best)) return "";
  const std::size_t layer = json.at(best).value("layer", dims.decoder.n_layers);
  const std::size_t head = json.at(best).value("head", dims.decoder.n_heads);
  if (layer >= dims.decoder.n_layers || head >= dims.decoder.n_heads) return "";
  return cross_head(layer, head);
}

}  // namespace

Pass pass_of(const Model& model, Trace trace) {
  const Lengths lengths = lengths_of(trace);
  Labels labels = labels_of(model, trace);
  return {std::move(trace), std::move(labels), lengths};
}

Session::Session(Model model, Topic topic)
    : model_(std::make_unique<const Model>(std::move(model))), topic_(std::move(topic)) {
  text_ = require_text(topic_.text.value_or(kCourseText), "the sentence");
  source_ids_ = model_->source_ids(text_);
  if (topic_.text && !topic_.target) {
    target_ids_ = translated(*model_, text_, source_ids_.size());
    target_ = model_->tokenizer.decode(target_ids_);
  } else {
    target_ = require_text(topic_.target.value_or(kCourseTarget), "the target");
    target_ids_ = model_->target_ids(target_);
  }
  plain_ = record(source_ids_, 0);
  require_words();
  padded_ = record(source_ids_, std::min(kPadding, model_->weights->max_positions - source_ids_.size()));
  choose_best_head();
}

Session::~Session() = default;
Session::Session(Session&&) noexcept = default;

const Dims& Session::dims() const { return model_->dims; }

bool Session::has_golden() const { return topic_.shipped_model && text_ == kCourseText && target_ == kCourseTarget; }

Sources Session::sources(const Pass& pass) const {
  return {pass.trace, dims(), pass.lengths, tensors_of(model_->checkpoint)};
}

const Matrix& Session::at(const std::string& name) const { return plain_.trace.at(name_of(*this, name)); }

Pass Session::record(const Ids& source, std::size_t n_padding) const {
  Source padded = source_of(source);
  padded.ids.insert(padded.ids.end(), n_padding, model_->tokenizer.pad());
  padded.visible.insert(padded.visible.end(), n_padding, 0);
  const Stages stages = paper_stages();
  const Ids read = stages.shift_right(target_ids_, model_->checkpoint.config().start_id);
  Recording recording;
  run(*model_->weights, stages, padded, read, Seam(recording));
  Pass pass = pass_of(*model_, std::move(recording.trace));
  if (!pass.labels.target_predicted.empty())
    pass.labels.target_predicted.back() = model_->tokenizer.piece(target_ids_.back(), text::Side::target);
  return pass;
}

void Session::require_words() const {
  const Grouping words = grouping_of(plain_.labels, WordRule::plain, WordRule::french);
  if (words.target.empty()) throw std::runtime_error("the target has no word; it needs at least one (--target TEXT)");
}

void Session::choose_best_head() {
  if (topic_.shipped_model) best_head_ = measured_head(topic_.data / "model" / "facts.json", dims());
  best_head_was_measured_ = !best_head_.empty();
  if (best_head_was_measured_) return;
  double least = std::numeric_limits<double>::infinity();
  for (const Name name : all_names(dims())) {
    const std::string& row = row_of(name).name;
    if (row != "decoder.layers.L.encoder_attn.head.H.weights") continue;
    const double now = indecision(trace().at(name));
    if (now >= least) continue;
    least = now;
    best_head_ = cross_head(static_cast<std::size_t>(name.layer), static_cast<std::size_t>(name.head));
  }
}

}  // namespace glass::lesson
