"""Figures of a dossier: contradictory values stay side by side until a person arbitrates."""

from collections.abc import Sequence
from typing import Any

import msgspec

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import Act, Identity, Journal, Operation
from beffroi.logbook import dossiers
from beffroi.logbook import operations as ops
from beffroi.logbook.acts import acts_on
from beffroi.logbook.changes import DossierChanged
from beffroi.logbook.content import clean
from beffroi.logbook.facets import fold
from beffroi.logbook.merge import Kept, cases, kinds
from beffroi.logbook.part import Part, needed, reason_given
from beffroi.logbook.reach import join, reach
from beffroi.logbook.rules import check_length
from beffroi.store import Connection
from beffroi.text import _

_FIGURE = "uid, indicator, value, unit, source, as_of, provisional, note, entry, at, author"
_ARBITRATION = "uid, indicator, kept, reason, figures, at, author"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A value as said by `source` as of `as_of` (UTC ms)."""

    uid: str
    indicator: str
    value: str
    unit: str
    source: str
    as_of: int
    provisional: bool
    note: str
    entry: str
    at: int
    author: str


class Arbitration(msgspec.Struct, frozen=True, kw_only=True):
    """The wording kept for an indicator, why, and the figures that were weighed."""

    uid: str
    indicator: str
    kept: str
    reason: str
    figures: tuple[str, ...]
    at: int
    author: str


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator of a dossier: its figures, the newest first, and the last arbitration.

    In conflict when sources differ on their latest value and nobody has weighed them yet.
    """

    name: str
    figures: tuple[Figure, ...]
    arbitration: Arbitration | None
    conflict: bool


def register(journal: Journal) -> None:
    """Answer for the operations on figures."""
    journal.handle(ops.FIGURE_RECORD, _record)
    journal.handle(ops.FIGURE_ARBITRATE, _arbitrate)


def _record(connection: Connection, operation: Operation) -> list[Change]:
    uid = operation.entity
    return show_figure(connection, uid, acts_on(connection, kinds.FIGURE, uid))


def show_figure(connection: Connection, uid: str, acts: Sequence[Kept]) -> list[Change]:
    """Make the row of a figure what `acts` say: what its first act recorded."""
    found = cases.figure(acts)
    if found is None:
        return []
    act, f = found
    connection.execute(
        f"INSERT OR REPLACE INTO figure (dossier, {_FIGURE}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (f.dossier, uid, f.indicator, f.value, f.unit, f.source, f.as_of, f.provisional,
         f.note, f.entry, act.made_at, act.author),
    )  # fmt: skip
    return [DossierChanged(dossier=f.dossier)]


def _arbitrate(connection: Connection, operation: Operation) -> list[Change]:
    uid = operation.entity
    return show_arbitration(connection, uid, acts_on(connection, kinds.ARBITRATION, uid))


def show_arbitration(connection: Connection, uid: str, acts: Sequence[Kept]) -> list[Change]:
    """Make the row of an arbitration what `acts` say: what its first act settled."""
    found = cases.arbitration(acts)
    if found is None:
        return []
    act, a = found
    connection.execute(
        f"INSERT OR REPLACE INTO arbitration (dossier, {_ARBITRATION}) VALUES (?,?,?,?,?,?,?,?)",
        (a.dossier, uid, a.indicator, a.kept, a.reason, " ".join(a.figures), act.made_at,
         act.author),
    )  # fmt: skip
    return [DossierChanged(dossier=a.dossier)]


class Figures(Part):
    """Recording values and settling between them."""

    def record_figure(
        self,
        dossier: str,
        indicator: str,
        value: str,
        unit: str,
        source: str,
        as_of: int,
        who: Identity,
        *,
        provisional: bool = False,
        note: str = "",
        entry: str = "",
        uid: str = "",
    ) -> Figure:
        """Keep that `source` gave `value` for `indicator` as of `as_of` (UTC ms).

        Raises:
            BeffroiError: no indicator, value or source, unknown dossier or entry.
        """
        uid = uid or uuid7(self._clock.now())
        payload = ops.RecordFigure(
            dossier=dossier, indicator=_word(indicator), value=_word(value), unit=_word(unit),
            source=_word(source), as_of=as_of, provisional=provisional, note=_word(note),
            entry=entry,
        )  # fmt: skip
        if not (payload.indicator and payload.value and payload.source):
            raise BeffroiError(
                _("Un chiffre a besoin d’un indicateur, d’une valeur et d’une source : complétez.")
            )

        def acts(connection: Connection) -> list[Act]:
            dossiers.one(connection, dossier)
            sight = dossiers.reach_of(connection, dossier)
            if entry:
                sight = join(sight, reach(needed(connection, entry).content))
            return [sight.act(ops.FIGURE_RECORD, uid, payload)]

        return self._kept(acts, who, lambda connection: _figures(connection, "uid = ?", uid)[0])

    def arbitrate(
        self,
        dossier: str,
        indicator: str,
        kept: str,
        reason: str,
        figures: Sequence[str],
        who: Identity,
    ) -> Arbitration:
        """Settle on a wording (« 3 à 5 blessés ») for an indicator; the figures all stay.

        Raises:
            BeffroiError: no wording, no reason, or an indicator without figures.
        """
        uid = uuid7(self._clock.now())
        kept, reason = _word(kept), reason_given(reason)
        if not kept:
            raise BeffroiError(_("Écrivez la valeur retenue avant d’arbitrer."))

        def acts(connection: Connection) -> list[Act]:
            known = {f.uid for f in _figures(connection, "dossier = ?", dossier)}
            if not figures or not known.issuperset(figures):
                raise BeffroiError(_("Choisissez les chiffres pesés parmi ceux du dossier."))
            payload = ops.Arbitrate(
                dossier=dossier, indicator=_word(indicator), kept=kept, reason=reason,
                figures=tuple(figures),
            )  # fmt: skip
            sight = dossiers.reach_of(connection, dossier)
            return [sight.act(ops.FIGURE_ARBITRATE, uid, payload)]

        return self._kept(
            acts, who, lambda connection: _arbitrations(connection, "uid = ?", uid)[0]
        )

    def figures(self, dossier: str) -> list[Indicator]:
        """The indicators of a dossier, in the order in which they first came up."""
        with self._store.read() as connection:
            figures = _figures(connection, "dossier = ?", dossier)
            settled = _arbitrations(connection, "dossier = ?", dossier)
        by_name: dict[str, list[Figure]] = {}
        for figure in figures:
            by_name.setdefault(fold(figure.indicator), []).append(figure)
        ordered = sorted(by_name.items(), key=lambda item: min(f.at for f in item[1]))
        return [_indicator(name, group, settled) for name, group in ordered]


def _indicator(name: str, figures: list[Figure], settled: list[Arbitration]) -> Indicator:
    last = next((a for a in settled if fold(a.indicator) == name), None)
    latest: dict[str, Figure] = {}
    for figure in figures:
        latest.setdefault(fold(figure.source), figure)
    differ = len({(fold(f.value), fold(f.unit)) for f in latest.values()}) > 1
    weighed = last is not None and {f.uid for f in latest.values()} <= set(last.figures)
    return Indicator(
        name=figures[-1].indicator,
        figures=tuple(figures),
        arbitration=last,
        conflict=differ and not weighed,
    )


def _figures(connection: Connection, where: str, *values: Any) -> list[Figure]:
    rows = connection.execute(
        f"SELECT {_FIGURE} FROM figure WHERE {where} ORDER BY as_of DESC, at DESC, uid DESC", values
    )
    names = Figure.__struct_fields__
    return [
        msgspec.convert(dict(zip(names, row, strict=True)), Figure, strict=False) for row in rows
    ]


def _arbitrations(connection: Connection, where: str, *values: Any) -> list[Arbitration]:
    rows = connection.execute(
        f"SELECT {_ARBITRATION} FROM arbitration WHERE {where} ORDER BY at DESC, uid DESC", values
    )
    return [
        Arbitration(uid=uid, indicator=name, kept=kept, reason=reason,
                    figures=tuple(figures.split()), at=at, author=author)
        for uid, name, kept, reason, figures, at, author in rows
    ]  # fmt: skip


def _word(text: str) -> str:
    return check_length(clean(text))
