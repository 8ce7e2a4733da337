"""data/model/facts.json: what has been measured of the shipped weights, for READMEs, lessons and pages."""

import json

from common.paths import MODEL

FACTS = MODEL / "facts.json"


def read_facts():
    return json.loads(FACTS.read_text(encoding="utf-8")) if FACTS.exists() else {}


def write_facts(**found):
    """Replaces these keys and leaves the others as they are."""
    facts = {**read_facts(), **found}
    text = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True)
    FACTS.write_text(text + "\n", encoding="utf-8")
