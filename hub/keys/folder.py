"""The folder where the hub's keys lie: nobody but its owner reads it, no write leaves a half file."""

import contextlib
import os
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.text import _

MAX_BYTES = 1_000_000


class KeyFolder:
    """Reads and writes whole key files."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return (self.path / name).is_file()

    def read(self, name: str) -> bytes:
        """The whole file.

        Raises:
            BeffroiError: it is not there, cannot be read, or is no key file.
        """
        try:
            with (self.path / name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            raise BeffroiError(
                _(
                    "La clé {name} du hub manque\u00a0: restaurez la dernière sauvegarde du hub."
                ).format(name=name)
            ) from error
        except OSError as error:
            raise BeffroiError(
                _("La clé {name} du hub ne peut pas être lue\u00a0: vérifiez vos droits.").format(
                    name=name
                )
            ) from error
        if not content or len(content) > MAX_BYTES:
            raise damaged(name)
        return content

    def write(self, name: str, content: bytes) -> None:
        """Put the whole file in place, readable by its owner alone, on the disk when this returns.

        Raises:
            BeffroiError: the folder cannot be written.
        """
        temporary = self.path / f".{name}.new"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
            with os.fdopen(
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path / name)
        except OSError as error:
            raise BeffroiError(
                _(
                    "Les clés du hub ne peuvent pas être écrites dans {folder}\u00a0: "
                    "vérifiez vos droits et la place libre."
                ).format(folder=self.path)
            ) from error

    def raw(self, name: str, size: int = 32) -> bytes:
        """A key kept as hexadecimal text.

        Raises:
            BeffroiError: there is none, or it is damaged.
        """
        try:
            key = bytes.fromhex(self.read(name).decode("ascii").strip())
        except ValueError as error:
            raise damaged(name) from error
        if len(key) != size:
            raise damaged(name)
        return key

    def write_raw(self, name: str, key: bytes) -> None:
        """Keep a key as hexadecimal text."""
        self.write(name, key.hex().encode() + b"\n")


def damaged(name: str) -> BeffroiError:
    """The sentence for a key file that is not what the hub wrote."""
    return BeffroiError(
        _("La clé {name} du hub est abîmée\u00a0: restaurez la dernière sauvegarde du hub.").format(
            name=name
        )
    )
