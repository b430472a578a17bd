"""Where the station of a joined profile is: what must be known before the profile is unlocked."""

from pathlib import Path

import msgspec

from beffroi.errors import BeffroiError
from beffroi.sync.station import Station, read_station, station_folder
from beffroi.text import _

UPSTREAM_FILE = "upstream.json"
_MAX_BYTES = 10_000


class _Upstream(msgspec.Struct, frozen=True, kw_only=True):
    station: str


def write_upstream(folder: Path, station: Station) -> None:
    """Remember which station the profile in `folder` follows its hub from."""
    said = msgspec.json.encode(_Upstream(station=str(station.folder.absolute())))
    try:
        (folder / UPSTREAM_FILE).write_bytes(said)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le dossier {folder} ne peut pas être écrit\u00a0: vérifiez vos droits et la place libre."
            ).format(folder=folder)
        ) from error


def station_of(folder: Path) -> Station:
    """The station of the profile in `folder`.

    Raises:
        BeffroiError: this machine is not enrolled any more.
    """
    station = read_station(_place(folder))
    if station is None:
        raise BeffroiError(
            _("Ce poste n’est plus enrôlé\u00a0: demandez un code d’enrôlement à l’administrateur.")
        )
    return station


def _place(folder: Path) -> Path:
    """The folder of the station; this machine's own when the profile does not say."""
    path = folder / UPSTREAM_FILE
    try:
        if path.stat().st_size > _MAX_BYTES:
            return station_folder()
        return Path(msgspec.json.decode(path.read_bytes(), type=_Upstream).station)
    except (OSError, ValueError, msgspec.DecodeError):
        return station_folder()
