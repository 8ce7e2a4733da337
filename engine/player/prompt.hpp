#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/player/key.hpp"
#include "engine/screen/line.hpp"

namespace glass::player {

/// What a text may be completed to.
using Completion = std::function<std::vector<std::string>(const std::string& text)>;

/// A text of one line that is being typed. The caret stands between graphemes, or inside of one whose code points are
/// just being typed.
class Prompt {
 public:
  /// @param label       stands before the text
  /// @param text        what is there already; the caret stands behind it. Invalid UTF-8 is left out
  /// @param completion  what the tab key asks; none: it does nothing
  explicit Prompt(std::string label, const std::string& text = "", Completion completion = nullptr);

  /// Changes text or caret: a character is inserted (at most 1,000 bytes in all, more is ignored), backspace and erase
  /// take a grapheme, tab writes what all candidates begin with.
  /// @return false for keys that mean nothing here: enter, escape, up, down and the like
  bool press(const Key& key);

  [[nodiscard]] bool completes() const { return completion_ != nullptr; }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// Where the caret stands: how many bytes are before it.
  [[nodiscard]] std::size_t caret() const { return caret_; }
  /// What the last tab found; empty after any other key.
  [[nodiscard]] const std::vector<std::string>& candidates() const { return candidates_; }

  /// Label and text in one line of at most the style's width. A longer text is cut at both ends so that the caret is
  /// seen, which is the place with Ink::cursor.
  [[nodiscard]] screen::Line render(const screen::Style& style) const;

 private:
  bool edit(const Key& key);
  void insert(const std::string& character);
  void complete();
  void take_out(std::size_t from, std::size_t end);

  std::string label_, text_;
  std::size_t caret_ = 0;
  Completion completion_;
  std::vector<std::string> candidates_;
};

}  // namespace glass::player
