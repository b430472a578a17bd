"""Says whether someone or something is called by the words of a search.

« gendarmerie » names « Gendarmerie nationale »: each word is one of the name's, and the last may
go on.  What was quoted, or has several words, is a phrase: its words follow each other, whole.
"""

from functools import lru_cache

from beffroi.logbook.words import SHORT_FORMS, raw_words, words


def quoted(said: str) -> str:
    """`said` kept as a phrase, even when it is a single word."""
    return said if _spaced(said) else f'"{said}"'


def is_phrase(said: str) -> bool:
    """Whether the words of `said` are wanted whole and in this order."""
    return _spaced(said) or said.startswith('"')


def called(name: str, said: str) -> bool:
    """Whether `name` answers to `said`, accents and case aside."""
    held = _held(name)
    sought = words(said)
    if not held or not sought:
        return False
    if is_phrase(said):
        size = len(sought)
        return any(list(held[at : at + size]) == sought for at in range(len(held) - size + 1))
    return set(sought[:-1]) <= set(held) and any(_goes_on(word, said) for word in held)


def _goes_on(word: str, said: str) -> bool:
    last = raw_words(said)[-1]
    if len(last) == 1:
        return word == last
    return word.startswith((last, SHORT_FORMS.get(last, last)))


def _spaced(said: str) -> bool:
    return any(c.isspace() for c in said)


@lru_cache(maxsize=4096)
def _held(name: str) -> tuple[str, ...]:
    return tuple(words(name))
