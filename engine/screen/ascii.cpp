#include "engine/screen/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace glass::screen {
namespace {

using Name = std::pair<char32_t, std::string_view>;

// clang-format off
constexpr std::array kNames = std::to_array<Name>({
    {U'⌫', "Bksp"},
    {U'▸', ">"}, {U'▶', ">"}, {U'▷', ">"}, {U'›', ">"}, {U'‹', "<"}, {U'◂', "<"}, {U'«', "<<"}, {U'»', ">>"},
    {U'▁', "_"}, {U'×', "x"}, {U'÷', "/"}, {U'−', "-"}, {U'–', "-"}, {U'—', "--"}, {U'‐', "-"}, {U'‑', "-"},
    {U'·', "."}, {U'…', "..."}, {U'⋯', "..."}, {U'⋮', ":"}, {U'“', "\""}, {U'”', "\""}, {U'„', "\""},
    {U'‘', "'"}, {U'’', "'"}, {U'‚', "'"}, {U'′', "'"}, {U'⁄', "/"}, {U'°', "deg"}, {U'§', "sec."},
    {U'→', "->"}, {U'←', "<-"}, {U'↔', "<->"}, {U'↑', "^"}, {U'↓', "v"}, {U'⇒', "=>"}, {U'⇔', "<=>"}, {U'↦', "->"},
    {U'≤', "<="}, {U'≥', ">="}, {U'≠', "!="}, {U'≈', "~="}, {U'≡', "=="}, {U'±', "+/-"}, {U'√', "sqrt"},
    {U'∈', "in"}, {U'∉', "not in"}, {U'∞', "inf"}, {U'∑', "sum"}, {U'∏', "prod"}, {U'∂', "d"}, {U'∇', "grad"},
    {U'∅', "{}"}, {U'∪', "or"}, {U'∩', "and"}, {U'∥', "||"}, {U'‖', "||"}, {U'⊙', "*"}, {U'∗', "*"}, {U'∘', "o"},
    {U'⊤', "T"}, {U'⟨', "<"}, {U'⟩', ">"}, {U'⌊', "floor("}, {U'⌋', ")"}, {U'⌈', "ceil("}, {U'⌉', ")"},
    {U'•', "*"}, {U'●', "*"}, {U'◆', "*"}, {U'■', "*"}, {U'○', "o"}, {U'◇', "o"}, {U'□', "o"},
    {U'✓', "+"}, {U'✔', "+"}, {U'✗', "x"}, {U'✘', "x"}, {U'░', "."}, {U'▒', ":"}, {U'▓', "*"}, {U'█', "#"},
    {U'ß', "ss"}, {U'ẞ', "SS"}, {U'æ', "ae"}, {U'Æ', "AE"}, {U'œ', "oe"}, {U'Œ', "OE"}, {U'ø', "o"}, {U'Ø', "O"},
    {U'đ', "d"}, {U'Đ', "D"}, {U'ð', "d"}, {U'Ð', "D"}, {U'þ', "th"}, {U'Þ', "Th"}, {U'ł', "l"}, {U'Ł', "L"},
    {U'ı', "i"}, {U'€', "EUR"}, {U'£', "GBP"}, {U'©', "(c)"}, {U'®', "(r)"},
    {U'α', "alpha"}, {U'β', "beta"}, {U'γ', "gamma"}, {U'δ', "delta"}, {U'ε', "eps"}, {U'ζ', "zeta"}, {U'η', "eta"},
    {U'θ', "theta"}, {U'ι', "iota"}, {U'κ', "kappa"}, {U'λ', "lambda"}, {U'μ', "mu"}, {U'ν', "nu"}, {U'ξ', "xi"},
    {U'ο', "o"}, {U'π', "pi"}, {U'ρ', "rho"}, {U'σ', "sigma"}, {U'ς', "sigma"}, {U'τ', "tau"}, {U'υ', "upsilon"},
    {U'φ', "phi"}, {U'χ', "chi"}, {U'ψ', "psi"}, {U'ω', "omega"}, {U'Α', "Alpha"}, {U'Β', "Beta"}, {U'Γ', "Gamma"},
    {U'Δ', "Delta"}, {U'Ε', "Epsilon"}, {U'Ζ', "Zeta"}, {U'Η', "Eta"}, {U'Θ', "Theta"}, {U'Ι', "Iota"},
    {U'Κ', "Kappa"}, {U'Λ', "Lambda"}, {U'Μ', "Mu"}, {U'Ν', "Nu"}, {U'Ξ', "Xi"}, {U'Ο', "O"}, {U'Π', "Pi"},
    {U'Ρ', "Rho"}, {U'Σ', "Sigma"}, {U'Τ', "Tau"}, {U'Υ', "Upsilon"}, {U'Φ', "Phi"}, {U'Χ', "Chi"}, {U'Ψ', "Psi"},
    {U'Ω', "Omega"}});
// clang-format on

/// The lines of tables and frames: U+2500 to U+257F.
std::optional<std::string_view> box_name(char32_t code) {
  if (code < U'─' || code > U'╿') return std::nullopt;
  const std::u32string_view across = U"─━┄┅┈┉╌╍═╴╶╸╺╼╾", down = U"│┃┆┇┊┋╎╏║╵╷╹╻╽╿";
  if (across.find(code) != across.npos) return "-";
  return down.find(code) != down.npos ? "|" : "+";
}

}  // namespace

std::optional<std::string_view> ascii_name(char32_t code) {
  const auto* found =
      std::find_if(kNames.begin(), kNames.end(), [code](const Name& name) { return name.first == code; });
  if (found != kNames.end()) return found->second;
  return box_name(code);
}

}  // namespace glass::screen
