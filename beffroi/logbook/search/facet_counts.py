"""How many of the entries found have each tag, gravity, nature and status."""

from dataclasses import replace

from beffroi.logbook import facets
from beffroi.logbook.entry import Nature, Qualification
from beffroi.logbook.search.plan import Plan
from beffroi.logbook.search.sql import parameters, source
from beffroi.store import Connection
from beffroi.taxonomy import DOMAINS

Counts = dict[str, dict[str, int]]


def counts(connection: Connection, made: Plan) -> Counts:
    """Counts by `tag` (domain), `gravity`, `nature` and `qualification`, empty ones left out."""
    return {
        "tag": _by_word(connection, made, {d: facets.tag_word(d) for d in DOMAINS}),
        "gravity": _by_word(
            connection, made, {str(n): word for n, word in enumerate(facets.ANY_GRAVITY)}
        ),
        "nature": _by_word(
            connection, made, {n: facets.value_word(facets.NATURE, n) for n in Nature}
        ),
        "qualification": _by_word(
            connection,
            made,
            {q: facets.value_word(facets.QUALIFICATION, q) for q in Qualification},
        ),
    }


def _by_word(connection: Connection, made: Plan, words: dict[str, str]) -> dict[str, int]:
    """One question to the index per word: each costs what its rarest part costs."""
    found: dict[str, int] = {}
    for name, word in words.items():
        match = f'({made.match}) AND (facets : "{word}")' if made.match else f'facets : "{word}"'
        narrowed = replace(made, match=match)
        sql = f"SELECT count(*) {source(narrowed, narrow=True)}"
        count = int(connection.execute(sql, parameters(narrowed)).fetchone()[0])
        if count:
            found[str(name)] = count
    return found
