"""Gathers Mode S messages into aircraft: where each is, how high, where to, under which name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from plugins.adsb import cpr, modes
from plugins.adsb.framing import Frame

_T = TypeVar("_T", int, float)
_PAIR_SECONDS = 10.0
_ANNOUNCEMENTS = (11, 17, 18)
_EXTENDED = (17, 18)
_ALTITUDE_REPLIES = (0, 4, 16, 20)
_IDENTITY_REPLIES = (5, 21)


@dataclass
class Aircraft:
    """What is known of one aircraft, from all its messages; names are those of readsb."""

    hex: str
    messages: int = 0
    flight: str = ""
    squawk: str = ""
    alt_baro: int | None = None
    gs: float | None = None
    track: float | None = None
    baro_rate: int | None = None
    position: tuple[float, float] | None = None
    _halves: dict[bool, tuple[float | None, cpr.Half]] = field(default_factory=dict)

    def hear_position(self, seconds: float | None, me: int) -> None:
        """Take half a position; with a fresh other half, know the whole."""
        now = cpr.half(me)
        other = self._halves.get(not now.odd)
        self._halves[now.odd] = (seconds, now)
        if other is None or not _close(other[0], seconds):
            return
        self.position = cpr.position(other[1], now) or self.position


@dataclass
class Sky:
    """All aircraft heard, and the messages that told nothing sure."""

    aircraft: dict[str, Aircraft] = field(default_factory=dict)
    messages: int = 0
    unsure: int = 0

    def hear(self, frames: Iterable[Frame]) -> None:
        """Take all `frames`; those of unknown aircraft, or that came broken, are counted as unsure."""
        for frame in frames:
            self.messages += 1
            known = self._sender(frame.payload)
            if known is None:
                self.unsure += 1
            else:
                known.messages += 1
                _learn(known, frame)

    def _sender(self, message: bytes) -> Aircraft | None:
        """Who sent it.  A reply to a radar is believed only from who announced itself before."""
        if modes.downlink_format(message) not in _ANNOUNCEMENTS:
            return self.aircraft.get(f"{modes.remainder(message):06x}")
        if not modes.is_sound(message):
            return None
        who = modes.address(message)
        return self.aircraft.setdefault(who, Aircraft(who))


def _learn(known: Aircraft, frame: Frame) -> None:
    message = frame.payload
    kind = modes.downlink_format(message)
    if kind in _EXTENDED:
        _learn_announced(known, frame.seconds, int.from_bytes(message[4:11], "big"))
    elif kind in _ALTITUDE_REPLIES:
        known.alt_baro = _newer(modes.reply_altitude(message), known.alt_baro)
    elif kind in _IDENTITY_REPLIES:
        known.squawk = modes.squawk(message)


def _learn_announced(known: Aircraft, seconds: float | None, me: int) -> None:
    type_code = me >> 51
    if 1 <= type_code <= 4:
        known.flight = modes.callsign(me) or known.flight
    elif 9 <= type_code <= 18:
        known.alt_baro = _newer(modes.position_altitude(me), known.alt_baro)
        known.hear_position(seconds, me)
    elif 20 <= type_code <= 22:
        known.hear_position(seconds, me)
    elif type_code == 19:
        speed, track, rate = modes.velocity(me)
        known.gs, known.track = _newer(speed, known.gs), _newer(track, known.track)
        known.baro_rate = _newer(rate, known.baro_rate)


def _newer(told: _T | None, known: _T | None) -> _T | None:
    return known if told is None else told


def _close(earlier: float | None, later: float | None) -> bool:
    """Whether two halves are of one place; without a clock, neighbours are believed."""
    return earlier is None or later is None or abs(later - earlier) <= _PAIR_SECONDS
