"""The hub's own test messages (`technical`): checked as its validator does, field by field."""

import re
from collections.abc import Callable

from beffroi.plugin import Book
from beffroi.plugin.words import _

Check = Callable[[object], bool]
REQUIRED = {"technical": ("requiredStringField", "requiredArray"), "technicalNoreq": ()}
_NUMBERS = re.compile(r"-?\d+(\.\d+)?\Z")
_MOST = 5


def _words(value: object) -> bool:
    return isinstance(value, str)


def _one_of(*values: str) -> Check:
    return lambda value: value in values


def _like(pattern: str) -> Check:
    known = re.compile(pattern)
    return lambda value: isinstance(value, str) and known.fullmatch(value) is not None


def _whole(value: object) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"-?\d+", value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: object) -> bool:
    if isinstance(value, str):
        return _NUMBERS.match(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _yes_or_no(value: object) -> bool:
    return isinstance(value, bool) or value in ("true", "false")


def _some(check: Check, most: int = 1_000) -> Check:
    def several(value: object) -> bool:
        items = value if isinstance(value, list) else [value]
        return len(items) <= most and all(map(check, items))

    return several


def _object(value: object) -> bool:
    return isinstance(value, dict)


FIELDS: dict[str, Check] = {
    "requiredStringField": _words,
    "optionalStringField": _words,
    "enumerationField": _one_of(*(f"ENUM_VALUE_{n}" for n in range(1, 6))),
    "integerField": _whole,
    "numberField": _number,
    "booleanField": _yes_or_no,
    "objectField": _object,
    "arrayField": _some(_words),
    "enumArrayField": _some(_one_of(*(f"ENUM_VALUE_{n}" for n in range(10, 60, 10)))),
    "requiredArray": _some(_words),
    "arrayWithMaxLength": _some(_words, _MOST),
    "phoneNumberField": _like(r"\+?[0-9]{2,14}"),
    "dateField": _like(r"\d{4}-\d{2}-\d{2}"),
    "emailField": _like(r"[a-zA-Z0-9_.-]+@([a-zA-Z0-9_-]+\.)+[a-zA-Z0-9_-]{2,4}"),
    "datetimeField": _like(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}"),
    "objectLevel1": _object,
    "nomenclatureField": _one_of("M", "F", "O", "UN"),
}


def check(name: str, body: object, book: Book) -> None:
    """Note what a test message lacks, what it should not have, and values of the wrong kind."""
    told = body if isinstance(body, dict) else {}
    for field in REQUIRED[name]:
        if field not in told:
            book.note(name, _("champ obligatoire absent : {name}").format(name=field), lost=False)
    for field, value in told.items():
        if str(field).startswith("@"):
            continue
        if field not in FIELDS:
            book.note(name, _("champ inconnu : {name}").format(name=field), lost=False)
        elif not FIELDS[field](value):
            book.note(name, _("valeur non admise : {name}").format(name=field), lost=False)


def is_one(document: object) -> bool:
    """Whether a document without a name is such a message: it has fields of that name alone."""
    if not isinstance(document, dict) or not document:
        return False
    return all(name in FIELDS for name in document)
