"""Asks the hub with the officer's session, and opens another one when it has ended."""

from collections.abc import Mapping
from threading import Lock

from beffroi.sync.blocking import ask
from beffroi.sync.opening import Opened
from beffroi.sync.station import Station
from beffroi.sync.trouble import SessionOver
from beffroi.sync.upstream import station_of

PATIENCE_S = 120.0
"""How long a verification of a large trail may take."""


class HubDoor:
    """Fetches from the hub; call it off the main thread."""

    def __init__(self, station: Station, account: str, secret: str, token: str = "") -> None:
        self._station = station
        self._account = account
        self._secret = secret
        self._token = token
        self._lock = Lock()

    def fetch(self, method: str, path: str, params: Mapping[str, str]) -> bytes:
        """The body of the hub's answer.

        Raises:
            BeffroiError: the hub does not answer, or refuses.
        """
        with self._lock:
            if not self._token:
                self._enter()
            try:
                return self._fetch(method, path, params)
            except SessionOver:
                self._enter()
                return self._fetch(method, path, params)

    def _fetch(self, method: str, path: str, params: Mapping[str, str]) -> bytes:
        return ask(
            self._station,
            lambda hub: hub.fetch(method, path, params=dict(params)),
            token=self._token,
            within_s=PATIENCE_S,
        )

    def _enter(self) -> None:
        session = ask(self._station, lambda hub: hub.log_in(self._account, self._secret))
        self._token = session.token


def door(opened: Opened) -> HubDoor:
    """The way to the hub of a joined profile."""
    token = opened.session.token if opened.session else ""
    return HubDoor(station_of(opened.node.folder), opened.node.who.account, opened.secret, token)
