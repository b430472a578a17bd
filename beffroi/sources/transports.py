"""The transports by name, whether they have an end, and the call that a source makes of one."""

from collections.abc import AsyncIterator
from typing import Protocol, cast

from beffroi.errors import BeffroiError
from beffroi.plugin import Call, Fetched
from beffroi.sources.registry import manifests, module_of
from beffroi.text import _


class Transport(Protocol):
    """A transport's module."""

    STREAM: bool

    def deliveries(self, call: Call) -> AsyncIterator[Fetched]:
        """As `beffroi.plugin.Transport.deliveries`."""
        ...


def transport_of(name: str) -> Transport:
    """The transport of that id.

    Raises:
        BeffroiError: there is none.
    """
    manifest = manifests().get(name)
    if manifest is None or manifest.kind != "transport":
        raise BeffroiError(
            _(
                "Le transport «\u202f{name}\u202f» n’existe pas\u00a0: choisissez-en un de la liste."
            ).format(name=name[:40])
        )
    return cast(Transport, module_of(manifest))
