"""Says whether one entry answers a search, exactly as the index would, without asking the index."""

from beffroi.logbook import facets, index
from beffroi.logbook.entry import Entry
from beffroi.logbook.followups import PENDING
from beffroi.logbook.query import Query, Term
from beffroi.logbook.search import sphere
from beffroi.logbook.search.people import any_called
from beffroi.logbook.search.plan import variants


def answers(query: Query, entry: Entry, dossier: str, author: str = "") -> bool:
    """Whether `entry` has what `query` asks of the entry itself.

    `dossier` is the uid that the search's dossier stands for, `author` the name shown for the
    one who wrote the entry.  What other tables know (read marks, due times, provisional numbers)
    is not looked at.
    """
    return (
        _fields(query, entry, dossier)
        and _names(query, entry, author)
        and _time(query, entry)
        and _place(query, entry)
        and _tags(query, entry)
        and _terms(query, entry)
    )


def _fields(q: Query, entry: Entry, dossier: str) -> bool:
    content = entry.content
    return (
        (not q.natures or content.nature in q.natures)
        and q.min_gravity <= content.gravity <= q.max_gravity
        and (not q.qualifications or entry.qualification in q.qualifications)
        and (not q.lifecycle or entry.lifecycle in q.lifecycle)
        and (not q.key_only or content.key_event)
        and (q.with_attachment is None or q.with_attachment == bool(content.attachments))
        and (q.number is None or q.station != "" or q.number == entry.number)
        and _followed(q.followup, entry.followup)
        and (not q.dossier or (dossier != "" and dossier in entry.dossiers))
    )


def _followed(wanted: str, status: str) -> bool:
    if wanted in ("open", "late"):
        return status in PENDING
    return not wanted or status != ""


def _names(q: Query, entry: Entry, author: str) -> bool:
    return (
        (not q.authors or any_called(q.authors, entry.author, author))
        and (not q.organisations or any_called(q.organisations, entry.content.organisation))
        and (not q.posts or any_called(q.posts, entry.post))
    )


def _time(q: Query, entry: Entry) -> bool:
    at = entry.event_time
    return (q.since is None or at >= q.since) and (q.until is None or at < q.until)


def _place(q: Query, entry: Entry) -> bool:
    lon, lat = entry.content.lon, entry.content.lat
    if lon is None or lat is None:
        return q.located is not True and q.box is None and q.near is None
    if q.located is False:
        return False
    if q.box is not None and not sphere.inside(q.box, lon, lat):
        return False
    near = q.near
    return near is None or sphere.metres(near.lon, near.lat, lon, lat) <= near.metres


def _tags(q: Query, entry: Entry) -> bool:
    if not q.tags and not q.without_tags:
        return True
    held = set(facets.tag_words(entry.content.tags))
    alternatives = [{facets.tag_word(code) for code in tag.split("|")} for tag in q.tags]
    unwanted = {facets.tag_word(code) for tag in q.without_tags for code in tag.split("|")}
    return all(held & wanted for wanted in alternatives) and not held & unwanted


def _terms(q: Query, entry: Entry) -> bool:
    if not q.terms:
        return True
    columns = [column.split() for column in index.spoken(entry)]
    return all(_found(term, columns) != term.without for term in q.terms)


def _found(term: Term, columns: list[list[str]]) -> bool:
    return any(
        _follows(column, at, words, prefix=term.prefix)
        for words in variants(term)
        for column in columns
        for at in range(len(column) - len(words) + 1)
    )


def _follows(column: list[str], at: int, words: tuple[str, ...], *, prefix: bool) -> bool:
    here = column[at : at + len(words)]
    if not prefix:
        return here == list(words)
    return here[:-1] == list(words[:-1]) and here[-1].startswith(words[-1])
