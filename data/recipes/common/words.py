"""Words as people count them, found again in SentencePiece's pieces.

A word ends at white space, and . , ? ! ; : " are words of their own. On the French side a word also ends after an
apostrophe or a hyphen: "N'aime-t-il pas ?" is N' aime- t- il pas ?; on the English side don't is one word.
"""

PUNCTUATION = '.,?!;:"'
FRENCH_ENDS = "'’-"
SPACE = "▁"


def words(text, french):
    """The words of a text, in order."""
    found = [""]
    for character in text:
        alone = character in PUNCTUATION
        if character.isspace() or alone or found[-1] in tuple(PUNCTUATION):
            found.append("")
        if not character.isspace():
            found[-1] += character
        if french and character in FRENCH_ENDS:
            found.append("")
    return [word for word in found if word]


def words_of_pieces(pieces, french):
    """For each piece (the closing </s> left out) the number of the word it belongs to.

    @raises ValueError if a piece reaches over the end of a word: then pieces cannot be counted by words.
    """
    text = "".join(pieces).replace(SPACE, " ")
    owner = []
    for number, word in enumerate(words(text, french)):
        owner += [number] * len(word)
    letters = iter(owner)
    result = []
    for piece in pieces:
        owners = {next(letters) for character in piece if character != SPACE}
        if len(owners) > 1:
            raise ValueError(f"the piece {piece!r} of {text!r} belongs to {len(owners)} words")
        result.append(owners.pop() if owners else None)
    return [_owner(result, i) for i in range(len(result))]


def _owner(owners, i):
    """A piece that is nothing but the space before a word belongs to that word."""
    return next(owner for owner in owners[i:] if owner is not None)
