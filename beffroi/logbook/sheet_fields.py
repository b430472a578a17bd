"""Which fields a sheet can hold, and which of those given say something new."""

from collections.abc import Mapping
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.journal.operation import encode
from beffroi.logbook.merge.sheets import SheetShown
from beffroi.logbook.sheet_operations import PutSheet
from beffroi.text import _

MAX_BYTES = 400_000
"""The longest JSON of a sheet: what is larger is an attachment, or a source."""


def checked_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` as JSON keeps them, the same values on every node.

    Raises:
        BeffroiError: too many of them, too long, or of a kind that JSON does not have.
    """
    try:
        written = encode(PutSheet(fields=dict(fields)).fields)
        found: dict[str, Any] = msgspec.json.decode(written)
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        raise BeffroiError(
            _("Ces champs ne peuvent pas être gardés tels quels\u00a0: vérifiez leurs valeurs.")
        ) from error
    if len(written) > MAX_BYTES:
        raise BeffroiError(
            _(
                "Cet objet dépasse 400 ko\u00a0: simplifiez son tracé, ou importez-le comme une "
                "source de données."
            )
        )
    return found


def different(shown: SheetShown, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `fields` that change what shows, or choose between what several people gave."""
    rivals = set(shown.rivals)
    return {
        name: value
        for name, value in fields.items()
        if name in rivals or shown.fields.get(name) != value
    }
