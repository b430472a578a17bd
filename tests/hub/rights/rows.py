"""What each address must say to whom: one function an address, for one person who visits."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from beffroi.sync import wire
from tests.hub.rights.addresses import Address
from tests.hub.rights.house import MISSING, NOWHERE, House, said
from tests.hub.rights.roles import WORKSPACES, Held


@dataclass(frozen=True)
class Visit:
    """Someone at the hub."""

    house: House
    held: Held

    def ask(self, method: str, path: str, **told: object) -> httpx.Response:
        return self.house.ask(self.held.account, method, path, **told)  # type: ignore[arg-type]

    def post(self, path: str, message: object, **params: str) -> httpx.Response:
        return self.ask("POST", path, content=wire.encode(message), params=params)

    def get(self, path: str, **params: str) -> httpx.Response:
        return self.ask("GET", path, params=params)

    def same_as_absent(self, answer: httpx.Response, absent: httpx.Response) -> None:
        """What is hidden and what is nowhere are told alike, to the byte."""
        assert answer.status_code == 404, (self.held, answer.text)
        assert said(answer) == said(absent), (self.held, answer.text, absent.text)

    def by_workspace(
        self, ask: Callable[[str], httpx.Response], good: Callable[[str, httpx.Response], None]
    ) -> None:
        """Ask about each workspace: `good` where it exists for them, nothing anywhere else."""
        absent = ask(NOWHERE)
        for workspace in WORKSPACES:
            answer = ask(workspace)
            if workspace in self.held.reads:
                assert answer.status_code < 300, (self.held, answer.text)
                good(workspace, answer)
            else:
                self.same_as_absent(answer, absent)

    def places(self) -> list[tuple[str, str]]:
        """All places, hidden or not."""
        return list(self.house.things)


Row = Callable[[Visit], None]
MATRIX: dict[Address, Row] = {}
"""The row of every address."""


def row(method: str, path: str) -> Callable[[Row], Row]:
    """Put a function into the matrix."""

    def put(work: Row) -> Row:
        assert (method, path) not in MATRIX
        MATRIX[method, path] = work
        return work

    return put


def missing_uid() -> str:
    return MISSING
