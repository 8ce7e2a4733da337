"""Sentence pairs: reading, comparing and ordering them."""

import gzip
import hashlib
import re
import unicodedata


def read_pairs(path):
    """The (English, French) lines of a .tsv or .tsv.gz; further columns are ignored."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        return [tuple(line.rstrip("\n").split("\t")[:2]) for line in lines if line.strip()]


def write_pairs(path, pairs):
    """Writes .tsv or .tsv.gz; the gzip header holds no time and no name, so equal pairs make equal files."""
    text = "".join(f"{english}\t{french}\n" for english, french in pairs).encode()
    if str(path).endswith(".gz"):
        with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(text)
    else:
        path.write_bytes(text)


def references(pairs):
    """{English: [French, ...]} in the order of the pairs."""
    grouped = {}
    for english, french in pairs:
        grouped.setdefault(english, []).append(french)
    return grouped


def key(sentence):
    """What two sentences are compared by: letters and digits only, case folded. "I'm OK!" and "im ok" are one."""
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    return "".join(c for c in folded if c.isalnum())


def shuffled(items, seed, text=str):
    """The items in an order that depends on nothing but their text and the seed, on any machine and any Python."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed} {text(item)}".encode()).digest())


def typography(french):
    """One spelling for the model to learn: plain spaces, straight apostrophes, spaces before ? ! : ; and in « »."""
    french = french.replace("\u2019", "'").replace("\u202f", " ").replace("\u00a0", " ")
    french = re.sub(r"\s*([?!;»]+|:(?!\d))", r" \1", french)
    french = re.sub(r"«\s*", "« ", french)
    return re.sub(r"\s+", " ", french).strip()
