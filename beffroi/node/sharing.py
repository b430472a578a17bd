"""Shares a source with all that others need to read it, and nothing that is this machine's or a key."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.logbook.sheet import Sheet
from beffroi.node.node import Node
from beffroi.plugin.local import taken
from beffroi.sources.addresses import parted
from beffroi.sources.definition import LOCAL, Source, fields_of, source_of
from beffroi.sources.settings import put_secret
from beffroi.text import _


def share(node: Node, uid: str, *, marking: str, caveats: Sequence[str] = ()) -> Sheet:
    """Make one's own sheet everybody's who may see `marking` and `caveats`.

    A source leaves its file and its key behind.

    Raises:
        BeffroiError: it may not be shared, or `node.who` may not share.
    """
    sheet = node.sheets.one(uid)
    if sheet.kind == "source" and not sheet.shared:
        fit = for_all(node, uid, sheet.fields)
        gone = dict.fromkeys(sheet.fields.keys() - fit.keys())
        node.sheets.put("source", {**fit, **gone}, node.who, uid=uid)
    if sheet.kind == "layer":
        tiles_for_all(sheet.fields)
    return node.sheets.share(uid, node.who, marking=marking, caveats=caveats)


def for_all(node: Node, uid: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a source as all may have them.

    A file becomes an attachment, read the same everywhere; a key in the address is sealed here.

    Raises:
        BeffroiError: a folder of this machine, a file that cannot be read, a key that cannot be moved.
    """
    source = source_of(uid, fields)
    match source.transport:
        case "folder":
            raise BeffroiError(
                _("Un dossier de ce poste ne se partage pas\u00a0: gardez la source pour vous.")
            )
        case "file":
            return fields_of(_attached(node, source))
        case _:
            return fields_of(_without_key(node, source))


def tiles_for_all(fields: Mapping[str, Any]) -> None:
    """Look whether a calque may be shared: the address of its tiles is read by all.

    Raises:
        BeffroiError: it carries a key.
    """
    options = fields.get("options")
    address = str(options.get("address", "")) if isinstance(options, Mapping) else ""
    if parted("http", address) is not None:
        raise BeffroiError(
            _(
                "L’adresse de «\u202f{title}\u202f» contient une clé, que tous liraient\u00a0: "
                "gardez ce calque pour vous."
            ).format(title=str(fields.get("title", ""))[:80])
        )


def still_for_all(node: Node, uid: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a source that is shared already, changed here; no file is taken from this machine.

    Raises:
        BeffroiError: it names a file or a folder (others chose its path), or a key that cannot be moved.
    """
    source = source_of(uid, fields)
    if source.transport in LOCAL:
        raise BeffroiError(
            _(
                "La source «\u202f{title}\u202f» désigne un fichier d’un autre poste\u00a0: "
                "retirez-la, puis partagez le fichier lui-même."
            ).format(title=source.title[:80])
        )
    return fields_of(_without_key(node, source))


def _attached(node: Node, source: Source) -> Source:
    path = Path(source.address)
    try:
        data = taken(path)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier {name} ne peut pas être lu\u00a0: vérifiez qu’il est toujours là."
            ).format(name=path.name)
        ) from error
    name = f"{path.stem}.zip" if path.suffix.lower() == ".shp" else path.name
    kept = node.attachments.add_bytes(name, data, node.who)
    return msgspec.structs.replace(
        source, transport="attachment", address="", attachment=kept.sha256,
        options={**source.options, "name": name},
    )  # fmt: skip


def _without_key(node: Node, source: Source) -> Source:
    found = parted(source.transport, source.address)
    if found is None:
        return source
    if source.secret or not found.secret:
        raise BeffroiError(
            _(
                "L’adresse de «\u202f{title}\u202f» contient une clé, que tous liraient\u00a0: "
                "ôtez-la de l’adresse, et saisissez-la dans le champ de la clé."
            ).format(title=source.title[:80])
        )
    where = {"secret_in": found.where} if found.where else {}
    return msgspec.structs.replace(
        source, address=found.address, options={**source.options, **where},
        secret=put_secret(node.settings, source.uid, found.secret, found.address),
    )  # fmt: skip
