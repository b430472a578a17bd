"""Entries into the profile from a table: what is understood comes in, the rest is told row by row."""

from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from beffroi.errors import BeffroiError
from beffroi.exchange.columns import by_header
from beffroi.exchange.problems import MAX_KEPT, Problem
from beffroi.exchange.raw import Raw
from beffroi.exchange.understanding import Reading, Refused, Understood
from beffroi.journal import Identity
from beffroi.logbook.writing import Draft
from beffroi.node import Node
from beffroi.text import _, printable

MAX_BYTES = 50_000_000
MAX_ROWS = 100_000
_OURS = UUID("6f0c2f1e-5d0a-5c1b-9a53-7c2d8a1f4b60")
_PAGE = 900


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file.  `columns` says how each header was understood."""

    path: str
    format: str
    encoding: str
    read: int
    published: int
    skipped: int
    dry_run: bool
    columns: dict[str, str]
    ignored: tuple[str, ...]
    problems: tuple[Problem, ...]


def import_entries(node: Node, path: Path, who: Identity, *, dry_run: bool = False) -> ImportReport:
    """Publish an entry for each row of `path` that can be; with `dry_run`, only say what would be.

    The entries are entered now, by `who`; the times, place and grading are those of the file.
    A row that came in before is left out, so that an interrupted import can be started again.
    The import is in the audit trail before its first entry is in the journal.

    Raises:
        BeffroiError: no such file, a kind that is not read, too big, damaged, or without a text.
    """
    data = _bytes(path)
    raw = _read(path)
    columns = by_header(raw.headers)
    if "text" not in columns.values():
        raise BeffroiError(
            _(
                "Ce fichier n’a pas de colonne « Texte » : nommez ainsi celle qui dit ce qui se passe."
            )
        )
    problems = list(raw.problems)
    understood = _understood(node, raw, columns, problems, sha256(data).digest())
    fresh = _new(node, understood, problems)
    report = ImportReport(
        path=printable(str(path)),
        format=path.suffix.lower().lstrip("."),
        encoding=raw.encoding,
        read=len(raw.rows),
        published=len(fresh),
        skipped=len(raw.rows) - len(fresh),
        dry_run=dry_run,
        columns={raw.headers[place]: key for place, key in columns.items()},
        ignored=tuple(h for n, h in enumerate(raw.headers) if h and n not in columns),
        problems=tuple(sorted(problems[:MAX_KEPT], key=lambda p: p.where)),
    )
    if not dry_run:
        # Before the entries: whatever stops them, the trail says where they come from.
        node.audit.record(
            who, "import", path.name, format=report.format, read=report.read,
            published=report.published, sha256=sha256(data).hexdigest(),
        )  # fmt: skip
        node.logbook.publish_many(
            Draft(content=one.content, who=who, uid=one.uid, qualification=one.qualification)
            for one in fresh
        )
    return report


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise BeffroiError(
                _("{path} n’est pas un fichier : choisissez-en un autre.").format(path=path)
            )
        if path.stat().st_size > MAX_BYTES:
            raise BeffroiError(
                _("Ce fichier dépasse {limit}\u00a0Mo : coupez-le en plusieurs.").format(
                    limit=MAX_BYTES // 1_000_000
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier {path} ne peut pas être lu : vérifiez qu’il existe et vos droits."
            ).format(path=path)
        ) from error


def _read(path: Path) -> Raw:
    # Loaded when first needed: GDAL takes half a second.
    from beffroi.exchange import readers

    return readers.read(path, MAX_ROWS)


def _understood(
    node: Node, raw: Raw, columns: dict[int, str], problems: list[Problem], seal: bytes
) -> list[tuple[int, Understood]]:
    reading = Reading(ZoneInfo(node.info.zone), node.clock.now(), node.info.marking,
                      node.taxonomy)  # fmt: skip
    found = []
    for number, cells in raw.rows:
        values = {key: cells[place] for place, key in columns.items() if place < len(cells)}
        fallback = str(uuid5(_OURS, f"{seal.hex()} {number}"))
        try:
            one, doubts = reading.row(values, fallback)
        except Refused as refusal:
            problems.append(Problem(where=number, why=str(refusal), column=refusal.column))
            continue
        if len(problems) < MAX_KEPT:
            problems += (Problem(where=number, why=why, column=c, kept=True) for c, why in doubts)
        found.append((number, one))
    return found


def _new(
    node: Node, understood: list[tuple[int, Understood]], problems: list[Problem]
) -> list[Understood]:
    """Those that are not in the profile yet, each once."""
    known = _known(node, [one.uid for _number, one in understood])
    fresh = []
    for number, one in understood:
        if one.uid in known:
            problems.append(Problem(where=number, why=_("Déjà dans ce profil : non reprise.")))
            continue
        known.add(one.uid)
        fresh.append(one)
    parents = known | _known(node, [one.content.parent for one in fresh if one.content.parent])
    return [one if one.content.parent in parents else one.alone() for one in fresh]


def _known(node: Node, uids: list[str]) -> set[str]:
    found: set[str] = set()
    with node.store.read() as connection:
        for start in range(0, len(uids), _PAGE):
            page = uids[start : start + _PAGE]
            marks = ",".join("?" * len(page))
            rows = connection.execute(f"SELECT uid FROM entry WHERE uid IN ({marks})", page)
            found |= {row[0] for row in rows}
    return found
