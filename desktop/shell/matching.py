"""Finds commands from a few letters, without regard to accents, case or order of words."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from beffroi.text import _
from desktop.kit.commands import Command

GOOD = 66.0
SURE = 100.0
"""A title that holds all the words; beside such a one, mere resemblances only distract."""


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain apostrophes."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(char for char in spread if not unicodedata.combining(char))


def score(wanted: str, command: Command) -> float:
    """How well a command answers what was typed, 0 to 200."""
    title = fold(_(command.title))
    asked = fold(wanted).split()
    where = f"{title} {fold(_(command.category))} {fold(_(command.menu))}"
    if all(word in where for word in asked):
        starts = sum(any(part.startswith(word) for part in title.split()) for word in asked)
        return (
            110.0 + 20 * (starts / len(asked)) + 40 * title.startswith(asked[0]) - len(title) / 10
        )
    letters = "".join(asked)
    initials = "".join(part[0] for part in title.replace("'", " ").split())
    if initials.startswith(letters):
        return 105.0
    from rapidfuzz import fuzz  # only here: the window opens before anyone mistypes

    return fuzz.WRatio(" ".join(asked), title)


def ranked(wanted: str, commands: Iterable[Command], recent: Sequence[str] = ()) -> list[Command]:
    """The commands that answer, best first; with nothing typed, the recent ones then all."""
    if not wanted.strip():
        order = {command_id: place for place, command_id in enumerate(recent)}
        return sorted(
            commands, key=lambda c: (order.get(c.id, len(order)), fold(_(c.menu)), fold(_(c.title)))
        )
    scored = [(score(wanted, c) + 5 * (c.id in recent), c) for c in commands]
    floor = SURE if any(points >= SURE for points, _command in scored) else GOOD
    kept = [(points, c) for points, c in scored if points >= floor]
    return [c for _points, c in sorted(kept, key=lambda pair: -pair[0])]
