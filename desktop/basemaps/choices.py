"""Which grounds this post shows, how transparent, and the addresses it knows: its own choice."""

import json

import msgspec
from PySide6.QtCore import QSettings

from beffroi.basemaps.online import Online, checked
from beffroi.errors import BeffroiError

_SHOWN, _ONLINE = "grounds/shown", "grounds/online"
_MOST = 50


class Choices:
    """Kept in the settings of the post; packs are shown once installed, the network is not."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._shown = self._read()

    def _read(self) -> dict[str, float]:
        try:
            told = json.loads(str(self._settings.value(_SHOWN, "{}")))
            return {str(uid): min(max(float(value), 0.0), 1.0) for uid, value in told.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def opacity(self, uid: str, *, usual: float) -> float:
        """How strong a ground is drawn, 0 when it is not; `usual` when nobody chose."""
        return self._shown.get(uid, usual)

    def show(self, uid: str, opacity: float) -> None:
        """Show a ground, or hide it."""
        self._shown[uid] = opacity
        self._settings.setValue(_SHOWN, json.dumps(self._shown))

    def online(self) -> list[Online]:
        """The grounds of the network that somebody added here."""
        try:
            told = msgspec.json.decode(str(self._settings.value(_ONLINE, "[]")), type=list[Online])
        except (msgspec.MsgspecError, ValueError):
            return []
        return [ground for ground in told[:_MOST] if _sound(ground)]

    def add(self, ground: Online) -> None:
        """Know one more address.

        Raises:
            BeffroiError: it cannot be asked for tiles.
        """
        checked(ground)
        known = [one for one in self.online() if one.uid != ground.uid]
        self._keep([*known, ground])

    def forget(self, uid: str) -> None:
        """Know an address no longer."""
        self._keep([one for one in self.online() if one.uid != uid])

    def _keep(self, grounds: list[Online]) -> None:
        self._settings.setValue(_ONLINE, msgspec.json.encode(grounds).decode())


def _sound(ground: Online) -> bool:
    try:
        checked(ground)
    except BeffroiError:
        return False
    return True
