"""Grounds of the network (IGN, any WMTS or XYZ): asked by Python, through the door that is guarded."""

import asyncio
import hashlib
import re
import time
from urllib.parse import urlsplit

import httpx
import msgspec

from beffroi.basemaps import wms
from beffroi.basemaps.pack import MOST_TILE, MOST_ZOOM
from beffroi.errors import BeffroiError
from beffroi.plugin.door import Door
from beffroi.plugin.refusals import Unreachable
from beffroi.text import N_, _

_HOLE = re.compile(r"\{(z|x|y|-y)\}")
_WMTS = {
    f"{before}{name}{after}": ours
    for name, ours in (("TileMatrix", "{z}"), ("TileRow", "{y}"), ("TileCol", "{x}"))
    for before, after in (("{", "}"), ("%7B", "%7D"), ("%7b", "%7d"))
}
_USUAL, _LARGE = 256, 512
_TIMES = httpx.Timeout(connect=2.5, read=4.0, write=2.5, pool=2.5)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")
_REST_S = 30.0
_KNOWN_S = 60.0
_IGN = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
    "&STYLE=normal&FORMAT={form}&TILEMATRIXSET=PM&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}"
)


class Online(msgspec.Struct, frozen=True, kw_only=True):
    """A ground of pictures on the network.

    Its address has `{z}`, `{x}`, `{y}` (or `{-y}`, or those of WMTS), or is a GetMap request of WMS.
    """

    title: str
    template: str
    attribution: str = ""
    min_zoom: int = 0
    max_zoom: int = 19

    @property
    def size(self) -> int:
        """Pixels of a tile: maps that are drawn on demand come in larger pieces."""
        return _LARGE if wms.is_request(self.template) else _USUAL

    @property
    def uid(self) -> str:
        """Its name in the cache and in the choices of this post."""
        return "net-" + hashlib.sha256(self.template.encode()).hexdigest()[:16]


OFFERED = (
    Online(
        title=N_("Plan IGN"), attribution="© IGN – Géoplateforme", max_zoom=18,
        template=_IGN.format(layer="GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2", form="image/png"),
    ),
    Online(
        title=N_("Photographies aériennes IGN"), attribution="© IGN – Géoplateforme", max_zoom=19,
        template=_IGN.format(layer="ORTHOIMAGERY.ORTHOPHOTOS", form="image/jpeg"),
    ),
)  # fmt: skip
"""What is offered by name; none is shown before somebody asks for it."""


def checked(ground: Online) -> Online:
    """The ground, when its address can be asked for tiles.

    Raises:
        BeffroiError: what is wrong with it.
    """
    holes = set(_HOLE.findall(_plain(ground.template)))
    try:
        parts = urlsplit(ground.template)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or len(ground.template) > 2_000:
        raise BeffroiError(_("L’adresse d’un fond commence par https:// : corrigez-la."))
    drawn = {"z", "x"} <= holes and bool(holes & {"y", "-y"})
    if not drawn and not wms.is_request(ground.template):
        raise BeffroiError(
            _("L’adresse d’un fond contient {z}, {x} et {y} à la place des numéros de tuile.")
        )
    if not ground.title.strip():
        raise BeffroiError(_("Donnez un nom à ce fond."))
    if not 0 <= ground.min_zoom <= ground.max_zoom <= MOST_ZOOM:
        raise BeffroiError(_("Le dernier zoom va de 0 à {n}.").format(n=MOST_ZOOM))
    return ground


def address(ground: Online, z: int, x: int, y: int) -> str:
    """The address of one tile."""
    if wms.is_request(ground.template):
        return wms.tile_address(ground.template, z, x, y, ground.size)
    told = {"z": z, "x": x, "y": y, "-y": (1 << z) - 1 - y}
    return _HOLE.sub(lambda hole: str(told[hole[1]]), _plain(ground.template))


def _plain(template: str) -> str:
    """WMTS names of holes as ours; addresses in queries may have them percent-encoded."""
    for theirs, ours in _WMTS.items():
        template = template.replace(theirs, ours)
    return template


class Asker:
    """Asks for tiles; a machine that fails is left alone for a while.  From any thread."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._known: dict[tuple[str, int], tuple[float, str]] = {}
        self._resting: dict[str, float] = {}
        transport = httpx.HTTPTransport(verify=door.tls)
        self._client = httpx.Client(transport=transport, timeout=_TIMES, trust_env=False)

    def tile(self, ground: Online, z: int, x: int, y: int) -> bytes:
        """The picture of a tile.

        Raises:
            Unreachable: no network, refused, no picture; one sentence.
        """
        url = httpx.URL(address(ground, z, x, y))
        if time.monotonic() < self._resting.get(url.host, 0.0):
            raise Unreachable(
                _("{host} ne répond pas : nouvel essai dans un instant.").format(host=url.host)
            )
        try:
            return self._asked(url)
        except (httpx.HTTPError, OSError, Unreachable) as error:
            self._resting[url.host] = time.monotonic() + _REST_S
            if isinstance(error, Unreachable):
                raise
            raise Unreachable(
                _("{host} ne peut pas être joint : vérifiez le réseau.").format(host=url.host)
            ) from error

    def _asked(self, url: httpx.URL) -> bytes:
        place = self._address(url.host, url.port or (443 if url.scheme == "https" else 80))
        request = self._client.build_request(
            "GET", url.copy_with(host=place),
            headers={"Host": url.netloc.decode("ascii"), "User-Agent": "Beffroi", "Accept": "image/*"},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )  # fmt: skip
        response = self._client.send(request, stream=True)
        try:
            if response.status_code in (204, 404):
                return b""
            if response.status_code != 200:
                raise Unreachable(
                    _(
                        "{host} refuse ses tuiles (code {code}) : vérifiez l’adresse du fond."
                    ).format(host=url.host, code=response.status_code)
                )
            return _picture(response, url.host)
        finally:
            response.close()

    def _address(self, host: str, port: int) -> str:
        """Where the machine is: resolved and checked once a minute, and asked nowhere else."""
        known = self._known.get((host, port))
        if known is None or known[0] < time.monotonic():
            found = asyncio.run(self._door.addresses(host, port))[0]
            known = self._known[host, port] = (time.monotonic() + _KNOWN_S, found)
        return known[1]

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def _picture(response: httpx.Response, host: str) -> bytes:
    found = bytearray()
    for part in response.iter_bytes():
        found += part
        if len(found) > MOST_TILE:
            break
    if not found.startswith(_PICTURES) or len(found) > MOST_TILE:
        raise Unreachable(
            _("{host} n’a pas répondu par une image : vérifiez l’adresse du fond.").format(
                host=host
            )
        )
    return bytes(found)
