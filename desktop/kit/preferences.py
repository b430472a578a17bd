"""What a person prefers on this machine, whatever the profile: language, theme, text size."""

import logging
import tomllib
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs
import tomli_w

_log = logging.getLogger(__name__)
MAX_RECENT = 6


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration per preference, with its default; `version` changes when a name does."""

    version: int = 1
    language: Literal["fr", "en"] = "fr"
    theme: Literal["light", "dark"] = "light"
    text_size: Literal[100, 110, 125, 150] = 100
    single_keys: bool = True
    auto_lock: bool = True
    profiles: tuple[str, ...] = ()
    accounts: dict[str, str] = {}
    posts: dict[str, str] = {}


def _default_path() -> Path:
    return platformdirs.user_config_path("beffroi") / "preferences.toml"


class PreferenceFile:
    """Reads and keeps preferences; a file that cannot be read counts as none."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _default_path()
        self.now = self._read()

    def _read(self) -> Preferences:
        try:
            return msgspec.convert(tomllib.loads(self.path.read_text("utf-8")), Preferences)
        except FileNotFoundError:
            return Preferences()
        except (OSError, ValueError, msgspec.ValidationError) as error:
            _log.warning("preferences set aside: %s", error)
            return Preferences()

    def change(self, **changes: object) -> None:
        """Keep changed preferences; on a disk that refuses, they last until Beffroi closes."""
        self.now = msgspec.structs.replace(self.now, **changes)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_suffix(".new")
            temporary.write_text(tomli_w.dumps(msgspec.to_builtins(self.now)), "utf-8")
            temporary.replace(self.path)
        except OSError as error:
            _log.warning("preferences not kept: %s", error)

    def remember(self, folder: Path, account: str, post: str) -> None:
        """Offer this profile, account and post first the next time."""
        name = str(folder.absolute())
        others = [p for p in self.now.profiles if p != name]
        self.change(
            profiles=(name, *others)[:MAX_RECENT],
            accounts={**self.now.accounts, name: account},
            posts={**self.now.posts, f"{name}#{account}": post},
        )
