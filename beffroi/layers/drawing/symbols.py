"""The three sets of symbols, by family, in both languages, and found by the words people use.

A calque takes its symbols from one set: civil pictograms, the firefighters’ SITAC, or APP-6.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from beffroi import resources, text
from beffroi.errors import BeffroiError
from beffroi.layers.drawing import sidc
from beffroi.places.folding import fold, word_starts
from beffroi.text import N_, _

SetName = Literal["civil", "sitac", "app6"]
SETS: tuple[SetName, ...] = get_args(SetName)
SET_WORDS: dict[SetName, str] = {
    "civil": N_("Pictogrammes civils"),
    "sitac": N_("SITAC (sapeurs-pompiers)"),
    "app6": N_("APP-6 (OTAN)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A shelf of a set; `colour` is empty where the symbol's own rules give it (APP-6)."""

    id: str
    fr: str
    en: str
    colour: str = ""

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.fr if text.language() == "fr" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """One symbol.  `key` is what a shape keeps: `sitac:pma`, `civil:flame`, `app6:` and a SIDC."""

    set: SetName
    id: str
    family: Family
    fr: str
    en: str
    words: tuple[str, ...]
    haystack: tuple[str, ...]

    @property
    def key(self) -> str:
        """What a shape keeps of it."""
        return f"{self.set}:{sidc.code(self.id)}" if self.set == "app6" else f"{self.set}:{self.id}"

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.fr if text.language() == "fr" else self.en


@cache
def catalogue(name: SetName) -> tuple[Symbol, ...]:
    """The symbols of a set, family after family in the order of its charter."""
    path = resources.root() / "symbols" / f"{name}.toml"
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    families = {
        key: Family(id=key, fr=said["fr"], en=said["en"], colour=said.get("colour", ""))
        for key, said in document["families"].items()
    }
    symbols = [_symbol(name, families, said) for said in document["symbols"]]
    order: list[str] = document["order"]
    return tuple(sorted(symbols, key=lambda symbol: order.index(symbol.family.id)))


def _symbol(name: SetName, families: dict[str, Family], said: dict[str, Any]) -> Symbol:
    words = tuple(said["words"])
    starts = word_starts(fold(said["fr"])) + word_starts(fold(said["en"]))
    return Symbol(
        set=name,
        id=said["id"],
        family=families[said["family"]],
        fr=said["fr"],
        en=said["en"],
        words=words,
        haystack=(*starts, *map(fold, words)),
    )


def search(name: SetName, asked: str) -> list[Symbol]:
    """The symbols of a set whose name or words begin with each word asked; all for nothing asked."""
    wanted = fold(asked).split()
    return [symbol for symbol in catalogue(name) if all(_begins(symbol, w) for w in wanted)]


def _begins(symbol: Symbol, word: str) -> bool:
    return any(start.startswith(word) for start in symbol.haystack)


def find(key: str) -> Symbol | None:
    """The catalogue's symbol under a shape's key, whatever its affiliation; None when unknown."""
    name, _colon, rest = key.partition(":")
    wanted = sidc.entity_of(rest) if name == "app6" else rest
    return _index().get((name, wanted))


@cache
def _index() -> dict[tuple[str, str], Symbol]:
    return {(symbol.set, symbol.id): symbol for name in SETS for symbol in catalogue(name)}


def title_of(key: str) -> str:
    """The name of the symbol under a key; an APP-6 code of no catalogue says its code."""
    if symbol := find(key):
        return symbol.title
    return key.partition(":")[2]


def picture(key: str) -> str:
    """The SVG of a civil or SITAC symbol, its colour left as `currentColor`.

    Raises:
        BeffroiError: no such symbol (APP-6 is drawn by milsymbol, in the page).
    """
    symbol = find(key)
    if symbol is None or symbol.set == "app6":
        raise BeffroiError(_("Ce symbole est inconnu ici\u00a0: mettez Beffroi à jour."))
    root = resources.root()
    folder = root / "icons" / "theme" if symbol.set == "civil" else root / "symbols" / "sitac"
    return (folder / f"{symbol.id}.svg").read_text(encoding="utf-8")
