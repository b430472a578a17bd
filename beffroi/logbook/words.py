"""Cuts text into the words that the index keeps, the same way for what is written and what is sought.

Words are plain ASCII: accents and case go, œ is oe, « St » is Saint, and a letter that has no
ASCII base becomes its code.  FTS5 has thus nothing left to interpret.
"""

import re
import unicodedata

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_LIGATURE = re.compile("[œæßøłđ]")
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""The accents of European languages, all of them combining; others are looked up one by one."""
SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ]", re.IGNORECASE)


def fold(text: str) -> str:
    """`text` without accents or case, for comparisons."""
    if text.isascii():
        return text.lower()
    low = text.lower()
    if _LIGATURE.search(low):
        low = low.translate(_LIGATURES)
    flat = _ACCENTS.sub("", unicodedata.normalize("NFD", low))
    return flat if flat.isascii() else "".join(c for c in flat if not unicodedata.combining(c))


def raw_words(text: str) -> list[str]:
    """The words of `text` as they are spelt, accents and case aside."""
    if not text or text.isspace():
        return []
    flat = fold(text)
    if not flat.isascii():
        flat = fold(unicodedata.normalize("NFKD", flat))
        flat = "".join(_ascii(c) for c in flat)
    return _ASCII_WORD.findall(flat)


def words(text: str) -> list[str]:
    """The words of `text` as the index keeps them."""
    return [SHORT_FORMS.get(word, word) for word in raw_words(text)]


def without_elision(word: str) -> str:
    """`word` without the article glued to it: « l’Étoile » is sought as « Étoile »."""
    return _ELISION.sub("", word)


def _ascii(char: str) -> str:
    if char.isascii():
        return char
    return f"u{ord(char):05x}" if char.isalnum() else " "
