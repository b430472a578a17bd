"""What people at a desk do, drawn by a seed: publish, correct, qualify, tie, gather, count, ask."""

from collections.abc import Callable
from contextlib import suppress
from random import Random

import msgspec

from beffroi.access.buckets import MARKINGS
from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Entry, LinkKind
from beffroi.logbook.sheet_operations import SHEETS
from beffroi.node import Node

WORDS = ("pont", "foule", "gare", "fumée", "coupure", "vent", "métro", "barrage", "RAS", "renfort")
TAGS = ("TRA.FERRE", "SEC.TROUBLE", "MET.VENT", "RES.ELEC", "SDC.MALAISE")


class Hands:
    """One person at one desk; the newest three entries are everybody's concern."""

    def __init__(self, node: Node, who: Identity, seed: int) -> None:
        self._node = node
        self._who = who
        self._chance = Random(seed)

    def do_something(self) -> None:
        """One act; what the rules refuse (a void entry, nothing to change) is not done."""
        acts: list[Callable[[], object]] = [
            self._publish, self._publish, self._correct, self._correct, self._qualify,
            self._qualify, self._qualify, self._void, self._link, self._dossier, self._edit,
            self._figure, self._ask, self._answer, self._restrict, self._sheet, self._sheet, self._drop,
            self._share, self._move_sheet,
        ]  # fmt: skip
        with suppress(BeffroiError):
            self._chance.choice(acts)()

    def _words(self) -> str:
        return " ".join(self._chance.choices(WORDS, k=self._chance.randint(1, 6)))

    def _entry(self) -> Entry:
        with self._node.store.read() as connection:
            rows = connection.execute("SELECT rid FROM entry ORDER BY uid DESC LIMIT 3").fetchall()
        if not rows:
            return self._publish()
        return self._node.logbook.entry_at(self._chance.choice(rows)[0])

    def _dossier_uid(self) -> str:
        found = self._node.logbook.dossiers()
        return self._chance.choice(found).uid if found else self._dossier()

    def _publish(self) -> Entry:
        place = {"lon": 2.3, "lat": 48.8} if self._chance.random() < 0.5 else {}
        content = Content(text=self._words(), gravity=self._chance.randint(0, 4), **place)
        return self._node.logbook.publish(content, self._who)

    def _correct(self) -> None:
        entry = self._entry()
        content = msgspec.structs.replace(
            entry.content, text=self._words(), place=self._chance.choice(WORDS)
        )
        self._node.logbook.correct(entry.uid, content, "précision", self._who)

    def _qualify(self) -> None:
        changes = self._chance.choice(
            [
                {"gravity": self._chance.randint(0, 4)},
                {"tags": self._chance.sample(TAGS, self._chance.randint(0, 3))},
                {"for_action": self._chance.sample(WORDS, 2), "key_event": True},
            ]
        )
        self._node.logbook.qualify(self._entry().uid, changes, self._who)

    def _void(self) -> None:
        if self._chance.random() < 0.2:
            self._node.logbook.void(self._entry().uid, "erreur", self._who)

    def _restrict(self) -> None:
        if self._chance.random() < 0.3:
            self._node.logbook.qualify(self._entry().uid, {"marking": "DR_SF"}, self._who)

    def _link(self) -> None:
        kind = self._chance.choice(list(LinkKind))
        self._node.logbook.link(self._entry().uid, kind, self._entry().uid, self._who)

    def _dossier(self) -> str:
        made = self._node.logbook.open_dossier(self._words(), [self._entry().uid], 2, self._who)
        return made.uid

    def _edit(self) -> None:
        changes = self._chance.choice(
            [{"title": self._words()}, {"add": [self._entry().uid]},
             {"remove": [self._entry().uid]}, {"status": "monitored"}]
        )  # fmt: skip
        self._node.logbook.edit_dossier(self._dossier_uid(), self._who, **changes)

    def _figure(self) -> None:
        self._node.logbook.record_figure(
            self._dossier_uid(), "blessés", str(self._chance.randint(0, 9)), "", self._who.post,
            self._node.clock.now(), self._who,
        )  # fmt: skip

    def _ask(self) -> None:
        self._node.logbook.open_followup(self._entry().uid, "Poste 1", None, "vérifier", self._who)

    def _sheet(self) -> None:
        kind = self._chance.choice(SHEETS)
        taken = {self._chance.choice(["a", "b"]): None} if self._chance.random() < 0.2 else {}
        fields = {"title": self._words(), self._chance.choice(["a", "b"]): self._chance.random()}
        self._node.sheets.put(kind, fields | taken, self._who, uid=f"{kind}-partage", shared=True)

    def _share(self) -> None:
        kind = self._chance.choice(SHEETS)
        own = self._node.sheets.put(kind, {"title": self._words()}, self._who)
        if self._chance.random() < 0.5:
            self._node.sheets.share(own.uid, self._who, marking=self._chance.choice(MARKINGS))

    def _move_sheet(self) -> None:
        kind = self._chance.choice(SHEETS)
        self._node.sheets.put(
            kind, {"b": self._words()}, self._who, uid=f"{kind}-partage", shared=True,
            marking=self._chance.choice(MARKINGS),
        )  # fmt: skip

    def _drop(self) -> None:
        self._node.sheets.drop(f"{self._chance.choice(SHEETS)}-partage", self._who)

    def _answer(self) -> None:
        for followup in self._node.logbook.followups():
            self._node.logbook.update_followup(followup.uid, "acknowledged", self._who)
            return
