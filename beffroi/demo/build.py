"""Builds the demo profile by playing its script through a real node, at the script's own pace."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random

from beffroi.access import Account
from beffroi.access.keyring import Cost
from beffroi.clock import Clock
from beffroi.demo import cast, script
from beffroi.demo.days import MAX_DAYS
from beffroi.demo.desks import keep_views
from beffroi.demo.sources import keep_sources
from beffroi.demo.steps import Mend, Stage, Step
from beffroi.errors import BeffroiError
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile, made_whole
from beffroi.text import N_, _

DEMO_PASSPHRASE = "beffroi-demo-2024"  # noqa: S105 - public, printed in the README
DEMO_ACCOUNT = "c.marchand"
SEED = 20_240_726
TITLE = N_("JOP Paris 2024 (démonstration)")
_LEVEL = 5
"""« Activation niveau 2 » among the eight levels of a national centre (0 asleep, 1 watch…)."""
_TRANSACTION = 400
Progress = Callable[[float], None]


@dataclass(slots=True)
class Hand:
    """A clock that stands where the script is."""

    now: int = 0

    def look(self) -> int:
        """The moment of the script."""
        return self.now


def _silence(_share: float) -> None:
    """Nobody watches."""


def make_demo(
    folder: Path,
    *,
    seed: int = SEED,
    days: int = MAX_DAYS,
    progress: Progress | None = None,
    cost: Cost | None = None,
    secret: str = DEMO_PASSPHRASE,
) -> int:
    """Make the demo profile in `folder` and say how many entries it holds.

    The same `seed` always tells the same story, over the last `days` of the ten; `progress` is
    told the share done, from 0 to 1.
    `secret` opens all its accounts; `cost` is the price of guessing it: keep the default outside
    tests.

    Raises:
        BeffroiError: the folder is not empty, or cannot be written; the secret is too short.
    """
    if not 1 <= days <= MAX_DAYS:
        raise BeffroiError(
            _("La démonstration dure de 1 à 10 jours : choisissez un nombre entre 1 et 10.")
        )
    steps = script.write(days, Random(seed))  # noqa: S311 - a story, not a secret
    with made_whole(folder) as part:
        return _make(part, steps, progress or _silence, cost, secret)


def _make(
    folder: Path, steps: Sequence[Step], progress: Progress, cost: Cost | None, secret: str
) -> int:
    hand = Hand(steps[0].at - 1)
    clock = Clock(hand.look)
    create_profile(folder, _info(), _with_secrets(secret), clock, cost=cost)
    node = open_node(folder, DEMO_ACCOUNT, secret, clock=clock)
    try:
        _furnish(node)
        stage = Stage(node)
        keep_views(stage)
        _play(stage, hand, steps, progress)
        keep_sources(stage, Random(SEED))  # noqa: S311 - a story, not a secret
        return node.logbook.total()
    finally:
        node.close()


def _info() -> ProfileInfo:
    return ProfileInfo(title=_(TITLE), workspace="JOP-2024", replay=True)


def _with_secrets(secret: str) -> list[tuple[Account, str]]:
    named = {account.name: account for account in cast.ACCOUNTS}
    return [(named[name], secret) for name in cast.WITH_SECRET]


def _furnish(node: Node) -> None:
    """Everyone else, and the level of activation that the banner shows."""
    with node.store.write():
        for account in cast.ACCOUNTS:
            node.accounts.put(account)
        node.settings.put("armement/level", _LEVEL)


def _play(stage: Stage, hand: Hand, steps: Sequence[Step], progress: Progress) -> None:
    done = 0
    for chunk in _chunks(steps):
        if len(chunk) == 1:
            _one(stage, hand, chunk[0])
        else:
            with stage.node.store.write():
                for step in chunk:
                    _one(stage, hand, step)
        done += len(chunk)
        progress(done / len(steps))


def _one(stage: Stage, hand: Hand, step: Step) -> None:
    hand.now = max(hand.now, step.at)
    step.play(stage)


def _chunks(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Steps by the transaction: some hundreds each, corrections alone since they read first."""
    for alone, group in groupby(steps, key=lambda step: isinstance(step, Mend)):
        run = list(group)
        size = 1 if alone else _TRANSACTION
        for start in range(0, len(run), size):
            yield run[start : start + size]
