"""A joined desk and a sync process that says what a test wants it to say."""

from collections.abc import Iterator

import pytest

from beffroi.node import Node
from beffroi.sync import status as says
from beffroi.sync.announcing import announce
from desktop.api import Desk
from desktop.kit.theme import Theme
from desktop.shell.assembly import Assembly
from desktop.sync.install import show
from desktop.sync.relay import Relay
from tests.desktop.conftest import sweep

HUB = "https://centre.example:8443"


class FakeProcess:
    """Keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[says.Ask] = []

    def ask(self, message: says.Ask) -> None:
        self.asked.append(message)

    def of(self, kind: type[says.Ask]) -> list[says.Ask]:
        return [ask for ask in self.asked if isinstance(ask, kind)]


@pytest.fixture
def process() -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def assembly(node: Node, theme: Theme) -> Iterator[Assembly]:
    """A desk that works with a hub."""
    built = Assembly(node, theme, hub=HUB)
    yield built
    built.close()
    sweep()


@pytest.fixture
def relay(desk: Desk, process: FakeProcess, assembly: Assembly) -> Relay:
    """What stands between the process and the desk; tell it what the process says."""
    return show(desk, process, announce, assembly.window)
