#include "engine/player/key.hpp"

#include <optional>
#include <utility>

#include "engine/text/utf8.hpp"

namespace glass::player {
namespace {

constexpr char kEscape = '\x1b', kBell = '\x07', kCancel = '\x18', kSubstitute = '\x1a';
constexpr char kClear = '\x15';  // Ctrl-U
constexpr std::size_t kMostHeld = 32;

/// How many bytes a character has, by its first; 0 if none begins so.
std::size_t size_of_character(unsigned char first) {
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// True for what may end a sequence.
bool ends_sequence(char byte) { return byte >= '@' && byte <= '~'; }

/// U+0080 to U+009F.
bool second_control(std::string_view character) { return character[0] == '\xC2' && character[1] < '\xA0'; }

/// The key of a sequence that ends in a letter.
std::optional<Press> by_letter(char letter) {
  switch (letter) {
    case 'A':
    case 'a':
      return Press::up;
    case 'B':
    case 'b':
      return Press::down;
    case 'C':
    case 'c':
      return Press::right;
    case 'D':
    case 'd':
      return Press::left;
    case 'H':
      return Press::home;
    case 'F':
      return Press::end;
    default:
      return std::nullopt;
  }
}

/// The key of `ESC [ NUMBER ~`; rxvt ends it with `^`, `$` or `@` where Ctrl or Shift is held.
std::optional<Press> by_number(std::string_view parameters) {
  const std::string_view number = parameters.substr(0, parameters.find(';'));
  if (number == "1" || number == "7") return Press::home;
  if (number == "4" || number == "8") return Press::end;
  if (number == "3") return Press::erase;
  if (number == "5") return Press::page_up;
  return number == "6" ? std::optional(Press::page_down) : std::nullopt;
}

bool is_private(std::string_view parameters) { return parameters.find_first_of("<=>?") != parameters.npos; }

}  // namespace

void KeyReader::emit(Press press) { keys_.push_back({press, ""}); }

void KeyReader::start(State state, char introducer) {
  state_ = state;
  introducer_ = introducer;
  held_.clear();
  in_string_ = false;
}

void KeyReader::begin(char byte) {
  start(State::ground, 0);
  escapes_ = 0;
  const auto code = static_cast<unsigned char>(byte);
  if (byte == kEscape) {
    start(State::escape, 0);
    escapes_ = 1;
  } else if (byte == '\r' || byte == '\n') {
    emit(Press::enter);
  } else if (byte == '\t') {
    emit(Press::tab);
  } else if (byte == '\x7f' || byte == '\b') {
    emit(Press::backspace);
  } else if (byte == kClear) {
    emit(Press::clear);
  } else if (code >= 0x20 && code < 0x80) {
    keys_.push_back({Press::character, std::string(1, byte)});
  } else if (size_of_character(code) > 0) {
    start(State::utf8, 0);
    held_ = byte;
  }
}

void KeyReader::take_utf8(char byte) {
  if (!continues(byte)) return begin(byte);
  held_ += byte;
  if (held_.size() < size_of_character(static_cast<unsigned char>(held_[0]))) return;
  const bool shown = text::is_valid_utf8(held_) && !second_control(held_);
  if (shown) keys_.push_back({Press::character, held_});
  start(State::ground, 0);
}

void KeyReader::take_escape(char byte) {
  if (byte == '[') return start(State::csi, byte);
  if (byte == 'O') return start(State::ss3, byte);
  if (byte == kEscape && escapes_ < 2) {
    escapes_ = 2;
    return;
  }
  if (escapes_ > 1) emit(Press::escape);
  if (byte == kEscape) return;
  escapes_ = 1;
  const bool opens_string = byte == ']' || byte == 'P' || byte == 'X' || byte == '^' || byte == '_';
  if (opens_string) return start(State::string, byte);
  begin(byte);
}

void KeyReader::finish_csi(char last) {
  const bool foreign = is_private(held_) || held_.size() >= kMostHeld;
  const std::optional<Press> letter = by_letter(last);
  const std::optional<Press> number =
      last == '~' || last == '^' || last == '$' || last == '@' ? by_number(held_) : std::nullopt;
  if (!foreign && letter) emit(*letter);
  if (!foreign && number) emit(*number);
  if (last == 'Z' && !foreign) emit(Press::back_tab);
  const bool linux_function = last == '[' && held_.empty(), mouse = last == 'M' && held_.empty();
  to_skip_ = linux_function ? 1 : mouse ? 3 : 0;
  start(to_skip_ > 0 ? State::skip : State::ground, 0);
}

void KeyReader::take_csi(char byte) {
  const bool shifted = byte == '$' && !held_.empty() && !is_private(held_);
  if (ends_sequence(byte) || shifted) return finish_csi(byte);
  if (byte < ' ' || byte > '~') return begin(byte);
  if (held_.size() < kMostHeld) held_ += byte;
}

void KeyReader::take_ss3(char byte) {
  if (byte < ' ' || byte > '~') return begin(byte);
  if (!ends_sequence(byte)) {
    if (held_.size() < kMostHeld) held_ += byte;
    return;
  }
  start(State::ground, 0);
  if (byte == 'M') emit(Press::enter);
  if (const std::optional<Press> press = by_letter(byte)) emit(*press);
}

void KeyReader::take_string(char byte) {
  const bool ended_by_escape = state_ == State::string_escape;
  if (ended_by_escape && byte != '\\') {
    start(State::escape, 0);
    escapes_ = 1;
    return take_escape(byte);
  }
  if (ended_by_escape || byte == kBell || byte == kCancel || byte == kSubstitute) return start(State::ground, 0);
  in_string_ = true;
  if (byte == kEscape) state_ = State::string_escape;
}

void KeyReader::take(char byte) {
  switch (state_) {
    case State::ground:
      return begin(byte);
    case State::utf8:
      return take_utf8(byte);
    case State::escape:
      return take_escape(byte);
    case State::csi:
      return take_csi(byte);
    case State::ss3:
      return take_ss3(byte);
    case State::string:
    case State::string_escape:
      return take_string(byte);
    case State::skip:
      if (--to_skip_ == 0) state_ = State::ground;
      return;
  }
}

std::vector<Key> KeyReader::feed(std::string_view bytes) {
  for (const char byte : bytes) take(byte);
  return std::exchange(keys_, {});
}

bool KeyReader::waiting() const { return state_ != State::ground; }

std::vector<Key> KeyReader::flush() {
  for (std::size_t i = 0; state_ == State::escape && i < escapes_; ++i) emit(Press::escape);
  const bool introduced = state_ == State::csi || state_ == State::ss3 || state_ == State::string;
  if (introduced && held_.empty() && !in_string_) keys_.push_back({Press::character, std::string(1, introducer_)});
  start(State::ground, 0);
  return std::exchange(keys_, {});
}

}  // namespace glass::player
