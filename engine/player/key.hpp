#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Stepping through a lesson in a terminal: keys, state, views.
namespace glass::player {

/// What was pressed: a character, or one of the keys that have a name.
enum class Press {
  character,
  up,
  down,
  left,
  right,
  home,
  end,
  page_up,
  page_down,
  enter,
  backspace,
  erase,
  clear,  ///< Ctrl-U: the whole line
  tab,
  back_tab,
  escape
};

/// One key.
struct Key {
  Press press = Press::character;
  std::string text;  ///< the code point of a character in UTF-8; empty for the others
  bool operator==(const Key&) const = default;
};

/// Makes keys of the bytes that a terminal sends, however these are cut into pieces: the forms of xterm, rxvt, tmux and
/// Linux's own console. Shift, Ctrl and Alt are ignored. What is not a key (reports, the mouse, the marks around pasted
/// text, control characters, invalid UTF-8) is swallowed whole.
class KeyReader {
 public:
  /// The keys that are complete with these bytes.
  [[nodiscard]] std::vector<Key> feed(std::string_view bytes);

  /// True if a sequence or a character has begun: after 40 ms without another byte, flush() decides what it was.
  [[nodiscard]] bool waiting() const;

  /// The keys in what has begun, given that nothing follows: an escape alone is the key Esc. Forgets the rest.
  [[nodiscard]] std::vector<Key> flush();

 private:
  enum class State { ground, utf8, escape, csi, ss3, string, string_escape, skip };

  void take(char byte);
  void begin(char byte);
  void take_utf8(char byte);
  void take_escape(char byte);
  void take_csi(char byte);
  void take_ss3(char byte);
  void take_string(char byte);
  void finish_csi(char last);
  void start(State state, char introducer);
  void emit(Press press);

  State state_ = State::ground;
  std::string held_;         ///< a character's bytes, or a sequence's parameters; never more than 32
  char introducer_ = 0;      ///< what came after the escape
  bool in_string_ = false;   ///< the string has begun to speak
  std::size_t escapes_ = 0;  ///< 1 or 2: how many an undecided sequence began with
  std::size_t to_skip_ = 0;  ///< bytes of a report that are still to come
  std::vector<Key> keys_;    ///< what is complete
};

/// The keys of a text such as `nn<right><enter>w`. A key with a name stands between angle brackets (`<up>`,
/// `<page_down>`, as in Press); `<space>` and `<lt>` are a blank and `<`.
/// @throws std::invalid_argument naming the word that is no key, and those that are
[[nodiscard]] std::vector<Key> keys_of(std::string_view spelled);

}  // namespace glass::player
