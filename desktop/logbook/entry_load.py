"""Everything the reading panel shows of an entry, read in one go away from the main thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from beffroi.logbook.arrivals import first_names
from beffroi.logbook.entry import Entry
from beffroi.logbook.reading import Version
from beffroi.logbook.thread import Thread
from beffroi.node import Node
from beffroi.sync.delivery import deliveries
from beffroi.sync.status import Delivery
from desktop.logbook.beside import without


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry with its surroundings and its history."""

    thread: Thread
    versions: tuple[Version, ...]
    people: Mapping[str, str]
    corroboration: Entry | None = None
    delivery: Delivery | None = None
    first_names: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return self.thread.entry

    def person(self, account: str) -> str:
        """The name of whoever holds an account."""
        return self.people.get(account, account)


def load(node: Node, uid: str, others: Mapping[str, str] | None = None) -> Seen:
    """Read an entry and what surrounds it; with a hub, how far it has come too.

    `others` are the names of people met over the hub, by account; None without one.

    Raises:
        BeffroiError: there is no such entry.
    """
    thread = node.logbook.thread(uid)
    other = thread.entry.content.corroborated_by
    return Seen(
        thread=thread,
        versions=tuple(node.logbook.history(uid)),
        people={**(others or {}), **{one.name: one.display for one in node.accounts.all()}},
        corroboration=node.logbook.entry(other) if other else None,
        delivery=None if others is None else _delivery(node, uid),
        first_names=tuple(first_names(node.store, uid)),
    )


def _delivery(node: Node, uid: str) -> Delivery | None:
    """How far it has come; whoever asks knows that they have seen it themselves."""
    found = deliveries(node.store, (uid,)).get(uid)
    return None if found is None else without(found, node.who.account)
