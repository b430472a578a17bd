"""Reads for the wizard: fetched once, read under guard, and said in the wizard's terms."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Protocol

import msgspec

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.plugin import Fetched, Options
from beffroi.sources.addresses import Origin
from beffroi.sources.guard import Guard
from beffroi.sources.registry import formats
from beffroi.sources.understood import Understood
from beffroi.text import _
from desktop.sources import telling
from desktop.sources.finding import Choice, Finding, Part, origin_of

_LOCAL = ("file", "folder")


class Fetch(Protocol):
    """Asks a transport once, within what is allowed."""

    def __call__(self, address: str, transport: str, options: Options, secret: str) -> Fetched:
        """The first delivery.

        Raises:
            BeffroiError: nothing could be had; one sentence with its remedy.
        """
        ...


class GuardedReader:
    """Keeps the last delivery: another role or another format is read from the same bytes."""

    def __init__(
        self, guard: Guard, fetch: Fetch, kept: Callable[[str], bytes], clock: Clock, zone: str
    ) -> None:
        """`kept(sha256)` gives the bytes of a file that the profile keeps."""
        self._guard = guard
        self._fetch = fetch
        self._kept = kept
        self._clock = clock
        self._zone = zone
        self._lock = Lock()
        self._last: tuple[Origin, str, Fetched] | None = None

    def formats(self) -> Sequence[tuple[str, str]]:
        """Id and title of every format that can be read, by title."""
        return sorted(
            ((one.id, one.title) for one in formats()), key=lambda pair: pair[1].casefold()
        )

    def understand(self, origin: Origin, choice: Choice, secret: str) -> Finding:
        """Fetch and read once; a service's first layer is read with its list.

        Raises:
            BeffroiError: nothing could be had or read.
        """
        whole = self._read(origin, choice, secret)
        following = whole.hints.get("follow", "")
        if following and not whole.read:
            origin = origin_of(origin, Part(id="", title="", address=following))
            whole = self._read(origin, choice, secret)
        understood, choice = self._first_part(whole, origin, choice, secret)
        found = self._told(understood, origin, choice)
        if found.tiles or not telling.is_list(understood) or not found.parts:
            return found
        inner = origin_of(origin, found.parts[0])
        try:
            layer = self._read(inner, Choice(), secret)
        except BeffroiError:
            return found
        return telling.with_layer(found, self._told(layer, inner, Choice()))

    def _first_part(
        self, whole: Understood, origin: Origin, choice: Choice, secret: str
    ) -> tuple[Understood, Choice]:
        """Of several layers the first, unless one was chosen: what is shown is what is ticked."""
        if not whole.parts or choice.options:
            return whole, choice
        part = whole.parts[0]
        chosen = replace(choice, options={part.option: part.value})
        alone = self._read(origin, chosen, secret)
        return msgspec.structs.replace(alone, parts=alone.parts or whole.parts), chosen

    def _told(self, understood: Understood, origin: Origin, choice: Choice) -> Finding:
        return telling.finding(understood, origin, choice, self._zone, self._clock.now())

    def _read(self, origin: Origin, choice: Choice, secret: str) -> Understood:
        if origin.transport == "file":
            return self._guard.read(
                path=Path(origin.address),
                format=choice.format,
                options=choice.options,
                zone=self._zone,
            )
        if origin.transport == "attachment":
            fetched = Fetched(
                data=self._kept(origin.address), name=str(choice.options.get("name", ""))
            )
        else:
            fetched = self._delivery(origin, choice.options, secret)
        return self._guard.read(
            data=fetched.data,
            name=fetched.name,
            media_type=fetched.media_type,
            format=choice.format,
            options=choice.options,
            zone=self._zone,
        )

    def _delivery(self, origin: Origin, options: Options, secret: str) -> Fetched:
        if origin.transport in ("paste", "manual"):
            return Fetched(data=origin.text.encode(), name=_("collé.txt"))
        if origin.transport == "folder":
            return _latest(Path(origin.address))
        with self._lock:
            last = self._last
        if last is not None and last[:2] == (origin, secret):
            return last[2]
        fetched = self._fetch(origin.address, origin.transport, options, secret)
        with self._lock:
            self._last = (origin, secret, fetched)
        return fetched


def _latest(folder: Path) -> Fetched:
    """The newest file of a folder that is to be watched."""
    try:
        files = [one for one in folder.iterdir() if one.is_file() and not one.name.startswith(".")]
        newest = max(files, key=lambda one: one.stat().st_mtime_ns, default=None)
        if newest is None:
            raise BeffroiError(
                _("Ce dossier est encore vide\u00a0: déposez-y un premier fichier, puis réessayez.")
            )
        return Fetched(data=newest.read_bytes(), name=newest.name)
    except OSError as error:
        raise BeffroiError(
            _("Le dossier {name} ne peut pas être lu\u00a0: vérifiez vos droits.").format(
                name=folder.name
            )
        ) from error
