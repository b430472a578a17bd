"""One process that reads strangers' bytes, watched: what it may take, and its end when it takes more."""

import contextlib
import logging
import os
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass

from beffroi.plugin import Unreadable
from beffroi.plugin.limits import MEGA
from beffroi.sources import frames, memory
from beffroi.sources.understood import Understood
from beffroi.sources.worker import too_much
from beffroi.text import _

_log = logging.getLogger(__name__)
_FRUGAL = {
    "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    "GDAL_CACHEMAX": "32", "GDAL_NUM_THREADS": "1", "PYTHONUTF8": "1",
    "GDAL_SKIP": "OGR_VRT,HTTP,WFS,OAPIF,CSW,GDALG,EEDA,OGCAPI,Elasticsearch,Carto,AmigoCloud,PLSCENES,NGW",
}  # fmt: skip
"""One thread and small caches; none of GDAL's drivers that would follow an address in a file."""
_LOOK_S = 0.02
_START_S = 60.0
"""How long loading may take on a machine under load; the reading itself is counted from then on."""
_READINGS = 200
"""How many samples a process reads before a fresh one takes its place."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a reading may take, and how much memory."""

    seconds: float
    memory: int

    @classmethod
    def of(cls, size: int) -> "Limits":
        """What is fair for a sample of `size` bytes: little for the small, more for the large."""
        return cls(seconds=min(4.0 + 2.0 * size / MEGA, 180.0), memory=memory.allowance(size))


def command() -> list[str]:
    """How a reading process is started."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--source-worker"]
    return [sys.executable, "-m", "beffroi.sources.worker"]


class Gone(Exception):
    """The process is no more."""


class Worker:
    """One reading process, kept warm between readings."""

    def __init__(self) -> None:
        """Start it; it loads while others go on."""
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command(), env=os.environ | _FRUGAL,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._voice = ThreadPoolExecutor(1, "source-worker")
        self._left = _READINGS

    @property
    def fresh(self) -> bool:
        """Whether it may read once more."""
        return self._left > 0 and self._process.poll() is None

    def read(self, ask: frames.Ask, limits: Limits) -> Understood:
        """What it understands.

        Raises:
            BeffroiError: it refused, or went over a limit (and was killed).
            Gone: it died by itself.
        """
        self._left -= 1
        answer = self._wait(self._voice.submit(self._asked, ask), _START_S, 0)
        if isinstance(answer, frames.Begun):
            before = memory.taken(self._process.pid)
            most = before + limits.memory if before else 0
            answer = self._wait(self._voice.submit(self._heard), limits.seconds, most)
        match answer:
            case frames.Done(understood=found):
                return found
            case frames.Refusal(sentence=sentence, detail=detail):
                if detail:
                    _log.error("a plugin failed while it read\n%s", detail)
                raise Unreadable(sentence)
            case _:
                self.kill()
                raise Gone

    def kill(self) -> None:
        """End it at once."""
        self._left = 0
        self._process.kill()
        self._process.wait()
        self._voice.shutdown(wait=True)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):  # what was never read is lost with it
                    stream.close()

    def _asked(self, ask: frames.Ask) -> frames.Answer | None:
        assert self._process.stdin  # noqa: S101 - opened above
        try:
            frames.send(self._process.stdin, ask)
        except (OSError, ValueError):
            return None
        return self._heard()

    def _heard(self) -> frames.Answer | None:
        assert self._process.stdout  # noqa: S101 - opened above
        return frames.next_answer(self._process.stdout)

    def _wait(
        self, coming: "Future[frames.Answer | None]", seconds: float, most: int
    ) -> frames.Answer | None:
        end = time.monotonic() + seconds
        while True:
            try:
                return coming.result(_LOOK_S)
            except NotYet:
                pass
            if time.monotonic() > end:
                self.kill()
                raise Unreadable(
                    _(
                        "Ce contenu est trop long à lire\u00a0: découpez-le, ou vérifiez qu’il n’est pas piégé."
                    )
                )
            if most and memory.taken(self._process.pid) > most:
                self.kill()
                raise Unreadable(too_much())
