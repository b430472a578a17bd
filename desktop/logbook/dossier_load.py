"""What the dossiers dock shows, read away from the main thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from beffroi.logbook.dossiers import Dossier
from beffroi.logbook.entry import Entry
from beffroi.logbook.figures import Indicator
from beffroi.node import Node

MOST_ENTRIES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDossier:
    """A dossier with its latest entries and its figures."""

    dossier: Dossier
    entries: tuple[Entry, ...]
    indicators: tuple[Indicator, ...]
    people: Mapping[str, str]

    def person(self, account: str) -> str:
        """The name of whoever holds an account."""
        return self.people.get(account, account)


def load_dossier(node: Node, uid: str) -> OpenDossier:
    """Read a dossier whole.

    Raises:
        BeffroiError: there is none.
    """
    dossier = node.logbook.dossier(uid)
    entries = [node.logbook.entry(entry) for entry in dossier.entries[-MOST_ENTRIES:]]
    entries.sort(key=lambda entry: entry.event_time)
    names = {account.name: account.display for account in node.accounts.all()}
    return OpenDossier(
        dossier=dossier,
        entries=tuple(entries),
        indicators=tuple(node.logbook.figures(uid)),
        people=names,
    )
