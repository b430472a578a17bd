"""Asks one address, follows where it leads step by step, and takes no more than it can hold."""

import ssl
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self
from urllib.parse import unquote

import httpx

from beffroi.plugin import Door, Unreachable
from beffroi.plugin.door import unreached
from beffroi.plugin.words import _
from plugins.http.body import whole
from plugins.http.refusals import refusal

MAX_STEPS = 5
MAX_ADDRESSES = 3
_TIMES = httpx.Timeout(connect=5.0, read=10.0, write=10.0, pool=5.0)
_HEADERS = {"User-Agent": "Beffroi", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
_MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered, and where in the end (`url`)."""

    data: bytes
    url: str
    name: str
    media_type: str
    etag: str = ""
    modified: str = ""
    link: str = ""


class Asker:
    """Requests of one turn.  `secret` headers go to the first machine alone."""

    def __init__(self, door: Door, secret: dict[str, str]) -> None:
        self._door = door
        self._secret = secret
        self._first = ""
        # No connection is kept: they are opened to checked addresses, and one address may serve
        # several names, each with a certificate of its own to be verified.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(
                verify=door.tls,
                limits=limits,
                proxy=httpx.Proxy(door.proxy) if door.proxy else None,
            ),
            timeout=_TIMES,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def ask(self, address: str, conditions: dict[str, str] | None = None) -> Answer | None:
        """What is at `address`; None when it did not change.

        Raises:
            Unreachable: refused, missing, too large, too slow…
        """
        url = _checked(address)
        self._first = self._first or _origin(url)
        for _step in range(MAX_STEPS + 1):
            try:
                found = await self._step(url, conditions or {})
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise _told(url.host, error) from error
            if not isinstance(found, httpx.URL):
                return found
            url = found
        raise Unreachable(
            _("{host} renvoie sans fin d’une adresse à l’autre\u00a0: vérifiez l’adresse.").format(
                host=url.host
            )
        )

    async def _step(self, url: httpx.URL, conditions: dict[str, str]) -> Answer | httpx.URL | None:
        """One request: an answer, None when nothing changed, or where to ask next."""
        secret = self._secret if _origin(url) == self._first else {}
        response = await self._sent(url, {**_HEADERS, **conditions, **secret})
        try:
            if response.status_code == 304:
                return None
            if response.status_code in _MOVED:
                return _next(url, response)
            if response.status_code not in (200, 203):
                raise refusal(url.host, response)
            return _answer(url, response, await whole(response))
        finally:
            await response.aclose()

    async def _sent(self, url: httpx.URL, headers: dict[str, str]) -> httpx.Response:
        """The answer of the first address of a machine that can be reached."""
        port = url.port or (443 if url.scheme == "https" else 80)
        if self._door.proxy:
            await self._door.check(url.host, port)
            request = self._client.build_request("GET", url, headers=headers)
            return await self._client.send(request, stream=True)
        last: Exception | None = None
        for address in (await self._door.addresses(url.host, port))[:MAX_ADDRESSES]:
            request = self._client.build_request(
                "GET", url.copy_with(host=address),
                headers={**headers, "Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": url.raw_host.decode("ascii")},
            )  # fmt: skip
            try:
                return await self._client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last = error
        raise last or OSError


def _checked(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise _no_address() from error
    if url.scheme not in ("http", "https") or not url.host:
        raise _no_address()
    return url.copy_with(fragment=None)


def _no_address() -> Unreachable:
    return Unreachable(_("Ce n’est pas une adresse web\u00a0: écrivez-la avec https:// devant."))


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _next(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    try:
        there = url.join(response.headers.get("location", ""))
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise _no_address() from error
    if url.scheme == "https" and there.scheme == "http":
        raise Unreachable(
            _("{host} renvoie vers une adresse non chiffrée\u00a0: Beffroi ne la suit pas.").format(
                host=url.host
            )
        )
    return _checked(str(there))


def _told(host: str, error: Exception) -> Unreachable:
    """The sentence for what the network answered."""
    deeper: BaseException | None = error
    while deeper is not None:
        if isinstance(deeper, ssl.SSLError | ConnectionRefusedError):
            return unreached(host, deeper)
        deeper = deeper.__cause__ or deeper.__context__
    if isinstance(error, httpx.TimeoutException):
        return unreached(host, TimeoutError())
    if isinstance(error, httpx.RemoteProtocolError):
        return Unreachable(
            _("{host} a coupé la réponse en route\u00a0: la source est relue plus tard.").format(
                host=host
            )
        )
    return unreached(host, error)


def _answer(url: httpx.URL, response: httpx.Response, data: bytes) -> Answer:
    headers = response.headers
    return Answer(
        data=data, url=str(url), name=_name(url, headers.get("content-disposition", "")),
        media_type=headers.get("content-type", "")[:200], etag=headers.get("etag", "")[:500],
        modified=headers.get("last-modified", "")[:100], link=headers.get("link", "")[:4_000],
    )  # fmt: skip


def _name(url: httpx.URL, disposition: str) -> str:
    told = Message()
    told["Content-Disposition"] = disposition
    name = told.get_filename() or unquote(url.path)
    return PurePosixPath(name.replace("\\", "/")).name[:200]
