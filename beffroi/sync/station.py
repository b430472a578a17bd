"""This machine as the hub knows it: a folder with its certificate, its private key, the hub's CA.

The private key never leaves the folder (0600); nothing else in it is secret.
"""

import os
import ssl
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from beffroi.errors import BeffroiError
from beffroi.text import _

STATION_FILE = "station.json"
KEY_FILE = "station.key"
CERTIFICATE_FILE = "station.crt"
AUTHORITY_FILE = "authority.crt"
_MAX_FILE = 100_000


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the station remembers of its enrolment."""

    url: str
    device: str
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """An enrolled station: it says `code` in provisional numbers, the hub knows it as `device`."""

    folder: Path
    url: str
    device: str
    code: str
    name: str

    def context(self) -> ssl.SSLContext:
        """TLS 1.3 alone, this hub's authority alone, and our certificate.

        Raises:
            BeffroiError: a file of the station is missing or damaged.
        """
        try:
            context = trusting((self.folder / AUTHORITY_FILE).read_text("ascii"))
            context.load_cert_chain(self.folder / CERTIFICATE_FILE, self.folder / KEY_FILE)
        except (OSError, ValueError, ssl.SSLError) as error:
            raise _unusable(self.folder) from error
        return context


def station_folder() -> Path:
    """Where this machine keeps its enrolment unless told otherwise."""
    return Path(platformdirs.user_data_dir("beffroi", appauthor=False)) / "station"


def trusting(authority: str) -> ssl.SSLContext:
    """TLS 1.3 with peers that `authority` (PEM) vouches for, and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cadata=authority)
    return context


def read_station(folder: Path) -> Station | None:
    """The station enrolled in `folder`, None when there is none.

    Raises:
        BeffroiError: it is damaged.
    """
    path = folder / STATION_FILE
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > _MAX_FILE:
            raise ValueError
        known = msgspec.json.decode(path.read_bytes(), type=Known)
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise _unusable(folder) from error
    return Station(
        folder=folder, url=known.url, device=known.device, code=known.code, name=known.name
    )


def write_station(folder: Path, known: Known, files: dict[str, bytes]) -> Station:
    """Keep an enrolment: `files` first, what makes the folder a station last."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, content in (*files.items(), (STATION_FILE, msgspec.json.encode(known))):
            _write_private(folder / name, content)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le dossier {folder} ne peut pas être écrit\u00a0: vérifiez vos droits et la place libre."
            ).format(folder=folder)
        ) from error
    return Station(
        folder=folder, url=known.url, device=known.device, code=known.code, name=known.name
    )


def _write_private(path: Path, content: bytes) -> None:
    """Write so that nobody else can read it at any moment, and whole or not at all."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _unusable(folder: Path) -> BeffroiError:
    return BeffroiError(
        _(
            "L’enrôlement de ce poste est illisible ({folder})\u00a0: demandez un nouveau code "
            "à l’administrateur et enrôlez-le à nouveau."
        ).format(folder=folder)
    )
