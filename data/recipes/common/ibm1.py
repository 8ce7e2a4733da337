"""Word alignments of the training pairs: IBM model 1 with a diagonal prior, in both directions, six rounds each.

They teach one cross-attention head where to look (guided alignment). Only training pairs are read.
"""

import numpy as np

ROUNDS = 6
DIAGONAL = 4.0  # prior of source place x and target place y (0..1): exp(-DIAGONAL * |x - y|)
EMPTY = 0.08  # prior share of "no source word"


def words(pieces):
    """The word of each piece. A word begins at a space and where letters and signs meet: don | ' | t, vas | - | tu."""
    numbers, number, before = [], -1, None
    for piece in pieces:
        text = piece.lstrip("\u2581")
        kind = text[:1].isalnum()
        number += piece.startswith("\u2581") or kind != before
        numbers.append(number)
        before = kind
    return np.array(numbers)


def spellings(pieces, numbers):
    text = [""] * (numbers[-1] + 1)
    for piece, number in zip(pieces, numbers):
        text[number] += piece.lstrip("\u2581").lower()
    return text


class Events:
    """Every (source word, target word) of every pair, in one long list; cells of one pair stand target-major."""

    def __init__(self, pairs):
        lexicon = ({}, {})
        ids = [[np.array([known.setdefault(word, len(known)) for word in side]) for known, side in zip(lexicon, pair)]
               for pair in pairs]
        lengths = np.array([[len(s), len(t)] for s, t in ids])
        self.start = np.concatenate([[0], np.cumsum(lengths.prod(1))])
        first = np.concatenate([[[0, 0]], np.cumsum(lengths, axis=0)])
        pair = np.repeat(np.arange(len(ids)), lengths.prod(1))
        cell = np.arange(self.start[-1]) - self.start[pair]
        place = (cell % lengths[pair, 0], cell // lengths[pair, 0])
        self.slot = [first[pair, side] + place[side] for side in (0, 1)]  # which word of the whole text
        self.word = [np.concatenate([i[side] for i in ids])[self.slot[side]] for side in (0, 1)]
        relative = [(place[side] + 0.5) / lengths[pair, side] for side in (0, 1)]
        self.prior = np.exp(-DIAGONAL * np.abs(relative[0] - relative[1]))
        unique, self.entry = np.unique(self.word[0] * len(lexicon[1]) + self.word[1], return_inverse=True)
        self.entry_word = (unique // len(lexicon[1]), unique % len(lexicon[1]))

    def posterior(self, given):
        """P(the word on side `given` explains the word on the other side), for every cell."""
        made = 1 - given
        prior = self.prior * (1 - EMPTY) / np.bincount(self.slot[made], self.prior)[self.slot[made]]
        empty = np.bincount(self.word[made]) / len(self.word[made])
        table = np.full(len(self.entry_word[0]), 1.0)
        empty_share = EMPTY * empty[self.word[made]]
        table /= np.bincount(self.entry_word[given])[self.entry_word[given]]
        for _ in range(ROUNDS):
            joint = table[self.entry] * prior
            posterior = joint / (np.bincount(self.slot[made], joint)[self.slot[made]] + empty_share)
            count = np.bincount(self.entry, posterior, len(table))
            table = count / np.maximum(np.bincount(self.entry_word[given], count), 1e-9)[self.entry_word[given]]
        return posterior


def align(sources, targets):
    """For each pair of piece lists, a (target + eos) x (source + eos) matrix, flattened: row t is the distribution over
    source pieces that predicting target piece t should look at. A row of zeros asks for nothing (eos always does).

    Returns (all matrices end to end as float16, where each begins)."""
    numbers = [(words(s), words(t)) for s, t in zip(sources, targets)]
    events = Events([(spellings(s, n), spellings(t, m)) for s, t, (n, m) in zip(sources, targets, numbers)])
    forward, backward = events.posterior(given=0), events.posterior(given=1)
    agreed = forward * (backward + 0.02)
    agreed[np.bincount(events.slot[1], forward)[events.slot[1]] < 0.4] = 0  # most likely explained by no word
    agreed /= np.maximum(np.bincount(events.slot[1], agreed)[events.slot[1]], 1e-9)
    flat, start = [], [0]
    for i, (source, target) in enumerate(numbers):
        pieces_of = np.bincount(source)
        by_word = agreed[events.start[i] : events.start[i + 1]].reshape(-1, len(pieces_of)) / pieces_of
        matrix = np.zeros((len(target) + 1, len(source) + 1), np.float16)
        matrix[:-1, :-1] = by_word[target][:, source]
        flat.append(matrix.ravel())
        start.append(start[-1] + matrix.size)
    return np.concatenate(flat), np.array(start)
