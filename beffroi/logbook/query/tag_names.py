"""Finds the tag that someone names in words: « transport » is `TRA`."""

from functools import cache

from beffroi.errors import BeffroiError
from beffroi.taxonomy import DOMAINS, Taxonomy


@cache
def known() -> Taxonomy | None:
    """The tags that ship with Beffroi; None when their file is damaged."""
    try:
        return Taxonomy()
    except BeffroiError:
        return None


def code_of(said: str, taxonomy: Taxonomy | None) -> str:
    """The code that `said` is, or names; as it is when no tag is called so."""
    code = said.strip().upper()
    if code.split(".", 1)[0] in DOMAINS or taxonomy is None:
        return code
    named = taxonomy.search(said)
    return named[0].code if named else code


def all_tags(taxonomy: Taxonomy | None) -> list[tuple[str, str]]:
    """Codes and names of all tags; the sixteen domains when no list can be read."""
    if taxonomy is None:
        return [(domain, "") for domain in DOMAINS]
    return [(tag.code, tag.label) for tag in taxonomy.all()]
