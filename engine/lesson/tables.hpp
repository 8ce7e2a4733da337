#pragma once

#include "engine/lesson/lesson.hpp"

/// Tables that are read off the model, the trace or a search that really runs, for any sentence and model. They fit 80
/// columns and 32 lines (texts as long as the sentence are wrapped): pieces are clipped, what is too much is counted in
/// a last row.
namespace glass::lesson::table {

screen::Grid course_map(const Session&);  ///< every lesson: id, question, minutes, needs

screen::Grid dot_product_by_hand(const Session&);  ///< two tokens, three features of encoder.embed.scaled, in tenths
screen::Grid product_scheme(const Session&);       ///< two such rows against the next two: 2 x 3 times 3 x 2
screen::Grid product_by_hand(const Session&);      ///< the same, each cell spelt out
screen::Grid all_names_in_order(const Session&);   ///< which matrices, where, how many, the shape of the last

/// For the sentence's first words that are one piece (else its first pieces): the four other pieces of the source table
/// whose rows are nearest in direction, with the cosine.
screen::Grid nearest_pieces(const Session&);

screen::Grid normalised(const Session&);  ///< the text, and what the tokenizer makes of it before it cuts

/// The longest word of the sentence: byte-pair encoding, the word after every merge (rank: the earlier a merge was
/// learned, the lower it is and the sooner it goes); unigram: the most probable cut with the sum of log-probabilities.
screen::Grid merges(const Session&);

screen::Grid pieces_and_ids(const Session&);  ///< both sides: piece, id, the bytes of the text that it came from

screen::Grid wavelengths(const Session&);  ///< column pair, the positions after which it comes round

screen::Grid dot_product_variance(const Session&);  ///< d_k, variance of q . k, and after division by sqrt(d_k)

/// What the first token asks of every key in encoder layer 0, head 0, padding behind it: masked score, minus the
/// largest, exp, share.
screen::Grid softmax_by_hand(const Session&);

screen::Grid overflow(const Session&);  ///< two rows of huge_scores: exp(x) and its share, exp(x - max) and its share

/// Encoder layer 0: mean and standard deviation of every row before the norm and after it.
screen::Grid row_spread(const Session&);

/// Encoder layer 0: the hidden features that fire for one token (the fifth, or the last), largest first, and for how
/// many of the sentence's tokens each fires.
screen::Grid firing(const Session&);

screen::Grid epsilon(const Session&);  ///< the factor for flat_rows: 1e-5 inside the root, outside, none

/// Word by word of the target: step, what the decoder reads and predicts, the strongest source word of the best head.
screen::Grid decoding_looks(const Session&);

/// Epoch by epoch of the training (0: before the first step): the strongest source word of the best head for each
/// target word, and its share in per cent. Only the course's own sentence was watched.
/// How often each cross-attention head looked at the right word, as data/model/facts.json measured it; empty for
/// another model.
screen::Grid head_accuracy(const Session&);

screen::Grid training_history(const Session&);

screen::Grid top_five(const Session&);  ///< for every decoder row the five most probable next tokens, in per cent

screen::Grid shift_right(const Session&);  ///< position, what the decoder reads, what it should predict

screen::Grid two_views(const Session&);  ///< per position: log-probability all at once, and token by token

screen::Grid greedy_steps(const Session&);  ///< step by step: the three best next tokens, and the one taken

/// Every beam that ran, as a tree: one line from fork to fork, the sum of log-probabilities at its end, and whether it
/// was dropped, ended (with its score) or won (✓). At most 30 lines; dropped beams that ended early are left out first.
screen::Grid beam_tree(const Session&);

screen::Grid n_best(const Session&);  ///< what the beams came to, best first: tokens, sum of log-probabilities, score

}  // namespace glass::lesson::table
