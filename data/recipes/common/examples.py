"""Training examples: encoded pairs with their word alignments, drawn anew and packed into batches every epoch."""

import json

import numpy as np
import sentencepiece
import torch

from . import ibm1
from .network import Batch
from .pairs import key, read_pairs, typography
from .paths import MODEL, RECIPES, TRAINING

EOS = 0
GREETING_WEIGHT = 8  # times an epoch that each greeting is shown
GREETINGS = ("hello", "hi", "good morning", "good afternoon", "good evening", "good night", "goodbye")


class Pieces:
    """Text to ids and back: piece strings from the .spm, ids from vocab.json."""

    def __init__(self, folder=MODEL):
        self.model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self.ids = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        self.strings = {i: piece for piece, i in self.ids.items()}

    def split(self, text):
        return self.model.encode(text, out_type=str)

    def encode(self, pieces):
        return [self.ids.get(piece, self.ids["<unk>"]) for piece in pieces] + [EOS]

    def decode(self, ids):
        return self.model.decode([self.strings[int(i)] for i in ids if int(i) not in (EOS, len(self.ids) - 1)])


def greets(english):
    return any((english.lower() + " ").replace(",", " ").replace("!", " ").startswith(g + " ") for g in GREETINGS)


def short_question(english):
    return english.endswith("?") and len(english.split()) <= 4


class Examples:
    """Everything an epoch is drawn from: the pairs and how often an epoch shows each. Alignments are kept in a file."""

    def __init__(self, question_weight):
        pairs = read_pairs(TRAINING / "train.tsv")
        held = [read_pairs(TRAINING / f"{part}.tsv") for part in ("dev", "test")]
        english, french = ({key(pair[side]) for part in held for pair in part} for side in (0, 1))
        own = read_pairs(RECIPES / "greetings.tsv")
        own = [(e, f) for e, f in own if key(e) not in english and key(f) not in french]
        pairs += own
        self._encode(pairs)
        copies = [question_weight if short_question(e) else 1 for e, _ in pairs]
        copies = [GREETING_WEIGHT if greets(e) or (e, f) in own else n for n, (e, f) in zip(copies, pairs)]
        self.items = np.repeat(np.arange(len(pairs)), copies)

    def _encode(self, pairs):
        pieces = Pieces()
        sources = [pieces.split(e) for e, _ in pairs]
        targets = [pieces.split(typography(f)) for _, f in pairs]
        self.source = [np.array(pieces.encode(s)) for s in sources]
        self.target = [np.array(pieces.encode(t)) for t in targets]
        kept = TRAINING / "alignments.npz"
        if not kept.exists():
            flat, start = ibm1.align(sources, targets)
            np.savez(kept, flat=flat, start=start)
        loaded = np.load(kept)
        self.guide, self.guide_start = loaded["flat"], loaded["start"]

    def _matrix(self, i):
        rows, columns = len(self.target[i]), len(self.source[i])
        return self.guide[self.guide_start[i] : self.guide_start[i + 1]].reshape(rows, columns)

    def _joined(self, group):
        """(source, target, guide) of one pair, or of several written one after the other."""
        last = len(group) - 1
        source, target = (np.concatenate([side[i][: None if n == last else -1] for n, i in enumerate(group)])
                          for side in (self.source, self.target))
        guide = np.zeros((len(target), len(source)), np.float32)
        row = column = 0
        for i in group:
            matrix = self._matrix(i)[:-1, :-1]
            guide[row : row + len(matrix), column : column + matrix.shape[1]] = matrix
            row, column = row + len(matrix), column + matrix.shape[1]
        return source, target, guide

    def epoch(self, number, seed, tokens, joined, pad):
        """The batches of one epoch, about `tokens` target pieces each; a `joined` share of pairs is joined in twos."""
        random = np.random.default_rng([seed, number])
        order = random.permutation(self.items)
        twos = int(joined * len(order) / 2)
        groups = [*order[: 2 * twos].reshape(-1, 2), *order[2 * twos :, None]]
        batches, filled = [[]], 0
        for place in random.permutation(len(groups)):
            if filled >= tokens:
                batches.append([])
                filled = 0
            batches[-1].append(groups[place])
            filled += sum(len(self.target[i]) for i in groups[place])
        return [(lambda batch=batch: pack([self._joined(group) for group in batch], pad)) for batch in batches]


def starts(rows):
    return np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)


def pack(examples, pad):
    """Lays (source, target, guide) triples end to end."""
    sources, targets, guides = zip(*examples)
    labels = np.concatenate(targets)
    target_start = starts(targets)
    read = np.concatenate([[pad], labels[:-1]])
    read[target_start[:-1]] = pad
    guide = None if guides[0] is None else torch.from_numpy(np.concatenate([g.ravel() for g in guides]))
    return Batch(torch.from_numpy(np.concatenate(sources)), starts(sources), torch.from_numpy(read),
                 torch.from_numpy(labels), target_start, guide)
