"""Facts in Markdown: `BLEU <!-- fact:test.bleu -->46.31<!-- /fact -->` gets its number from data/model/facts.json."""

import re

from common.facts import read_facts
from common.paths import ROOT

MARK = re.compile(r"(<!-- fact:([\w.]+)(%?) -->)[^\n]*?(<!-- /fact -->)")
PLACES = ("*.md", "docs/**/*.md", "data/*/*.md", "lessons/**/*.md")


def insert_facts():
    """Rewrites the marked numbers in the project's Markdown; % behind a key writes a share as per cent.

    @raises KeyError naming file and key where facts.json has no such fact
    """
    facts = read_facts()
    for path in sorted(path for place in PLACES for path in ROOT.glob(place)):
        old = path.read_text(encoding="utf-8")
        new = MARK.sub(lambda mark: mark[1] + _text(path, facts, mark[2], mark[3]) + mark[4], old)
        if new != old:
            path.write_text(new, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: facts inserted")


def _text(path, facts, key, percent):
    value = facts
    for part in key.split("."):
        if not isinstance(value, dict) or part not in value:
            raise KeyError(f"{path.relative_to(ROOT)}: facts.json has no {key}")
        value = value[part]
    if percent:
        return f"{value:.0%}".replace("%", " %")
    return f"{value:,}" if isinstance(value, int) else str(value)
