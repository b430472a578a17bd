"""What the security officer asks of the trail, read from the query of a request and bounded."""

from collections.abc import Mapping

from beffroi.access import trail_acts, trail_words
from beffroi.access.trace import AUDIT, JOURNAL, Place
from beffroi.access.trail_search import TrailFilter
from hub.http.openapi import query
from hub.http.trouble import malformed

MOST_CHARS = 200
_LATEST = 2**53
PARAMETERS = (
    query("account", "exactly this account", required=False),
    query("action", "codes of acts, by commas; `*` stands for anything", required=False),
    query("family", "a family of acts", required=False, type="string",
          enum=sorted(trail_acts.FAMILIES)),
    query("object", "a uid or an entry's number", required=False),
    query("post", "part of a post's name", required=False),
    query("station", "part of a station's name, or its device", required=False),
    query("since", "UTC ms, included", required=False, type="integer"),
    query("until", "UTC ms, excluded", required=False, type="integer"),
    query("text", "words found anywhere", required=False),
    query("chain", "accesses or changes alone", required=False, type="string",
          enum=[AUDIT, JOURNAL]),
)  # fmt: skip
AFTER = query("after", "the last trace read: `at,chain,seq`", required=False)


def wanted(given: Mapping[str, str]) -> TrailFilter:
    """The filter that a query asks for.

    Raises:
        Refused: a value is too long or means nothing.
    """
    if any(len(value) > MOST_CHARS for value in given.values()):
        raise malformed()
    if given.get("chain", "") not in ("", AUDIT, JOURNAL):
        raise malformed()
    actions = tuple(code.strip() for code in given.get("action", "").split(",") if code.strip())
    if family := given.get("family", ""):
        actions += trail_words.codes(family) or _refused()
    return TrailFilter(
        account=_plain(given, "account"),
        actions=actions,
        post=_plain(given, "post"),
        station=_plain(given, "station"),
        since=_moment(given, "since"),
        until=_moment(given, "until"),
        text=_plain(given, "text"),
        chain=given.get("chain", ""),
    )


def place(given: Mapping[str, str]) -> Place | None:
    """The trace after which to go on.

    Raises:
        Refused: it is none.
    """
    said = given.get("after", "")
    if not said:
        return None
    at, _comma, rest = said.partition(",")
    chain, _comma, seq = rest.partition(",")
    if chain not in (AUDIT, JOURNAL):
        raise malformed()
    return (_number(at), chain, _number(seq))


def obj(given: Mapping[str, str]) -> str:
    """What the traces are to be about."""
    return _plain(given, "object").strip()


def _plain(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, "")
    if "\x00" in value or not value.isprintable():
        raise malformed()
    return value


def _moment(given: Mapping[str, str], name: str) -> int | None:
    return _number(given[name]) if given.get(name) else None


def _number(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) <= 16 and int(said) <= _LATEST):
        raise malformed()
    return int(said)


def _refused() -> tuple[str, ...]:
    raise malformed()
