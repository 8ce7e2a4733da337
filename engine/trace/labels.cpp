#include "engine/trace/labels.hpp"

namespace glass {
namespace {

constexpr std::string_view kPredicts = "\u25b8";   // ▸
constexpr std::string_view kWordStart = "\u2581";  // ▁

std::string spelt(std::string text, Spelling spelling) {
  if (spelling == Spelling::utf8) return text;
  for (std::size_t at = text.find(kWordStart); at != std::string::npos; at = text.find(kWordStart, at)) {
    text.replace(at, kWordStart.size(), "_");
  }
  return text;
}

std::string indexed(const std::vector<std::string>& labels, std::size_t i, Spelling spelling) {
  return i < labels.size() ? spelt(labels[i], spelling) : std::to_string(i);
}

std::string decoder_row(std::size_t i, const Labels& labels, Spelling spelling) {
  if (i >= labels.target_read.size() || i >= labels.target_predicted.size()) return std::to_string(i);
  const std::string arrow = spelling == Spelling::utf8 ? std::string(kPredicts) : ">";
  return spelt(labels.target_read[i], spelling) + " " + arrow + " " + spelt(labels.target_predicted[i], spelling);
}

/// The pieces of a recorded column of ids.
std::vector<std::string> pieces(const Trace& trace, std::string_view ids, const PieceOf& piece) {
  std::vector<std::string> result;
  const auto found = trace.find(parse_name(ids).value());
  if (found == trace.end()) return result;
  for (const double id : found->second.values) result.push_back(piece(static_cast<std::int64_t>(id)));
  return result;
}

}  // namespace

Labels labels_of(const Trace& trace, const PieceOf& source_piece, const PieceOf& target_piece, std::int64_t end) {
  Labels labels;
  labels.source = pieces(trace, "encoder.ids", source_piece);
  labels.target_read = pieces(trace, "decoder.ids", target_piece);
  if (!labels.target_read.empty()) {
    labels.target_predicted.assign(labels.target_read.begin() + 1, labels.target_read.end());
    labels.target_predicted.push_back(target_piece(end));
  }
  labels.vocabulary = [target_piece](std::size_t id) { return target_piece(static_cast<std::int64_t>(id)); };
  return labels;
}

std::string row_label(Name name, std::size_t i, const Labels& labels, Spelling spelling) {
  const Axis axis = row_of(name).rows;
  return axis == Axis::target ? decoder_row(i, labels, spelling)
                              : indexed(axis == Axis::source ? labels.source : std::vector<std::string>{}, i, spelling);
}

std::string column_label(Name name, std::size_t j, const Labels& labels, Spelling spelling) {
  switch (row_of(name).cols) {
    case Axis::source:
      return indexed(labels.source, j, spelling);
    case Axis::target:
      return indexed(labels.target_read, j, spelling);
    case Axis::vocab_size:
      return labels.vocabulary ? spelt(labels.vocabulary(j), spelling) : std::to_string(j);
    default:
      return std::to_string(j);
  }
}

}  // namespace glass
