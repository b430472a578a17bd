"""Makes names comparable: no accents, no case, no hyphens, « St » read as « Saint »."""

import unicodedata

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def fold(words: str) -> str:
    """« Saint-Denis », « ST DENIS » and « st-denis » all become « saint denis »."""
    decomposed = unicodedata.normalize("NFD", _ligatures(words.casefold()))
    plain = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(_SHORT.get(word, word) for word in plain.split())


def _ligatures(words: str) -> str:
    return words.replace("œ", "oe").replace("æ", "ae")


def word_starts(folded: str) -> list[str]:
    """The name as read from each of its words on: « gare de lyon », « de lyon », « lyon »."""
    words = folded.split()
    return [" ".join(words[i:]) for i in range(len(words))]
