#include "tests/unit/text/random_text.hpp"

#include <array>
#include <utility>

namespace glass::test {
namespace {

std::string utf8(char32_t c) {
  const auto byte = [](char32_t value) { return static_cast<char>(value); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
  if (c < 0x10000) return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
}

}  // namespace

RandomText::RandomText(std::uint64_t seed, std::vector<std::string> words) : random_(seed), words_(std::move(words)) {}

std::string RandomText::rare() {
  static const std::vector<std::string> kRare = {"</s>",
                                                 "<unk>",
                                                 "<pad>",
                                                 "<s>",
                                                 ">>fra<<",
                                                 ">>deu<<",
                                                 "<<",
                                                 ">>",
                                                 "\xE2\x96\x81",
                                                 "\xEF\xBF\xBD",
                                                 "<0x41>",
                                                 "\xC2\xA0",
                                                 "\xE3\x80\x80",
                                                 "\xE2\x80\x8B",
                                                 "\xE2\x80\x8D",
                                                 "\xE2\x80\xA8",
                                                 "\xC2\xAD",
                                                 "\xEF\xBB\xBF",
                                                 "\n",
                                                 "\t",
                                                 "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
                                                 "\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7",
                                                 "\xEF\xB7\xBA",
                                                 "\xEF\xAC\x81",
                                                 "\xC3",
                                                 "\xE2\x96",
                                                 "\xED\xA0\x80",
                                                 "\xC0\x80",
                                                 "\xF4\x90\x80\x80",
                                                 "\xFF",
                                                 "\x80"};
  return kRare[below(kRare.size())];
}

std::string RandomText::atom() {
  static constexpr std::array<std::pair<char32_t, char32_t>, 14> kRanges = {{{0x20, 0x7E},
                                                                             {0x61, 0x7A},
                                                                             {0xC0, 0x17F},
                                                                             {0x300, 0x36F},
                                                                             {0x370, 0x4FF},
                                                                             {0x590, 0x6FF},
                                                                             {0x900, 0x97F},
                                                                             {0x1100, 0x11FF},
                                                                             {0x2000, 0x206F},
                                                                             {0x3040, 0x30FF},
                                                                             {0x4E00, 0x4FFF},
                                                                             {0xAC00, 0xACFF},
                                                                             {0xFF00, 0xFFEF},
                                                                             {0x1F300, 0x1F6FF}}};
  const std::size_t kind = below(40);
  if (kind < 12) return words_[below(words_.size())];
  if (kind < 18) return " ";
  if (kind < 22) return rare();
  if (kind == 22) return {static_cast<char>(below(0x20))};
  if (kind == 23) return {static_cast<char>(below(0x100))};
  if (kind == 24) return utf8(between(1, 0x10FFFF));
  const auto [first, last] = kRanges[below(kRanges.size())];
  return utf8(between(first, last));
}

std::string RandomText::operator()() {
  std::string text;
  const std::size_t atoms = below(24);
  for (std::size_t i = 0; i < atoms; ++i) {
    const std::string next = atom();
    const bool run = below(400) == 0;
    for (std::size_t count = run ? below(300) : below(30) == 0 ? 3 : 1; count > 0; --count) text += next;
  }
  return text;
}

}  // namespace glass::test
