"""Corpus BLEU and chrF as sacreBLEU defines them: 13a tokens, cased, all references; chrF2 on characters."""

import re
from collections import Counter
from math import exp, log

_RULES = [
    (re.compile(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])"), r" \1 "),
    (re.compile(r"([^0-9])([\.,])"), r"\1 \2 "),
    (re.compile(r"([\.,])([^0-9])"), r" \1 \2"),
    (re.compile(r"([0-9])(-)"), r"\1 \2 "),
]


def tokens_13a(line):
    """mteval-v13a's tokens."""
    line = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    if "&" in line:
        for entity, character in (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
            line = line.replace(entity, character)
    line = f" {line} "
    for pattern, by in _RULES:
        line = pattern.sub(by, line)
    return line.split()


def ngrams(items, n):
    return Counter(tuple(items[i : i + n]) for i in range(len(items) - n + 1))


def bleu(outputs, references):
    """outputs: one text a sentence; references: a list of texts a sentence. The geometric mean of the 1- to 4-gram
    precisions (an n-gram counts as often as in the most generous reference) times the brevity penalty, in percent."""
    matched, total, length, wanted = [0] * 4, [0] * 4, 0, 0
    for output, texts in zip(outputs, references, strict=True):
        words, refs = tokens_13a(output), [tokens_13a(text) for text in texts]
        length += len(words)
        wanted += min((abs(len(ref) - len(words)), len(ref)) for ref in refs)[1]
        for n in range(4):
            most = Counter()
            for ref in refs:
                most |= ngrams(ref, n + 1)
            found = ngrams(words, n + 1)
            matched[n] += (found & most).total()
            total[n] += found.total()
    if not all(matched):
        return 0.0
    return 100 * exp(sum(log(m / t) for m, t in zip(matched, total)) / 4 + min(0, 1 - wanted / length))


def chrf(outputs, references):
    """chrF2: F-score (beta 2) of character 1- to 6-grams without spaces; each sentence with its best reference."""
    sums = [[0, 0, 0] for _ in range(6)]
    for output, texts in zip(outputs, references, strict=True):
        best = max((_character_counts(output, text) for text in texts), key=_f_score)
        sums = [[a + b for a, b in zip(old, new)] for old, new in zip(sums, best)]
    return 100 * _f_score(sums)


def _character_counts(output, reference):
    """(n-grams of output, of reference, in both) for n = 1..6."""
    sides = ["".join(text.split()) for text in (output, reference)]
    counts = []
    for n in range(1, 7):
        ours, theirs = (ngrams(side, n) for side in sides)
        counts.append((ours.total() if theirs else 0, theirs.total(), (ours & theirs).total()))
    return counts


def _f_score(counts, beta=2):
    """sacreBLEU's: the mean over orders that both sides have of the F-score."""
    score, orders = 0.0, 0
    for ours, theirs, both in counts:
        if not ours or not theirs:
            continue
        orders += 1
        precision, recall = both / ours, both / theirs
        if precision + recall > 0:
            score += (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
    return score / orders if orders else 0.0
