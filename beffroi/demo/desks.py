"""What each demo person finds at their desk: what they have read, the searches they keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from beffroi.demo.cast import WITH_SECRET
from beffroi.demo.days import END, MINUTE
from beffroi.demo.steps import Stage, Step
from beffroi.logbook.personal import Personal

_VIEWS: tuple[tuple[str, str], ...] = (
    ("Faits marquants", "★"),
    ("Gravité 3 et plus", "gravité>=3"),
    ("À qualifier", "statut:brute"),
    ("Suites en retard", "suite:retard"),
    ("26 juillet, ferré", "étiquette:TRA.FERRE depuis:26/07/2024 avant:27/07/2024"),
    ("Autour du Stade de France", 'près:"Stade de France" 1km'),
)
_OWN: dict[str, tuple[tuple[str, str], ...]] = {
    "m.leroy": (("Mes entrées", "poste:OL-SNCF"),),
    "a.benali": (("Mes entrées", "poste:OL-DGGN"), ("Malveillance", "étiquette:SEC.MALVEILLANCE")),
    "s.petit": (("Rumeurs", "étiquette:MED.RUMEUR"), ("Désinformation", "étiquette:MED.DESINFORMATION")),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchUp:
    """Someone reads everything so far."""

    at: int
    account: str

    def play(self, stage: Stage) -> None:
        """Mark all read."""
        node = stage.node
        Personal(node.store, self.account, node.clock).mark_all_read()


def caught_up(rng: Random) -> Iterator[Step]:
    """Everyone was up to date some minutes before the end of the demo."""
    for account in WITH_SECRET:
        yield CatchUp(at=END - rng.randint(8, 25) * MINUTE, account=account)


def keep_views(stage: Stage) -> None:
    """The searches of each person, in order.

    One by one: a view is placed after those already stored.
    """
    node = stage.node
    for account in WITH_SECRET:
        personal = Personal(node.store, account, node.clock)
        for name, query in _VIEWS + _OWN.get(account, ()):
            personal.save_view(name, query)


VIEWS = (*_VIEWS, *(view for views in _OWN.values() for view in views))
