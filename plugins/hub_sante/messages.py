"""Turns a message of the hub into records: cases, means and their positions."""

from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Record, Refused, Scalar, flat, geometry, times, tree
from beffroi.plugin.severity import graded
from beffroi.plugin.words import _
from plugins.hub_sante import emsi, technical
from plugins.hub_sante.cases import CASES, EMSI, PERSONAL, PRIORITIES, Case

_HEADER = ("messageId", "sender", "sentAt", "kind", "status", "recipient")


def bodies(message: object) -> list[tuple[str, object]]:
    """The named bodies of a message (`createCase`, `emsi`…); that of EDA 1.9 has no name."""
    if not isinstance(message, dict):
        return []
    found = [(name, message[name]) for name in (*CASES, EMSI) if _is_body(name, message.get(name))]
    if not found and tree.text(message, "caseId"):
        found = [("createCase", message)]
    return found


def _is_body(name: str, body: object) -> bool:
    proof = CASES[name].proof if name in CASES else "CONTEXT"
    return body is not None and (not proof or tree.at(body, proof) is not None)


def records_of(message: object, book: Book, zone: str) -> Iterator[Record]:
    """What each body of a message tells of."""
    for name, body in bodies(message):
        if name == EMSI:
            yield from emsi.records_of(body, book, zone)
            continue
        case = CASES[name]
        if name.startswith("technical"):
            technical.check(name, body, book)
        items = list(tree.every(body, case.items)) if case.items else [body]
        for n, item in enumerate(items, 1):
            yield _record(case, body, item, n, book, zone)


def _record(case: Case, body: object, item: object, n: int, book: Book, zone: str) -> Record:
    case_id = tree.text(body, "caseId")
    uid = next(
        (u for name in case.ids if (u := tree.text(item, name) or tree.text(body, name))), ""
    ) or next((tree.text(u) for name in case.ids for u in tree.deep(item, name)), "")
    moments = (times.instant(tree.text(item, *path), zone) for path in case.moments)
    words = next((w for path in case.titles if (w := tree.text(item, *path))), "")
    town = next((tree.text(city, "name") for city in tree.deep(item, "city")), "")
    return Record(
        id=uid or f"{case_id or case.name}#{n}",
        geometry=_place(item, book, uid or case_id),
        properties=_properties(case, item, case_id, book, uid or case_id),
        title=" – ".join(w for w in (_capital(_(case.name)), words, town) if w),
        time=next((moment for moment in moments if moment is not None), None),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _properties(
    case: Case, item: object, case_id: str, book: Book, where: str
) -> dict[str, Scalar]:
    told: dict[str, object] = {"kind": _(case.name), "caseId": case_id}
    told |= graded(tree.text(item, "qualification", "details", "priority"), PRIORITIES)
    status = tree.text(item, "state", "status") or tree.text(item, "status")
    told |= {"status": status} if status else {}
    if isinstance(item, dict):
        kept = without_persons(item)
        if kept != item:
            book.note(
                where or _(case.name),
                _("données de personnes ou de santé laissées de côté"),
                lost=False,
            )
        told |= kept
    return flat({k: v for k, v in told.items() if v != ""})


def without_persons(node: dict[str, object]) -> dict[str, object]:
    """The fields that are not about a person: of victims, how many they are."""
    kept: dict[str, object] = {}
    for name, value in node.items():
        if name in PERSONAL:
            continue
        if isinstance(value, list):
            kept[name] = [without_persons(v) if isinstance(v, dict) else v for v in value]
        elif isinstance(value, dict):
            told = without_persons(value)
            kept[name] = {k: v for k, v in told.items() if k != "freetext" or name != "victims"}
        else:
            kept[name] = value
    return kept


def _place(item: object, book: Book, where: str) -> Geometry | None:
    for coord in tree.deep(item, "coord"):
        lon, lat = tree.text(coord, "lon"), tree.text(coord, "lat")
        if lon and lat:
            try:
                return geometry.point(lon, lat)
            except Refused as refusal:
                book.note(where, refusal.why, lost=False)
    return None


def check_header(message: object, book: Book, where: str) -> None:
    """Note what the header of a message (RC-DE) lacks, and bodies too few or too many."""
    if not isinstance(message, dict):
        return
    for name in _HEADER:
        if tree.at(message, name) is None:
            _lacks(book, where, f"message.{name}")
    count = len(bodies(message))
    if not count:
        book.note(where, _("message sans contenu reconnu"), lost=False)
    elif count > 1:
        book.note(where, _("plusieurs contenus dans un seul message"), lost=False)


def _lacks(book: Book, where: str, name: str) -> None:
    book.note(where, _("champ obligatoire absent : {name}").format(name=name), lost=False)
