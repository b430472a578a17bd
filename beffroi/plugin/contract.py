"""The two kinds of plugins that bring data in: formats, and transports."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from beffroi.plugin.door import Door
from beffroi.plugin.record import Reading
from beffroi.plugin.sample import Sample

API = 1
Options = Mapping[str, str | int | float | bool]
"""What was chosen for this source: a layer of a file, a path in a document, a column…"""


class Format(Protocol):
    """Understands bytes of one format (or a family of them); knows nothing of where they came from.

    A module named by `plugin.toml` has these two functions, or an object that has them.
    """

    def recognise(self, sample: Sample) -> float:
        """How sure it is that these bytes are its own, 0 to 1; cheap, and never an error."""
        ...

    def read(self, sample: Sample, options: Options) -> Reading:
        """The records of the sample.

        Raises:
            Unreadable: nothing can be read of it; one French sentence with its remedy.
        """
        ...


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery of a transport: bytes, and what is known of them.

    `memory` is given back to the transport at its next turn (an ETag, the last message seen).
    """

    data: bytes
    name: str = ""
    media_type: str = ""
    memory: dict[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a transport is asked: from where, how, and what it remembered of its last turn.

    `door` is its only way to the network.  `secret` is a password or a token, "" without one;
    `limit_s` how long a whole turn may take (a stream has no end).
    """

    address: str
    door: Door
    options: Options = field(default_factory=dict[str, str | int | float | bool])
    memory: Mapping[str, str] = field(default_factory=dict[str, str])
    secret: str = ""
    limit_s: float = 30.0


class Transport(Protocol):
    """Brings bytes from somewhere; knows nothing of what they mean.

    A module named by `plugin.toml` has this function, `STREAM = True` when it has no
    end, and `MANY = True` when its deliveries are separate things (letters, files).
    """

    def deliveries(self, call: Call) -> AsyncIterator[Fetched]:
        """What came since last time (nothing when nothing changed); endless for a stream.

        Raises:
            Unreachable: nothing could be had; one French sentence with its remedy.
        """
        ...
