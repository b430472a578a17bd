"""Tells what somebody typed, pasted or dropped: a file, a folder, a service, a stream, a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from beffroi.text import N_

Transport = Literal[
    "", "file", "folder", "http", "websocket", "tcp", "udp", "imap", "paste", "manual", "attachment"
]
_SCHEMES: Mapping[str, Transport] = {
    "http": "http",
    "https": "http",
    "ws": "websocket",
    "wss": "websocket",
    "tcp": "tcp",
    "tls": "tcp",
    "ssl": "tcp",
    "udp": "udp",
    "imap": "imap",
    "imaps": "imap",
    "file": "file",
}
_SERVICES = {"wfs": "wfs", "wms": "wms", "wmts": "wmts"}
_MARKS = (
    ("/ogc/features", "ogc-api-features"),
    ("/collections", "ogc-api-features"),
    ("siri", "siri"),
    ("gtfs-rt", "gtfs-rt"),
    ("gtfs", "gtfs"),
    ("datex", "datex2"),
    ("georss", "georss"),
    ("jetstream", "jetstream"),
    ("/wfs", "wfs"),
    ("/wmts", "wmts"),
    ("/wms", "wms"),
)
SUFFIXES = {
    ".geojson": "geojson",
    ".gpkg": "geopackage",
    ".kml": "kml",
    ".kmz": "kml",
    ".gpx": "gpx",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".ods": "ods",
    ".rss": "rss",
    ".atom": "atom",
    ".cap": "cap",
    ".ics": "icalendar",
    ".json": "json",
    ".xml": "",
    ".txt": "",
    ".zip": "",
    ".gz": "",
    ".shp": "shapefile",
}
"""What the end of a file's name lets one guess."""
MAX_PASTE = 4_000_000
"""How many characters of a pasted text are looked at."""
_REFRESH_S = {"http": 300, "folder": 60, "file": 0, "imap": 300}
SECRETS = {"apikey", "api_key", "key", "token", "access_token", "auth", "password", "pwd", "secret"}
"""Parameters of an address that are no business of whoever reads the board."""

HINTS = {
    "": N_("Collez une adresse, choisissez un fichier, ou déposez-le ici."),
    "file": N_("Fichier de ce poste"),
    "folder": N_("Dossier surveillé\u00a0: chaque fichier nouveau est lu"),
    "http": N_("Service web, relu régulièrement"),
    "websocket": N_("Flux WebSocket, reçu en continu"),
    "tcp": N_("Flux TCP, reçu en continu (CoT, NMEA, Beast)"),
    "udp": N_("Flux UDP, reçu en continu (CoT multicast, NMEA)"),
    "imap": N_("Boîte aux lettres, lue sans rien y changer"),
    "paste": N_("Texte collé"),
    "manual": N_("Tableau saisi à la main"),
    "attachment": N_("Fichier gardé avec le profil"),
}
"""What is said under the field as one types."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a source comes from, as far as its address says: nothing was asked of anybody yet.

    `text` is what was pasted; the address of an `attachment` is its SHA-256; `format` is a guess from the address, to be checked on the bytes.
    """

    transport: Transport = ""
    address: str = ""
    text: str = ""
    format: str = ""
    options: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def known(self) -> bool:
        """Whether there is something to read."""
        return bool(self.transport)

    @property
    def refresh_s(self) -> int:
        """How often such an origin is usually read again, 0 for what is not asked or streams."""
        return _REFRESH_S.get(self.transport, 0)

    @property
    def name(self) -> str:
        """A short name: the file's, wherever it lies, else the host's."""
        if self.transport in ("file", "folder"):
            return Path(self.address).name or self.address
        try:
            parts = urlsplit(self.address)
            host = parts.hostname or ""
        except ValueError:
            return self.address
        last = unquote(parts.path.rstrip("/").rpartition("/")[2])
        return last if last and "." in last and not parts.query else host or self.address


def recognise(said: str) -> Origin:
    """What `said` is: an address, a path, or a text that holds the data itself."""
    text = said.strip()
    if not text:
        return Origin()
    if "\n" in text or text[:1] in "{[<" or "\t" in text:
        return Origin(transport="paste", text=said[:MAX_PASTE])
    scheme, found, _rest = text.partition("://")
    if found and scheme.lower() in _SCHEMES:
        return _of_address(text, scheme.lower())
    return _of_path(text)


def _of_address(text: str, scheme: str) -> Origin:
    transport = _SCHEMES[scheme]
    if transport == "file":
        return _of_path(urlsplit(text).path)
    return Origin(transport=transport, address=text, format=format_of(text))


def _of_path(text: str) -> Origin:
    try:
        path = Path(text).expanduser()
        if path.is_dir():
            return Origin(transport="folder", address=str(path))
        if path.is_file():
            return of_file(path)
    except (OSError, ValueError, RuntimeError):  # the last: « ~ » and nobody of that name
        return Origin()
    host = text.partition("/")[0]
    if "." in host and " " not in text and not path.is_absolute():
        return _of_address(f"https://{text}", "https")
    return Origin()


def of_file(path: Path) -> Origin:
    """A file or a folder that somebody chose or dropped."""
    if path.is_dir():
        return Origin(transport="folder", address=str(path))
    return Origin(transport="file", address=str(path), format=SUFFIXES.get(path.suffix.lower(), ""))


def format_of(address: str) -> str:
    """The format that an address lets one guess, empty when it says nothing."""
    try:
        parts = urlsplit(address)
        query = {name.lower(): value.lower() for name, value in parse_qsl(parts.query)}
    except ValueError:
        return ""
    if service := _SERVICES.get(query.get("service", "")):
        return service
    low = parts.path.lower()
    for mark, format_id in _MARKS:
        if mark in low:
            return format_id
    return SUFFIXES.get(Path(low).suffix, "")


def shown(address: str) -> str:
    """An address as it may be read aloud: no password, no key."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.scheme or not parts.netloc:
        return address
    host = parts.netloc.rpartition("@")[2]
    kept = "&".join(
        f"{name}=…" if name.lower() in SECRETS else f"{name}={value}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    return f"{parts.scheme}://{host}{parts.path}" + (f"?{kept}" if kept else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """An address without its key, the key ("" when it cannot be moved), and where it goes back in."""

    address: str
    secret: str = ""
    where: str = ""


def parted(transport: str, address: str) -> Parted | None:
    """The key that an address carries, apart from it; None when it carries none."""
    try:
        parts = urlsplit(address)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return None
    keys = [(name, value) for name, value in query if name.lower() in SECRETS and value]
    who, _at, machine = parts.netloc.rpartition("@")
    name, _colon, password = who.partition(":")
    plain = parts._replace(
        query="&".join(
            part for part in parts.query.split("&") if part.partition("=")[0].lower() not in SECRETS
        )
    )
    match transport, keys, password:
        case "http", [(key, value)], "":
            return Parted(address=urlunsplit(plain), secret=value, where=f"query:{key}")
        case "http", [], password if password:
            bare = parts._replace(netloc=machine)
            return Parted(
                address=urlunsplit(bare), secret=unquote(password), where=f"basic:{unquote(name)}"
            )
        case "imap", [], password if password:
            bare = parts._replace(netloc=f"{name}@{machine}")
            return Parted(address=urlunsplit(bare), secret=unquote(password))
        case _, [], "":
            return None
        case _:
            return Parted(address=shown(address))
