"""How a hub was asked to run: where its folder is, what it listens on, who stands before it."""

import socket
from dataclasses import dataclass, field
from pathlib import Path

DATABASE_FILE = "hub.db"
KEYS_FOLDER = "keys"
BLOBS_FOLDER = "attachments"
PORT = 8843


@dataclass(frozen=True, slots=True, kw_only=True)
class Oidc:
    """An identity provider: `issuer` is its address, `claim` says which account someone is."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str = "sub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a hub was told at its start.

    `database` is a `postgresql://` address, empty for a file in `data`.  `names` are the host names
    and addresses by which stations call it.  With `proxy_secret`, TLS ends at a proxy that proves
    itself with that secret and says which certificate the station showed.  `rate` is how many
    requests a second a station may send in the long run (0 without limit), `keep_days` how long its
    cache lives without contact.  `monitor` is where, in clear, metrics and probes are answered besides.
    `sources_allow` are the private machines and networks that shared sources may be asked of,
    `sources_proxy` their way out to the web.
    """

    data: Path
    database: str = field(default="", repr=False)
    host: str = "0.0.0.0"  # noqa: S104 - a hub is there to be reached; TLS and sessions guard it
    port: int = PORT
    names: tuple[str, ...] = ()
    url: str = ""
    proxy_secret: str = field(default="", repr=False)
    keys: Path | None = None
    blobs: str = ""
    keep_days: int = 30
    rate: int = 200
    monitor: tuple[str, int] | None = None
    oidc: Oidc | None = None
    sources_allow: tuple[str, ...] = ()
    sources_proxy: str = field(default="", repr=False)

    @property
    def keys_folder(self) -> Path:
        """Where the keys lie."""
        return self.keys or self.data / KEYS_FOLDER

    @property
    def own_keys(self) -> Path | None:
        """Where this hub keeps what it makes for itself alone, when others share its keys."""
        return self.data if self.keys else None

    @property
    def database_file(self) -> Path:
        """The embedded database."""
        return self.data / DATABASE_FILE

    @property
    def blobs_place(self) -> str:
        """Where attachments go: a folder, or an `s3://` address."""
        return self.blobs or str(self.data / BLOBS_FOLDER)

    @property
    def behind_proxy(self) -> bool:
        """Whether a proxy ends TLS."""
        return bool(self.proxy_secret)

    def all_names(self) -> tuple[str, ...]:
        """The names for the hub's certificate: those asked for, then those of the machine."""
        told = dict.fromkeys((*self.names, *_of_machine(self.host)))
        return tuple(told)

    def public_url(self) -> str:
        """The address that stations are given."""
        return self.url or f"https://{_bracketed(self.all_names()[0])}:{self.port}"


def _of_machine(host: str) -> list[str]:
    """How this machine may be called: its name, its address on the network, itself."""
    names = [] if host in ("0.0.0.0", "::", "") else [host]  # noqa: S104 - compared, not bound
    own = socket.gethostname()
    if _is_name(own):
        names.append(own)
    return [*names, *_addresses(own), "localhost", "127.0.0.1", "::1"]


def _addresses(own: str) -> list[str]:
    try:
        found = socket.getaddrinfo(own, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return sorted(
        {str(each[4][0]).partition("%")[0] for each in found} - {"127.0.0.1", "127.0.1.1"}
    )


def _is_name(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace(".", "").isalnum()


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name
