"""Reads and writes degrees: decimal, with minutes, or with minutes and seconds."""

import re
from dataclasses import dataclass

from beffroi.places.reading import Reading, on_globe
from beffroi.places.territories import in_france
from beffroi.text import language

_TOKEN = re.compile(r"[+-]?\d+(?:\.\d+)?|[A-Z]+|[°'\"]|[,;/|]")
_AXES = {"LAT": "lat", "LATITUDE": "lat", "LON": "lon", "LONG": "lon", "LONGITUDE": "lon"}
_SIDES = {"N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1), "O": ("lon", -1)}
_WORDS = (("NORD", "N"), ("SUD", "S"), ("OUEST", "O"), ("NORTH", "N"), ("SOUTH", "S"))
_MORE_WORDS = (("WEST", "W"), ("EAST", "E"), ("EST", "E"))
_NAMES = {1: "dd", 2: "ddm", 3: "dms"}


@dataclass
class _Angle:
    """Degrees, minutes and seconds as typed, and the axis when a letter tells it."""

    numbers: list[str]
    axis: str = ""
    sign: int = 1

    def value(self) -> float | None:
        """Degrees with their sign; None when it is no angle."""
        whole = self.numbers[:-1]
        smaller = [abs(float(n)) for n in self.numbers[1:]]
        if any("." in number for number in whole) or any(part >= 60 for part in smaller):
            return None
        if any(number.startswith(("-", "+")) for number in self.numbers[1:]):
            return None
        negative = self.numbers[0].startswith("-")
        if negative and self.axis and self.sign < 0:
            return None
        degrees = abs(float(self.numbers[0]))
        total: float = degrees + sum(part / 60.0 ** (i + 1) for i, part in enumerate(smaller))
        return -total if negative or self.sign < 0 else total


def read(text: str) -> list[Reading]:
    """What degrees the text may mean; latitude first unless letters or France say otherwise."""
    angles = _angles(_with_points(_with_letters(text)))
    if angles is None:
        return []
    first, second = angles
    one, two = first.value(), second.value()
    if one is None or two is None:
        return []
    system = _NAMES[max(len(first.numbers), len(second.numbers))]
    if first.axis or second.axis:
        if {first.axis, second.axis} != {"lat", "lon"}:
            return []
        lat, lon = (one, two) if first.axis == "lat" else (two, one)
        return _valid([(lon, lat)], system)
    as_typed, reverse = (two, one), (one, two)
    if in_france(*reverse) and not in_france(*as_typed):
        return _valid([reverse, as_typed], system)
    if on_globe(*as_typed):
        return _valid([as_typed], system)
    return _valid([reverse], system)


def _valid(pairs: list[tuple[float, float]], system: str) -> list[Reading]:
    return [Reading(lon, lat, system) for lon, lat in pairs if on_globe(lon, lat)]


def _with_letters(text: str) -> str:
    words = text.upper()
    for word, letter in _WORDS + _MORE_WORDS:
        words = re.sub(rf"\b{word}\b", letter, words)
    return re.sub(r"[()\[\]=:]|\bDEG(RÉS|RES)?\b", " ", words)


def _with_points(text: str) -> str:
    """Decimal commas turned into points, and commas that separate into spaces."""
    if "." in text:
        return text.replace(",", " ")
    spaced = re.split(r"[\s;/|]+|,\s+", text)
    if any(re.fullmatch(r"[^,]*\d,\d+[^,]*", part) for part in spaced) and len(spaced) > 1:
        return re.sub(r"(?<=\d),(?=\d)", ".", text).replace(",", " ")
    if found := re.fullmatch(r"\s*([+-]?\d+),(\d+),\s*([+-]?\d+),(\d+)\s*", text):
        return f"{found[1]}.{found[2]} {found[3]}.{found[4]}"
    return re.sub(r"(?<=['\"°NSEWO\d]),", " ", text) if text.count(",") == 1 else text


def _angles(text: str) -> tuple[_Angle, _Angle] | None:
    tokens = _TOKEN.findall(text)
    if _TOKEN.sub("", text).strip() or len(tokens) > 24:
        return None
    letters = [t for t in tokens if t.isalpha()]
    if any(t not in _SIDES and t not in _AXES for t in letters):
        return None
    halves = _by_letter(tokens) if letters else _by_mark(tokens)
    if halves is None or not all(1 <= len(h.numbers) <= 3 for h in halves):
        return None
    return halves


def _by_letter(tokens: list[str]) -> tuple[_Angle, _Angle] | None:
    """Each letter belongs to the numbers before it, or after it if the text starts with one."""
    letters_first = tokens[0].isalpha()
    found: list[_Angle] = []
    numbers: list[str] = []
    label = ""
    for token in tokens:
        if token.isalpha():
            if letters_first:
                if numbers:
                    found.append(_named(numbers, label))
                numbers, label = [], token
            else:
                found.append(_named(numbers, token))
                numbers = []
        elif token[-1].isdigit():
            numbers.append(token)
    if letters_first:
        found.append(_named(numbers, label))
    elif numbers:
        return None
    return (found[0], found[1]) if len(found) == 2 else None


def _named(numbers: list[str], label: str) -> _Angle:
    if label in _AXES:
        return _Angle(numbers, _AXES[label])
    axis, sign = _SIDES[label]
    return _Angle(numbers, axis, sign)


def _by_mark(tokens: list[str]) -> tuple[_Angle, _Angle] | None:
    """Without letters: cut before the second number of degrees, or in the middle."""
    numbers = [t for t in tokens if t[-1].isdigit()]
    degrees = [i for i, t in enumerate(tokens) if t == "°"]
    if len(degrees) == 2:
        before = sum(t[-1].isdigit() for t in tokens[: degrees[1]]) - 1
        return _Angle(numbers[:before]), _Angle(numbers[before:])
    if degrees or len(numbers) not in (2, 4, 6):
        return None
    if len(numbers) < 6 and not any("." in number for number in numbers):
        return None
    half = len(numbers) // 2
    return _Angle(numbers[:half]), _Angle(numbers[half:])


def write(lon: float, lat: float, system: str) -> str:
    """The position in degrees, with a decimal comma in French."""
    return f"{_written(lat, 'N', 'S', system)} {_written(lon, 'E', _west(), system)}"


def _west() -> str:
    return "O" if language() == "fr" else "W"


def _written(value: float, positive: str, negative: str, system: str) -> str:
    side = positive if value >= 0 else negative
    value = abs(value)
    if system == "dd":
        words = f"{value:.5f}°"
    elif system == "ddm":
        thousandths = round(value * 60_000)
        degrees, rest = divmod(thousandths, 60_000)
        words = f"{degrees}°{rest / 1000:06.3f}'"
    else:
        tenths = round(value * 36_000)
        degrees, rest = divmod(tenths, 36_000)
        minutes, seconds = divmod(rest, 600)
        words = f"{degrees}°{minutes:02d}'{seconds / 10:04.1f}\""
    return f"{words.replace('.', ',') if language() == 'fr' else words} {side}"
