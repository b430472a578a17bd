"""Turns the sentence models of `resources/demo` into what an officer would have written."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from beffroi.demo.seeds import Spot, folder
from beffroi.logbook.entry import Channel, Nature

_INNERMOST = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(\d+)-(\d+)")
_CLOCK = re.compile(r"h([+-]\d+)")
_THIN, _HARD = "\u202f", "\u00a0"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A model of sentence: who may write it, about what kind of place, how grave it can be."""

    post: str
    channels: tuple[Channel, ...]
    where: str
    tags: tuple[str, ...]
    gravities: tuple[int, ...]
    hours: range
    nature: Nature
    text: str
    weight: float

    def at_hour(self, hour: int) -> bool:
        """Whether people write this at that hour; a range may go through midnight."""
        return hour in self.hours or hour + 24 in self.hours


def load() -> tuple[Phrase, ...]:
    """Every model, the weight of its post shared among them."""
    blocks: list[tuple[list[str], list[list[str]]]] = []
    for line in (folder() / "phrases.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            blocks.append((line[2:].rsplit(" ", 2), []))
        elif line.strip() and not line.startswith("#"):
            blocks[-1][1].append([part.strip() for part in line.split(" | ", 4)])
    return tuple(
        _phrase(head, fields, len(phrases)) for head, phrases in blocks for fields in phrases
    )


def _phrase(head: list[str], fields: list[str], siblings: int) -> Phrase:
    post, weight, channels = head
    where, tags, gravity, nature, text = fields
    gravity, _at, hours = gravity.partition("@")
    first, last = (int(h) for h in hours.split("-")) if hours else (0, 23)
    return Phrase(
        post=post,
        channels=tuple(Channel(c) for c in channels.split(",")),
        where=where,
        tags=tuple(tags.split(",")),
        gravities=tuple(int(g) for g in gravity),
        hours=range(first, (last if last >= first else last + 24) + 1),
        nature=Nature(nature),
        text=text,
        weight=float(weight) / siblings * (0.14 if where == "-" else 1.0),
    )


def say(model: str, rng: Random, at: datetime, spot: Spot | None) -> str:
    """The sentence that `model` makes at a moment (in local time) about a place."""
    text = model
    while match := _INNERMOST.search(text):
        text = text[: match.start()] + _drawn(match[1], rng, at, spot) + text[match.end() :]
    text = _agreed(text)
    return french(text[:1].upper() + text[1:])


def _agreed(text: str) -> str:
    """Optional plurals, `(s)`, agreed with the last number before them."""
    count = 2

    def agree(match: re.Match[str]) -> str:
        nonlocal count
        if match["number"]:
            count = int(re.sub(r"\D", "", match["number"]))
            return match["number"]
        return "s" if count >= 2 else ""

    return re.sub(rf"(?P<number>\d[\d{_THIN}]*)|\(s\)", agree, text)


def _drawn(what: str, rng: Random, at: datetime, spot: Spot | None) -> str:
    if what == "place":
        return spot.name if spot else ""
    if what == "detail":
        return spot.detail.split(",")[0] if spot else ""
    if match := _CLOCK.fullmatch(what):
        return f"{at + timedelta(minutes=int(match[1])):%Hh%M}"
    if match := _RANGE.fullmatch(what):
        return _number(rng.randint(int(match[1]), int(match[2])))
    return rng.choice(what.split("|"))


def _number(value: int) -> str:
    """As people round: tens above a hundred, hundreds above a thousand."""
    if value >= 1000:
        value = round(value, -2)
        return f"{value:,}".replace(",", _THIN)
    return str(round(value, -1) if value >= 100 else value)


def french(text: str) -> str:
    """`text` with the blanks that French typography asks for."""
    text = re.sub(r" +([;!?%])", _THIN + r"\1", text)
    text = re.sub(r" +:", _HARD + ":", text)
    text = re.sub(r" +([.,])(?!\d)", r"\1", text).replace("..", ".")
    return re.sub(r" »", _THIN + "»", re.sub(r"« ", "«" + _THIN, text))
