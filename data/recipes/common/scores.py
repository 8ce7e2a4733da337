"""Corpus BLEU and chrF from their definitions, with the settings that sacreBLEU has by default.

BLEU: Papineni et al. (2002); cased, 13a tokens, closest reference length, orders 1 to 4, exponential smoothing.
chrF2: Popovic (2015); character orders 1 to 6, beta 2, white space left out, for each sentence its best reference.
"""

import math
import re
from collections import Counter

RULES_13A = (
    (re.compile(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])"), r" \1 "),  # signs, but not . , - '
    (re.compile(r"([^0-9])([\.,])"), r"\1 \2 "),  # a full stop or comma that does not follow a digit
    (re.compile(r"([\.,])([^0-9])"), r" \1 \2"),  # or is not followed by one
    (re.compile(r"([0-9])(-)"), r"\1 \2 "),  # a dash after a digit
)
ENTITIES = (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))


def tokens_13a(text):
    """mteval-v13a's words of a text."""
    text = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    for entity, sign in ENTITIES:
        text = text.replace(entity, sign)
    text = f" {text} "
    for rule, replacement in RULES_13A:
        text = rule.sub(replacement, text)
    return text.split()


def n_grams(items, order):
    return Counter(tuple(items[i : i + order]) for i in range(len(items) - order + 1))


def bleu(hypotheses, references):
    """Corpus BLEU in percent.

    @param references  for each hypothesis the list of its references
    """
    matches, totals = [0] * 4, [0] * 4
    length = reference_length = 0
    for hypothesis, others in zip(hypotheses, references, strict=True):
        words, others = tokens_13a(hypothesis), [tokens_13a(other) for other in others]
        length += len(words)
        reference_length += min((abs(len(other) - len(words)), len(other)) for other in others)[1]
        for order in range(1, 5):
            found = n_grams(words, order)
            allowed = Counter()
            for other in others:
                allowed |= n_grams(other, order)
            matches[order - 1] += (found & allowed).total()
            totals[order - 1] += found.total()
    return 100 * _brevity(length, reference_length) * _precision(matches, totals)


def _brevity(length, reference_length):
    if length >= reference_length:
        return 1.0
    return math.exp(1 - reference_length / length) if length else 0.0


def _precision(matches, totals):
    """The geometric mean; the k-th order without a match counts as 1 / 2^k of one match."""
    if not matches[0] or not all(totals):
        return 0.0
    logarithms, halving = 0.0, 1.0
    for match, total in zip(matches, totals):
        if not match:
            halving *= 2
        logarithms += math.log(match / total if match else 1 / (halving * total))
    return math.exp(logarithms / 4)


def chrf(hypotheses, references):
    """Corpus chrF2 in percent; references as for bleu."""
    summed = [(0, 0, 0)] * 6
    for hypothesis, others in zip(hypotheses, references, strict=True):
        counts = [_character_counts(hypothesis, other) for other in others]
        best = max(counts, key=_f_score)  # of equals the first
        summed = [tuple(map(sum, zip(*pair))) for pair in zip(summed, best)]
    return 100 * _f_score(summed)


def _character_counts(hypothesis, reference):
    """For each order (n-grams of the hypothesis, of the reference, in common)."""
    ours, theirs = "".join(hypothesis.split()), "".join(reference.split())
    counts = []
    for order in range(1, 7):
        a, b = n_grams(ours, order), n_grams(theirs, order)
        counts.append((a.total() if b else 0, b.total(), (a & b).total()))
    return counts


def _f_score(counts, beta=2):
    """F of the mean precision and the mean recall, over the orders that both sides have."""
    pairs = [(common / ours, common / theirs) for ours, theirs, common in counts if ours and theirs]
    if not pairs:
        return 0.0
    precision, recall = (sum(values) / len(pairs) for values in zip(*pairs))
    if not precision + recall:
        return 0.0
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def self_test():
    """Values worked out by hand. @raises AssertionError"""
    assert tokens_13a('Don\'t say "1,000.5 ok", Tom-2-3.') == ["Don't", "say", '"', "1,000.5", "ok", '"', ",", "Tom-2",
                                                                 "-", "3", "."]
    assert bleu(["a b c d e"], [["a b c d e"]]) == 100
    # 4 of 5 words, 3 of 4 pairs, 2 of 3 triples, 1 of 2 quadruples: the fourth root of 1/5
    assert math.isclose(bleu(["a b c d x"], [["a b c d e", "q"]]), 100 * 0.2**0.25)
    # all n-grams right, 4 words where the closest reference has 5: exp(1 - 5/4)
    assert math.isclose(bleu(["a b c d"], [["a b c d e", "a b c d e f g"]]), 100 * math.exp(-0.25))
    # words 2/4, pairs 1/3, then no triple of 2 (counts 1/2) and no quadruple of 1 (counts 1/4)
    assert math.isclose(bleu(["a b x y"], [["a b c d"]]), 100 * (2 / 4 * 1 / 3 * 0.5 / 2 * 0.25 / 1) ** 0.25)
    assert math.isclose(chrf(["un chat"], [["un chat"]]), 100)
    # ab against ac: order 1 has 1 of 2 on both sides, order 2 none of 1: mean 1/4
    assert math.isclose(chrf(["ab"], [["ac"]]), 25)
    # abc against ab: precision (2/3 + 1/2) / 2, recall 1
    p = (2 / 3 + 1 / 2) / 2
    assert math.isclose(chrf(["a bc"], [["xyz", "ab"]]), 100 * 5 * p / (4 * p + 1))
