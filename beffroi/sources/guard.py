"""Reads strangers' bytes in processes of their own, within limits of time and memory.

A process that hangs or swells is killed and said in one sentence; the next reading gets a new one.
"""

import threading
from pathlib import Path
from typing import Self

from beffroi import text
from beffroi.errors import BeffroiError
from beffroi.plugin import Options, Unreadable
from beffroi.plugin.kinds import too_big
from beffroi.plugin.limits import MAX_BYTES
from beffroi.sources import frames
from beffroi.sources.child import Gone, Limits, Worker
from beffroi.sources.understood import Understood
from beffroi.sources.worker import broken_off
from beffroi.text import _

__all__ = ["Guard", "Limits", "read_guarded"]


class Guard:
    """A few reading processes for all; call it from any thread.

    `with Guard() as guard: guard.read(data=…)`; processes start when they are first needed.
    """

    def __init__(self, most: int = 2) -> None:
        self._idle: list[Worker] = []
        self._turns = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start one process now, before anything is asked."""
        with self._lock:
            if not self._idle and not self._closed:
                self._idle.append(Worker())

    def read(
        self,
        *,
        data: bytes = b"",
        path: Path | None = None,
        name: str = "",
        media_type: str = "",
        format: str = "",  # noqa: A002 - the word of the plan, the command and the wizard
        options: Options | None = None,
        zone: str = "Europe/Paris",
        received: int = 0,
        limits: Limits | None = None,
    ) -> Understood:
        """What is understood of bytes, or of a file.

        Raises:
            BeffroiError: nothing could be read within the limits; one sentence with its remedy.
        """
        size = _size(path) if path else len(data)
        fair = limits or Limits.of(size)
        ask = frames.Ask(
            data=data, path=str(path or ""), name=name or (path.name if path else ""),
            media_type=media_type, format=format, options=options or {}, zone=zone,
            received=received, memory=fair.memory, language=text.language(),
        )  # fmt: skip
        with self._turns:
            worker = self._taken()
            try:
                return worker.read(ask, fair)
            except Gone:
                raise Unreadable(broken_off()) from None
            finally:
                self._give_back(worker)

    def close(self) -> None:
        """End all processes that wait."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.kill()

    def _taken(self) -> Worker:
        """An idle process that still lives, or a new one."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return Worker()
            if worker.fresh:
                return worker
            worker.kill()

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.fresh and not self._closed:
                self._idle.append(worker)
                return
        worker.kill()


def _size(path: Path) -> int:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier «\u202f{name}\u202f» ne peut pas être lu\u00a0: vérifiez son emplacement."
            ).format(name=path.name)
        ) from error
    if size > MAX_BYTES:
        raise too_big()
    return size


def read_guarded(
    source: bytes | Path,
    *,
    name: str = "",
    media_type: str = "",
    format: str = "",  # noqa: A002 - as in Guard.read
    options: Options | None = None,
    zone: str = "Europe/Paris",
    received: int = 0,
) -> Understood:
    """One reading in a process of its own, for those who read once.

    Raises:
        BeffroiError: nothing could be read within the limits; one sentence with its remedy.
    """
    with Guard(1) as guard:
        return guard.read(
            data=source if isinstance(source, bytes) else b"",
            path=source if isinstance(source, Path) else None,
            name=name, media_type=media_type, format=format, options=options, zone=zone,
            received=received,
        )  # fmt: skip
