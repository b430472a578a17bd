"""Random days in a crisis room, for tests that say always and never."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.entry import Content, LinkKind, Nature, Qualification
from beffroi.node import Node

WORDS = st.sampled_from(["Incendie", "train arrêté", "œdème", "", "  ", "ça brûle à l’Élysée", "x"])
FAIR = {
    "gravity": st.integers(0, 4),
    "tags": st.lists(st.sampled_from(["TRA.FERRE", "SEC.OP", "MET"]), max_size=3),
    "place": st.sampled_from(["Bobigny", "Saint-Denis"]),
    "key_event": st.booleans(),
    "nature": st.sampled_from(list(Nature)),
}
FOUL = {
    "gravity": st.integers(-1, 5),
    "text": st.just("autre texte"),
    "event_time": st.sampled_from([None, 1, 1_721_980_000_000]),
    "lon": st.sampled_from([None, 2.35, 200.0]),
    "lat": st.sampled_from([None, 48.85]),
    "credibility": st.integers(1, 6),
    "marking": st.sampled_from(["NP", "DR", "DR_SF"]),
    "parent": st.just("x"),
    "attachments": st.just([]),
}
CHANGES = st.fixed_dictionaries({}, optional=FAIR) | st.fixed_dictionaries(
    {}, optional={**FAIR, **FOUL}
)
CONTENTS = st.builds(
    Content,
    text=WORDS,
    gravity=st.integers(0, 4),
    tags=st.lists(st.sampled_from(["TRA.FERRE", "SEC.OP"]), max_size=2).map(tuple),
    event_time=st.sampled_from([None, 1_721_980_000_000]),
    lon=st.sampled_from([None, 2.35]),
    lat=st.sampled_from([None, 48.85]),
    place=st.sampled_from(["", "Bobigny"]),
    organisation=st.sampled_from(["", "SNCF", "DGGN"]),
)
ACTS = st.sampled_from(
    [
        "publish", "publish", "publish", "complete", "correct", "void", "qualify", "qualify",
        "link", "unlink", "dossier", "edit", "figure", "arbitrate", "ask", "answer", "wait",
    ]
)  # fmt: skip


@dataclass(slots=True)
class Room:
    """A node on which random acts happen; those that break a rule are refused, as at the desk."""

    node: Node
    people: tuple[Identity, ...]
    forward: Callable[[float], None]

    def uids(self, table: str) -> list[str]:
        with self.node.store.read() as connection:
            return [r[0] for r in connection.execute(f"SELECT uid FROM {table} ORDER BY uid")]

    def act(self, kind: str, data: st.DataObject) -> None:
        with suppress(BeffroiError):
            getattr(self, f"_{kind}")(data)

    def _one(self, data: st.DataObject, table: str) -> str:
        uids = self.uids(table) or ["nowhere"]
        return uids[data.draw(st.integers(0, 10_000)) % len(uids)]

    def _who(self, data: st.DataObject) -> Identity:
        return data.draw(st.sampled_from(self.people))

    def _publish(self, data: st.DataObject) -> None:
        self.node.logbook.publish(data.draw(CONTENTS), self._who(data))

    def _complete(self, data: st.DataObject) -> None:
        self.node.logbook.complete(self._one(data, "entry"), data.draw(CONTENTS), self._who(data))

    def _correct(self, data: st.DataObject) -> None:
        uid, content = self._one(data, "entry"), data.draw(CONTENTS)
        self.node.logbook.correct(uid, content, data.draw(WORDS), self._who(data))

    def _void(self, data: st.DataObject) -> None:
        self.node.logbook.void(self._one(data, "entry"), data.draw(WORDS), self._who(data))

    def _qualify(self, data: st.DataObject) -> None:
        uid, changes = self._one(data, "entry"), data.draw(CHANGES)
        level = data.draw(st.none() | st.sampled_from(list(Qualification)))
        self.node.logbook.qualify(uid, changes, self._who(data), qualification=level)

    def _tie(self, data: st.DataObject) -> tuple[Any, ...]:
        kind = data.draw(st.sampled_from(list(LinkKind)))
        return self._one(data, "entry"), kind, self._one(data, "entry"), self._who(data)

    def _link(self, data: st.DataObject) -> None:
        self.node.logbook.link(*self._tie(data))

    def _unlink(self, data: st.DataObject) -> None:
        chosen, who = data.draw(st.integers(0, 10_000)), self._who(data)
        with self.node.store.read() as connection:
            ties = connection.execute("SELECT source, kind, target FROM entry_link").fetchall()
        if ties:
            source, kind, target = ties[chosen % len(ties)]
            self.node.logbook.unlink(source, LinkKind(kind), target, who)

    def _dossier(self, data: st.DataObject) -> None:
        self.node.logbook.open_dossier(
            data.draw(WORDS), [self._one(data, "entry")], data.draw(st.integers(0, 5)),
            self._who(data),
        )  # fmt: skip

    def _edit(self, data: st.DataObject) -> None:
        uid = self._one(data, "dossier")
        self.node.logbook.edit_dossier(
            uid, self._who(data), add=[self._one(data, "entry")],
            remove=[self._one(data, "entry")], title=data.draw(WORDS),
        )  # fmt: skip

    def _figure(self, data: st.DataObject) -> None:
        self.node.logbook.record_figure(
            self._one(data, "dossier"), "UA", data.draw(st.sampled_from(["1", "2", ""])), "",
            data.draw(st.sampled_from(["SAMU", "SDIS"])), data.draw(st.integers(0, 9)),
            self._who(data),
        )  # fmt: skip

    def _arbitrate(self, data: st.DataObject) -> None:
        dossier, figure = self._one(data, "dossier"), self._one(data, "figure")
        self.node.logbook.arbitrate(dossier, "UA", "2", "recoupé", [figure], self._who(data))

    def _ask(self, data: st.DataObject) -> None:
        due = data.draw(st.none() | st.integers(0, 9))
        self.node.logbook.open_followup(
            self._one(data, "entry"), "OL-SNCF", due, data.draw(WORDS), self._who(data)
        )

    def _answer(self, data: st.DataObject) -> None:
        status = data.draw(st.sampled_from(["open", "acknowledged", "done", "dropped", "?"]))
        self.node.logbook.update_followup(
            self._one(data, "followup"), status, self._who(data), data.draw(WORDS)
        )

    def _wait(self, data: st.DataObject) -> None:
        self.forward(data.draw(st.sampled_from([0.001, 1, 3600, -5])))
