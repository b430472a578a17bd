"""Publishing a quick line: one job on the store lane, then the number or a sentence."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from beffroi.errors import BeffroiError
from beffroi.logbook.content import checked
from beffroi.logbook.entry import Content, Entry
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook.writing.lookups import Lookups


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to publish.  `place_words` and `corroborating` are still to be looked up."""

    uid: str
    content: Content
    place_words: str = ""
    corroborating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What to put in the place of what an entry said, and why; `draft` goes away with it."""

    uid: str
    content: Content
    reason: str
    draft: str


class Publisher:
    """Sends orders to the store lane; the draft goes away with the entry it became."""

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        self._desk, self._lookups = desk, lookups

    def check(self, order: Order) -> None:
        """Refuse at once what the rules would refuse.

        Raises:
            BeffroiError: says what to change.
        """
        content = order.content
        if order.corroborating:
            content = msgspec.structs.replace(content, corroborated_by="?")
        checked(content)

    def publish(
        self,
        order: Order,
        done: Callable[[Entry], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Publish, off the main thread."""
        self._desk.tasks.run(lambda: self._publish(order), done, failed, touches_store=True)

    def correct(
        self,
        change: Correction,
        done: Callable[[Entry], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Correct an entry, off the main thread."""
        node = self._desk.node

        def work() -> Entry:
            with node.store.write():
                node.personal.drop_draft(change.draft)
                return node.logbook.correct(change.uid, change.content, change.reason, node.who)

        self._desk.tasks.run(work, done, failed, touches_store=True)

    def _publish(self, order: Order) -> Entry:
        node = self._desk.node
        content = self._complete(order)
        with node.store.write():  # one transaction: the draft never outlives the entry
            node.personal.drop_draft(order.uid)
            if content.parent:
                return node.logbook.complete(content.parent, content, node.who, uid=order.uid)
            return node.logbook.publish(content, node.who, uid=order.uid)

    def _complete(self, order: Order) -> Content:
        content = order.content
        if order.place_words:
            choice = self._lookups.locate(order.place_words)
            if choice is not None:
                sentence = content.text.replace(f"@{order.place_words}", order.place_words, 1)
                placed = {**choice.values, "geo_precision": choice.precision}
                content = msgspec.structs.replace(content, text=sentence, **placed)
        if content.lon is not None and content.lat is not None and not content.commune:
            commune = self._desk.node.places.nearest_commune(content.lon, content.lat)
            name = "" if commune is None else commune.name
            content = msgspec.structs.replace(content, commune=name)
        if order.corroborating:
            other = self._desk.node.logbook.by_number(order.corroborating)
            if other is None:
                raise BeffroiError(
                    _(
                        "L’entrée n° {number} n’existe pas : vérifiez le numéro qui corrobore."
                    ).format(number=order.corroborating)
                )
            content = msgspec.structs.replace(content, corroborated_by=other.uid)
        return content
