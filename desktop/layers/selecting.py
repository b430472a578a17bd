"""Runs a selection in the background: what is looked for, near what, since when; and its result."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from numpy.typing import NDArray

from beffroi.layers.calques import Calque
from beffroi.layers.drawing.geometries import geometries_on
from beffroi.layers.mercator import degrees_of
from beffroi.layers.selecting import Reference, Relation, entries_near, near, objects, read
from beffroi.node import Node
from beffroi.observations import Where
from beffroi.plugin import Geometry

Target = Literal["calque", "entries"]
_WHOLE = 20_000
"""So many objects of a calque serve as a reference at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.  The reference is `geometries`, or all that the calque `around` shows.

    `around_uid` names that calque.
    """

    target: Target
    calque: Calque
    relation: Relation
    metres: float = 0.0
    recent_s: int = 0
    geometries: Sequence[Geometry] = field(default=())
    around: Calque | None = None
    around_uid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """Its answer: rids of observations of the calque `uid`, or of entries; and in words."""

    uid: str
    target: Target
    words: str
    rids: tuple[int, ...] = ()


def answer(node: Node, question: Question, uid: str, words: str) -> Selected:
    """Look for it; slow, for the background."""
    drawn = _reference(node, question)
    if not len(drawn):
        return Selected(uid=uid, target=question.target, words=words)
    reference = Reference(drawn)
    since = node.clock.now() - question.recent_s * 1000 if question.recent_s else None
    if question.target == "entries":
        return _entries(node, question, reference, since, uid, words)
    where = question.calque.filter
    if since is not None:
        where = (*where, Where("@time", ">=", since))
    found = near(
        node.observations, question.calque.source, reference, question.relation,
        question.metres, where, question.calque.rids or None,
    )  # fmt: skip
    rids = tuple(int(rid) for rid in found.rids)
    return Selected(uid=uid, target="calque", words=words, rids=rids)


def _reference(node: Node, question: Question) -> NDArray[Any]:
    around = question.around
    if around is None:
        return read(question.geometries)
    if around.kind == "drawing":
        return read(geometries_on(node.sheets, question.around_uid))
    only = around.rids or None
    return objects(node.observations, around.source, around.filter, only)[1][:_WHOLE]


def _entries(
    node: Node, question: Question, reference: Reference, since: int | None, uid: str, words: str
) -> Selected:
    if not node.points.loaded:
        node.points.load()
    held = node.points.columns(since=since)
    lon, lat = degrees_of(held.x, held.y)
    found = entries_near(held.rid, lon, lat, reference, question.relation, question.metres)
    rids = tuple(int(rid) for rid in found.rids)
    return Selected(uid=uid, target="entries", words=words, rids=rids)
