"""The words of Beffroi: finds them in the code, keeps the English catalogue, compiles it.

tools/i18n.py extract   prints the French words found in the code
tools/i18n.py update    brings resources/locale/en/LC_MESSAGES/beffroi.po up to date
tools/i18n.py missing   prints the words that have no English yet, exit 1 if any
tools/i18n.py compile   makes the .mo that Beffroi reads (`make install` calls it)
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PO = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "beffroi.po"
CODE = ("beffroi", "desktop", "hub", "plugins")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
HEAD = r"""msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""
HEADER = "# English words of Beffroi. French is the source language.\n"


def extracted() -> Catalog:
    """Every word marked in the code, with the files it stands in."""
    found = Catalog(project="Beffroi", charset="utf-8", header_comment=HEADER)
    for path in sorted(p for folder in CODE for p in (ROOT / folder).rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for _line, words, comments, _context in extract_from_file("python", path, KEYWORDS):
            found.add(words, locations=[(where, 0)], auto_comments=comments)
    return found


def english() -> Catalog:
    """The catalogue as it is kept."""
    if not PO.is_file():
        return Catalog(locale="en", project="Beffroi", charset="utf-8", header_comment=HEADER)
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def missing(catalogue: Catalog, wanted: Catalog) -> Iterator[Message]:
    """The words of the code that the catalogue does not say in English."""
    for message in wanted:
        if not message.id:
            continue
        known = catalogue.get(message.id if isinstance(message.id, str) else message.id[0])
        said = known.string if known is not None else ""
        parts = (said,) if isinstance(said, str) else said
        if known is None or known.fuzzy or not all(parts):
            yield message


def update() -> None:
    """Add new words to the catalogue, drop those that are gone, keep what is translated."""
    catalogue = english()
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write(catalogue)


def write(catalogue: Catalog) -> None:
    """Keep the catalogue in a form that changes only where words change."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(body, catalogue, sort_output=True, omit_header=True, include_lineno=False, width=100)
    PO.write_text(f"{HEADER}{HEAD}\n{body.getvalue().decode()}", "utf-8")


def compile_() -> None:
    """Make the binary catalogue when it is older than its source."""
    target = PO.with_suffix(".mo")
    if not PO.is_file() or (target.is_file() and target.stat().st_mtime >= PO.stat().st_mtime):
        return
    with target.open("wb") as file:
        write_mo(file, english())


def main(argv: list[str]) -> int:
    """Run one of the four words above."""
    match argv:
        case ["extract"]:
            for message in extracted():
                if message.id:
                    print(message.id)
        case ["update"]:
            update()
        case ["missing"]:
            left = list(missing(english(), extracted()))
            for message in left:
                print(message.id)
            return 1 if left else 0
        case ["compile"]:
            compile_()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
