"""The controlled tags that qualify entries: two levels, a domain and its subjects."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi import resources, text
from beffroi.errors import BeffroiError
from beffroi.text import _

DOMAINS = (
    "SEC", "SDC", "TRA", "RES", "CYB", "MET", "ORG", "LOG",
    "ACC", "ENV", "SOC", "MED", "INT", "OUT", "GOU", "RH",
)  # fmt: skip

OWN_FILE = "taxonomy.toml"
_MAX_BYTES = 1_000_000
NEUTRAL = "#54606C"
NEUTRAL_DARK = "#A7B2BD"


@dataclass(frozen=True)
class Tag:
    """A domain (`TRA`) or one of its subjects (`TRA.FERRE`), and how it is shown and exchanged.

    `colour` is legible on light panels and `dark` on dark ones.  `emsi` is the EMSI category or
    environment, empty when EMSI has none; `section` the section of the point de situation.
    """

    code: str
    fr: str
    en: str
    colour: str
    dark: str
    icon: str
    emsi: str = ""
    section: int = 2
    words: tuple[str, ...] = ()

    @property
    def domain(self) -> str:
        """The code of the domain it belongs to."""
        return self.code.split(".", 1)[0]

    @property
    def label(self) -> str:
        """Its name in the language spoken now."""
        return self.fr if text.language() == "fr" else self.en


def theme_index(tags: Sequence[str]) -> int:
    """The domain of an entry's first known tag, 1–16 in the order of `DOMAINS`; 0 for none."""
    for tag in tags:
        domain = tag.split(".", 1)[0]
        if domain in DOMAINS:
            return DOMAINS.index(domain) + 1
    return 0


class Taxonomy:
    """The tags in use: those that ship, changed and completed by a profile's own file."""

    def __init__(self, own: Path | None = None) -> None:
        self._tags = _read(resources.root() / "taxonomy" / "jop.toml")
        if own and own.is_file():
            self._tags |= _read(own)
        self._searchable = [(tag, _fold(tag)) for tag in self._tags.values()]

    def all(self) -> list[Tag]:
        """Every tag, each domain followed by its subjects."""
        return list(self._tags.values())

    def domains(self) -> list[Tag]:
        """The sixteen domains, in the order of `DOMAINS`."""
        return [self.domain(code) for code in DOMAINS]

    def subjects(self, domain: str) -> list[Tag]:
        """The subjects of a domain."""
        return [t for t in self._tags.values() if t.domain == domain and t.code != domain]

    def get(self, code: str) -> Tag | None:
        """A tag by its code."""
        return self._tags.get(code)

    def domain(self, code: str) -> Tag:
        """The domain of a tag; a plain grey one for a code that nobody declared."""
        head = code.split(".", 1)[0]
        return self._tags.get(head) or Tag(head, head, head, NEUTRAL, NEUTRAL_DARK, "tag")

    def label(self, code: str) -> str:
        """The name of a tag in the language spoken now; its code when nobody declared it."""
        tag = self._tags.get(code)
        return tag.label if tag else code

    def search(self, prefix: str) -> list[Tag]:
        """The tags that a few typed letters may mean, the likeliest first.

        Code, French and English names and known synonyms are all looked at, without regard
        to accents or case.
        """
        typed = _flat(prefix).split()
        if not typed:
            return self.all()
        ranked = []
        for order, (tag, names) in enumerate(self._searchable):
            rank = _rank(typed, names)
            if rank is not None:
                ranked.append((rank, order, tag))
        return [tag for _rank_, _order, tag in sorted(ranked, key=lambda item: item[:2])]


def of_profile(folder: Path) -> tuple[Taxonomy, str]:
    """The tags of the profile in `folder`, and what is wrong with its own list, if anything.

    A damaged list keeps nobody from working: the tags that ship are used instead.
    """
    try:
        return Taxonomy(folder / OWN_FILE), ""
    except BeffroiError as error:
        return Taxonomy(), str(error)


def _rank(typed: list[str], names: tuple[str, ...]) -> int | None:
    """0 code, 1 start of a name, 2 start of a word of it, 3 and more synonyms; None for no match."""
    whole = " ".join(typed)
    best: int | None = None
    for position, name in enumerate(names):
        words = name.split()
        if not all(any(word.startswith(part) for word in words) for part in typed):
            continue
        rank = 0 if position == 0 and name == whole else 1 if name.startswith(whole) else 2
        rank += 3 * (position > 2)
        best = rank if best is None else min(best, rank)
    return best


def _fold(tag: Tag) -> tuple[str, ...]:
    code = tag.code.replace(".", " ")
    return tuple(_flat(name) for name in (code, tag.fr, tag.en, *tag.words))


def _flat(words: str) -> str:
    decomposed = unicodedata.normalize("NFD", words.replace("œ", "oe").casefold())
    return "".join(
        c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)
    ).strip()


def _read(path: Path) -> dict[str, Tag]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError(_("plus de 1\u00a0Mo"))
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return {tag.code: tag for tag in _tags(document)}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BeffroiError(
            _(
                "La liste d’étiquettes « {name} » est illisible ({why}) : corrigez ce fichier."
            ).format(name=path.name, why=error)
        ) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BeffroiError(
            _(
                "La liste d’étiquettes « {name} » est incomplète ({why}) : "
                "comparez-la à celle livrée avec Beffroi."
            ).format(name=path.name, why=error)
        ) from error


def _tags(document: Mapping[str, Any]) -> list[Tag]:
    found = []
    for code, domain in document.items():
        if code not in DOMAINS:
            raise ValueError(code)
        found.append(_tag(code, domain, domain))
        found += [_tag(f"{code}.{item['code']}", item, domain) for item in domain.get("tags", ())]
    return found


def _tag(code: str, item: Mapping[str, Any], domain: Mapping[str, Any]) -> Tag:
    return Tag(
        code=code,
        fr=str(item["fr"]),
        en=str(item["en"]),
        colour=str(item.get("colour", domain["colour"])),
        dark=str(item.get("dark", domain["dark"])),
        icon=str(item.get("icon", domain["icon"])),
        emsi=str(item.get("emsi", domain.get("emsi", ""))),
        section=int(item.get("section", domain["section"])),
        words=tuple(str(word) for word in item.get("words", ())),
    )
