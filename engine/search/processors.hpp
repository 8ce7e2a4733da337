#pragma once

#include <functional>
#include <vector>

#include "engine/search/scorer.hpp"
#include "engine/search/settings.hpp"

namespace glass::search {

/// Looks at the tokens that a row has read so far (the start token first) and adds the changes that a rule demands for
/// its next token. The caller fills in the row.
using Processor = std::function<void(const Ids& prefix, const Settings& settings, std::vector<Change>& changes)>;

/// Every token read so far, the start token included, is penalised once by repetition_penalty.
void penalise_repetition(const Ids& prefix, const Settings& settings, std::vector<Change>& changes);

/// Bans every token that would repeat no_repeat_ngram_size tokens in a row.
void ban_repeated_ngrams(const Ids& prefix, const Settings& settings, std::vector<Change>& changes);

/// Bans the last token of each bad word whose others have just been read; a word that is only an end token is allowed.
/// As Hugging Face has it, a longer word is looked for only once as many tokens as it has have been read.
void ban_bad_words(const Ids& prefix, const Settings& settings, std::vector<Change>& changes);

/// Bans the end tokens before min_length.
void ban_early_end(const Ids& prefix, const Settings& settings, std::vector<Change>& changes);

/// Allows nothing but forced_bos_id as the first token.
void force_first(const Ids& prefix, const Settings& settings, std::vector<Change>& changes);

/// Allows nothing but forced_eos_ids as the last token that max_length has room for.
void force_end(const Ids& prefix, const Settings& settings, std::vector<Change>& changes);

/// All of these, in the order of Hugging Face's processors.
std::vector<Processor> all_processors();

}  // namespace glass::search
