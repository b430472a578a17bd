"""Writes the whole script of the demo: every step of its days, in the order of time."""

from collections.abc import Iterator
from datetime import date
from random import Random

from beffroi.demo import recorded, stories
from beffroi.demo.album import illustrated
from beffroi.demo.days import END, days
from beffroi.demo.desks import caught_up
from beffroi.demo.flow import write_day
from beffroi.demo.routine import routine
from beffroi.demo.sequels import Sequels
from beffroi.demo.steps import Step


def write(count: int, rng: Random) -> list[Step]:
    """The steps of the last `count` days; what would come after the end is left out."""
    chosen = days(count)
    steps = [step for day in chosen for step in _day(day, rng)]
    steps += stories.tell(chosen, rng)
    steps += caught_up(rng)
    return sorted((step for step in steps if step.at < END), key=lambda step: step.at)


def _day(day: date, rng: Random) -> Iterator[Step]:
    yield from routine(day, rng)
    yield from recorded.disruptions(day, rng)
    yield from recorded.perimeters(day, rng)
    yield from recorded.announcements(day, rng)
    sequels = Sequels(rng)
    for written in write_day(day, rng):
        yield illustrated(written.line, rng)
        yield from sequels.of(written)
