"""A profile that opens fast, a clock that tests hold, and the person who acts."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from beffroi.access import Account
from beffroi.access.keyring import Cost
from beffroi.clock import Clock, Millis
from beffroi.journal import Identity
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile

CHEAP = Cost(memory_kib=8, passes=1)
SECRET = "mot-de-passe-de-test"
START = 1_721_980_800_000  # 2024-07-26T08:00:00Z


@dataclass(slots=True)
class HeldClock(Clock):
    """A clock that moves only when a test says so."""

    at: int = START

    def now(self) -> Millis:
        return Millis(self.at + self.offset_ms)

    def forward(self, seconds: float) -> None:
        self.at += round(seconds * 1000)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture(scope="session")
def info() -> ProfileInfo:
    return ProfileInfo(title="JOP Paris 2024", workspace="jop-2024")


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory, info: ProfileInfo) -> Path:
    """A profile with two accounts, both opened by SECRET, made once for all tests."""
    folder = tmp_path_factory.mktemp("profils") / "neuf"
    marchand = Account(
        name="c.marchand",
        display="Claire Marchand",
        organisation="CNCS",
        posts=("Chef de salle", "Rédacteur main courante"),
    )
    leroy = Account(name="m.leroy", display="Marc Leroy", organisation="SNCF", posts=("OL-SNCF",))
    create_profile(folder, info, [(marchand, SECRET), (leroy, SECRET)], HeldClock(), cost=CHEAP)
    return folder


@pytest.fixture
def profile_dir(tmp_path: Path, pristine: Path) -> Path:
    """A copy of the profile, for one test."""
    folder = tmp_path / "profil"
    shutil.copytree(pristine, folder, ignore=shutil.ignore_patterns("reserve"))
    return folder


@pytest.fixture
def node(profile_dir: Path, clock: HeldClock) -> Iterator[Node]:
    """The profile, open for Claire Marchand, chef de salle."""
    opened = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def who(node: Node) -> Identity:
    return node.who


@pytest.fixture
def other(node: Node) -> Identity:
    """Another person, at another post, of another organisation."""
    return node.accounts.identity("m.leroy", "OL-SNCF", "poste-2")
