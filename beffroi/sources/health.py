"""How a source is: what a success, a failure and a silence make of its state, and what is said of it.

A pure rule: states in, states out.  A notice is given once when a source dies or falls silent, and
once when it is back; never at each try.
"""

from dataclasses import dataclass

import msgspec

from beffroi.observations import Health, SourceState
from beffroi.observations.states import HISTORY_KEPT
from beffroi.sources.definition import Source
from beffroi.text import _

DOWN_AFTER = 3
"""Tries in a row that may fail before a source is said to be down: a network blinks."""
DOWN_AFTER_S = 60
"""… and for how long at least it must have given nothing."""
UNHEARD_S = 300
"""How long the hub may say nothing of a source that it follows."""
GIVE_UP_AFTER = 10
"""Refusals in a row that only a person can mend (wrong key, page gone): then it is suspended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """A turn that went well at `at` (UTC ms).

    `changed` things were new, changed or gone; None when the source said that nothing changed.
    `newest` is the latest moment that it told of.  `problem`: read, but odd.
    """

    at: int
    took_ms: int = 0
    changed: int | None = None
    count: int = 0
    bytes: int = 0
    newest: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A turn that failed at `at`.

    `for_good`: the same request will never work; `last`: none will come by itself.
    """

    at: int
    sentence: str
    took_ms: int = 0
    for_good: bool = False
    last: bool = False


Step = tuple[SourceState, str]
"""The state, and the notice to give, "" for none."""


def succeeded(source: Source, state: SourceState, told: Success) -> Step:
    """What a success makes of the state."""
    new = state.last_new or told.at
    if told.changed or not state.last_new:
        new = told.at
    lag = max(0, told.at - told.newest) if told.newest is not None else state.lag_ms
    after = msgspec.structs.replace(
        state, last_try=told.at, last_ok=told.at, last_new=new, took_ms=told.took_ms, failures=0,
        problem=told.problem, lag_ms=lag,
    )  # fmt: skip
    if told.changed is not None:
        after = msgspec.structs.replace(
            after, last_data=told.at, count=told.count, bytes=told.bytes,
            history=[*state.history, told.changed][-HISTORY_KEPT:],
        )  # fmt: skip
    return _settled(source, after, told.at)


def failed(source: Source, state: SourceState, told: Failure) -> Step:
    """What a failure makes of the state: what was read stays, dated.

    One that never answered is late at once, and said to be down when it has failed enough.
    """
    failures = state.failures + 1
    after = msgspec.structs.replace(
        state, last_try=told.at, took_ms=told.took_ms, failures=failures, sentence=told.sentence
    )
    if told.for_good and failures >= GIVE_UP_AFTER:
        return _turned(source, after, "suspended", told.at)
    silent_ms = told.at - state.last_ok
    if told.last:
        return _turned(source, after, "down", told.at)
    if failures >= DOWN_AFTER and silent_ms >= DOWN_AFTER_S * 1000:
        return _turned(source, after, "down", told.at)
    if not state.last_ok and state.health == "ok":
        return msgspec.structs.replace(after, health="late", since=told.at), ""
    return _kept_or_late(source, after, told.at)


def looked_at(source: Source, state: SourceState, now: int) -> Step:
    """What time alone makes of the state: a silent source is late by its expected cadence."""
    if state.health in ("down", "suspended"):
        return state, ""
    return _kept_or_late(source, state, now)


def unheard(source: Source, state: SourceState, now: int) -> SourceState:
    """A source that the hub follows, of which it says nothing any more: late, without a word.

    The link to the hub has its own notice; a hundred more would say the same.
    """
    patience_ms = max(UNHEARD_S, 3 * source.refresh_s) * 1000
    if state.health != "ok" or not state.last_try or now - state.last_try <= patience_ms:
        return state
    sentence = _("Le centre n’en donne plus de nouvelles\u00a0: vérifiez la liaison.")
    return msgspec.structs.replace(state, health="late", since=now, sentence=sentence)


def suspended(source: Source, state: SourceState, now: int) -> SourceState:
    """Put to rest by a person: nothing is said of it."""
    rest = msgspec.structs.replace(state, by_hand=True, sentence="", told=False)
    return _turned(source, rest, "suspended", now)[0]


def stopped(state: SourceState, sentence: str, now: int) -> SourceState:
    """It cannot be followed as it is defined."""
    return msgspec.structs.replace(
        state, health="down", since=now, last_try=now, failures=state.failures + 1,
        sentence=sentence, next_at=0,
    )  # fmt: skip


def resumed(state: SourceState, now: int) -> SourceState:
    """Taken up again: as if new, with what it knew."""
    return msgspec.structs.replace(
        state, health="ok", since=now, by_hand=False, failures=0, sentence="", told=False, next_at=0,
        last_new=now if state.last_new else 0,
    )  # fmt: skip


def _settled(source: Source, state: SourceState, now: int) -> Step:
    """After a success: ok, or late when it answers without telling anything new."""
    if is_silent(source, state, now):
        return _turned(source, state, "late", now)
    return _turned(source, msgspec.structs.replace(state, sentence=""), "ok", now)


def _kept_or_late(source: Source, state: SourceState, now: int) -> Step:
    if state.health == "ok" and is_silent(source, state, now):
        return _turned(source, state, "late", now)
    return state, ""


def is_silent(source: Source, state: SourceState, now: int) -> bool:
    """Whether nothing new came for longer than expected; one that never told has that long to begin."""
    since = state.last_new or state.since
    return bool(source.expect_s and since and now - since > source.expect_s * 1000)


def _turned(source: Source, state: SourceState, health: Health, now: int) -> Step:
    """The state in `health`, and what is said of it: once."""
    before = state.health
    if before == health:
        return msgspec.structs.replace(state, since=state.since or now), ""
    sentence = state.sentence
    if health == "late" and not sentence:
        sentence = _(
            "Rien de nouveau depuis plus longtemps que prévu\u00a0: vérifiez chez l’émetteur."
        )
    after = msgspec.structs.replace(state, health=health, since=now, sentence=sentence)
    if health == "ok":
        said = _("La source «\u202f{title}\u202f» est revenue.") if state.told else ""
        return msgspec.structs.replace(after, told=False), said.format(title=source.title)
    if state.told or state.by_hand:
        return after, ""
    said = _notice(health, after).format(title=source.title, why=sentence)
    return msgspec.structs.replace(after, told=True), said


def _notice(health: Health, state: SourceState) -> str:
    if health == "late":
        return _("La source «\u202f{title}\u202f» est silencieuse\u00a0: ses données datent. {why}")
    if health == "suspended":
        return _("La source «\u202f{title}\u202f» est suspendue après trop de refus. {why}")
    if not state.last_data:
        return _("La source «\u202f{title}\u202f» n’a encore rien donné. {why}")
    return _(
        "La source «\u202f{title}\u202f» est en panne\u00a0: ses dernières données restent. {why}"
    )
