"""Who may see an act: those who may see every one of the things that it touches."""

from dataclasses import dataclass
from typing import Any

from beffroi.journal import Act
from beffroi.logbook.content import highest
from beffroi.logbook.entry import Content


@dataclass(frozen=True, slots=True)
class Reach:
    """A protection marking and the caveats that all must be held."""

    marking: str
    caveats: tuple[str, ...] = ()

    def act(self, kind: str, entity: str, payload: Any) -> Act:
        """An act that these may see."""
        audience = "+".join(sorted(set(self.caveats)))
        return Act(
            kind=kind, entity=entity, payload=payload, marking=self.marking, audience=audience
        )


def reach(content: Content) -> Reach:
    """Who may see an entry that says this."""
    return Reach(content.marking, content.caveats)


def join(*several: Reach) -> Reach:
    """Who may see all of these: the highest marking and every caveat."""
    caveats = {caveat for one in several for caveat in one.caveats}
    return Reach(highest(*(one.marking for one in several)), tuple(sorted(caveats)))
