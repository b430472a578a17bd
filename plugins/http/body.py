"""Takes a body in, opened as it comes, never more than the limit."""

import zlib

import httpx

from beffroi.plugin import Unreachable
from beffroi.plugin.limits import MAX_BYTES, MAX_RATIO, RATIO_FREE
from beffroi.plugin.words import _

_ANY_ZLIB = 47
"""zlib's word for: gzip or zlib, tell by the header."""


async def whole(response: httpx.Response) -> bytes:
    """The whole body, decompressed.

    Raises:
        Unreachable: too large, a bomb, or not in the encoding it says.
    """
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Unreachable(
            _(
                "Le serveur compresse d’une façon que Beffroi ne lit pas ({coding})\u00a0: prévenez son exploitant."
            ).format(coding=coding[:20])
        )
    opened = _Opened() if coding not in ("", "identity") else None
    body, taken = bytearray(), 0
    async for chunk in response.aiter_raw():
        taken += len(chunk)
        body += opened.more(chunk) if opened else chunk
        _within_limits(len(body), taken)
    if opened and not opened.ended:
        raise _damaged()
    return bytes(body)


class _Opened:
    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(_ANY_ZLIB)
        self._size = 0

    @property
    def ended(self) -> bool:
        return self._zlib.eof

    def more(self, chunk: bytes) -> bytes:
        try:
            opened = self._zlib.decompress(chunk, MAX_BYTES - self._size + 1)
        except zlib.error as error:
            raise _damaged() from error
        self._size += len(opened)
        return opened


def _within_limits(size: int, taken: int) -> None:
    if size > MAX_BYTES:
        raise Unreachable(
            _(
                "La réponse dépasse 200\u00a0Mo\u00a0: demandez-en une partie (emprise, filtre, date)."
            )
        )
    if size > RATIO_FREE and size > taken * MAX_RATIO:
        raise Unreachable(
            _("La réponse se gonfle sans mesure une fois ouverte\u00a0: elle est refusée.")
        )


def _damaged() -> Unreachable:
    return Unreachable(
        _("La réponse compressée est incomplète ou abîmée\u00a0: la source est relue plus tard.")
    )
