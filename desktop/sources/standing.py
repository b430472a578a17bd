"""One source as the board shows it: what it is, how it is, in words that say what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from beffroi.observations import SourceState
from beffroi.sources import addresses, words
from beffroi.text import _

LOOKS = {
    "down": ("alert-octagon", "danger", "danger_soft"),
    "late": ("clock", "warning", "warning_soft"),
    "ok": ("circle-check", "ok", "ok_soft"),
    "new": ("hourglass", "muted", "sunken"),
    "suspended": ("player-pause", "muted", "sunken"),
}
"""Icon, ink and surface of each state, what needs somebody first."""
RANK = {health: at for at, health in enumerate(LOOKS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A source and its state; `count` observations of it are here, `layers` are its calques' uids."""

    uid: str
    fields: Mapping[str, Any]
    state: SourceState = field(default_factory=SourceState)
    count: int = 0
    layers: tuple[str, ...] = ()
    shared: bool = False
    author: str = ""
    marking: str = "DR"
    caveats: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its name, its address when it has none."""
        return str(self.fields.get("title") or self.address or self.uid)

    @property
    def transport(self) -> str:
        """How it comes."""
        return str(self.fields.get("transport") or "http")

    @property
    def address(self) -> str:
        """Where it comes from, without its secrets."""
        return addresses.shown(str(self.fields.get("address", "")))

    @property
    def family(self) -> str:
        """Whose it is."""
        return str(self.fields.get("family", ""))

    @property
    def reliability(self) -> str:
        """The letter."""
        return str(self.fields.get("reliability", "")) or "F"

    @property
    def refresh_s(self) -> int:
        """How often it is read, 0 for what is not."""
        return int(self.fields.get("refresh_s", 0) or 0)

    @property
    def still(self) -> bool:
        """Whether nothing more is expected of it: a paste, a table, a file read once."""
        still = ("paste", "manual", "attachment")
        return self.transport in still or (self.transport == "file" and not self.refresh_s)

    @property
    def health(self) -> str:
        """`down`, `late`, `ok`, `new` or `suspended`."""
        if self.fields.get("enabled") is False or self.state.health == "suspended":
            return "suspended"
        if not self.state.last_try and not self.state.last_ok:
            return "ok" if self.still and self.count else "new"
        return self.state.health

    @property
    def word(self) -> str:
        """Its state in one word."""
        return _(words.HEALTH[self.health])

    @property
    def trouble(self) -> str:
        """What is wrong and what to do about it; empty when nothing is."""
        return self.state.sentence or self.state.problem

    def origin(self) -> str:
        """How and where from, in one line."""
        known = words.TRANSPORTS.get(self.transport)
        way = _(known) if known else self.transport
        return "  ·  ".join(part for part in (way, self.address) if part)

    def lag(self) -> str:
        """How old the newest thing was when it came."""
        lag = self.state.lag_ms
        return "" if lag is None else words.span(lag / 1000)

    def fresh(self, now: int) -> str:
        """When it was last heard."""
        return words.ago(self.state.last_ok, now)

    def next_try(self, now: int) -> str:
        """When it will be read again."""
        if self.health == "suspended" or self.still:
            return ""
        if self.transport in ("websocket", "tcp", "udp") and self.health == "ok":
            return _("en continu")
        return words.ahead(self.state.next_at, now)

    def spoken(self, now: int) -> str:
        """The whole row for somebody who listens."""
        said = [self.title, self.word, _("dernier succès {ago}").format(ago=self.fresh(now))]
        return ", ".join([*said, self.trouble] if self.trouble else said)
