"""What one Mode S message says (ICAO Annex 10 vol. IV; Sun, “The 1090 MHz Riddle”).

Altitudes are in feet, speeds in knots, rates in feet per minute, tracks in degrees from true north:
the units that every receiver and every pilot uses.
"""

import math
from typing import NamedTuple

_POLYNOMIAL = 0xFFF409
_LETTERS = "?ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????"
_INTERROGATOR = 0x7F


class Velocity(NamedTuple):
    """Speed over the ground (or through the air), where to, how fast it climbs."""

    speed: float | None
    track: float | None
    rate: int | None


def downlink_format(message: bytes) -> int:
    """What kind of message it is: 17 is ADS-B; from 24 on, all are one."""
    return min(message[0] >> 3, 24)


def remainder(message: bytes) -> int:
    """The 24 bits that parity leaves: 0 for a sound ADS-B message, the address for a reply to a radar."""
    bits = len(message) * 8
    value = int.from_bytes(message, "big")
    for position in range(bits - 1, 23, -1):
        if value >> position & 1:
            value ^= (_POLYNOMIAL | 1 << 24) << position - 24
    return value


def address(message: bytes) -> str:
    """The address of the aircraft, six hexadecimal digits, as an announcement says it."""
    return message[1:4].hex()


def is_sound(message: bytes) -> bool:
    """Whether an announcement (11, 17 or 18) came whole."""
    left = remainder(message)
    return left == 0 or (downlink_format(message) == 11 and left <= _INTERROGATOR)


def reply_altitude(message: bytes) -> int | None:
    """The altitude of a reply 0, 4, 16 or 20."""
    return _altitude(int.from_bytes(message[2:4], "big") & 0x1FFF)


def squawk(message: bytes) -> str:
    """The four octal digits of a reply 5 or 21."""
    code = int.from_bytes(message[2:4], "big") & 0x1FFF
    c1, a1, c2, a2, c4, a4, _x, b1, d1, b2, d2, b4, d4 = (code >> 12 - n & 1 for n in range(13))
    return "".join(
        str(four * 4 + two * 2 + one)
        for four, two, one in ((a4, a2, a1), (b4, b2, b1), (c4, c2, c1), (d4, d2, d1))
    )


def callsign(me: int) -> str:
    """The eight letters of an identification."""
    return "".join(_LETTERS[me >> shift & 0x3F] for shift in range(42, -1, -6)).strip("? ")


def position_altitude(me: int) -> int | None:
    """The barometric altitude in an airborne position."""
    code = me >> 36 & 0xFFF
    return _altitude((code & 0xFC0) << 1 | code & 0x3F)


def velocity(me: int) -> Velocity:
    """What an airborne velocity (type 19) says."""
    subtype = me >> 48 & 7
    rate = (me >> 10 & 0x1FF) - 1
    climb = None if rate < 0 else (-64 if me >> 19 & 1 else 64) * rate
    quick = 4 if subtype in {2, 4} else 1
    if subtype in {1, 2}:
        return _over_ground(me, quick, climb)
    if subtype in {3, 4}:
        heading = (me >> 32 & 0x3FF) * 360 / 1024 if me >> 42 & 1 else None
        airspeed = (me >> 21 & 0x3FF) - 1
        return Velocity(None if airspeed < 0 else float(airspeed * quick), heading, climb)
    return Velocity(None, None, climb)


def _over_ground(me: int, quick: int, climb: int | None) -> Velocity:
    east, north = (me >> 32 & 0x3FF) - 1, (me >> 21 & 0x3FF) - 1
    if east < 0 or north < 0:
        return Velocity(None, None, climb)
    vx = east * quick * (-1 if me >> 42 & 1 else 1)
    vy = north * quick * (-1 if me >> 31 & 1 else 1)
    track = math.degrees(math.atan2(vx, vy)) % 360
    return Velocity(round(math.hypot(vx, vy), 1), round(track, 1), climb)


def _altitude(code: int) -> int | None:
    """Feet of a 13-bit altitude code; None when it says nothing, or metres (never used in the air)."""
    if not code or code & 0x40:
        return None
    if code & 0x10:
        return ((code & 0x1F80) >> 2 | (code & 0x20) >> 1 | code & 0xF) * 25 - 1000
    return _hundreds(code)


def _hundreds(code: int) -> int | None:
    """Feet of a Gillham code, in hundreds, for the oldest transponders."""
    c1, a1, c2, a2, c4, a4, _m, b1, _q, b2, d2, b4, d4 = (code >> 12 - n & 1 for n in range(13))
    five_hundreds = _gray((d2, d4, a1, a2, a4, b1, b2, b4))
    hundreds = _gray((c1, c2, c4))
    if hundreds in {0, 5, 6}:
        return None
    hundreds = 5 if hundreds == 7 else hundreds
    if five_hundreds % 2:
        hundreds = 6 - hundreds
    return five_hundreds * 500 + hundreds * 100 - 1300


def _gray(bits: tuple[int, ...]) -> int:
    value = last = 0
    for bit in bits:
        last ^= bit
        value = value << 1 | last
    return value
