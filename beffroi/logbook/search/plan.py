"""Turns a search into one question to the index and the exact conditions the index cannot hold."""

from dataclasses import dataclass, field
from typing import Any

from beffroi.logbook import facets
from beffroi.logbook.followups import PENDING, FollowUpStatus
from beffroi.logbook.query import Query, Term
from beffroi.logbook.search import sphere
from beffroi.logbook.search.people import Named
from beffroi.logbook.words import SHORT_FORMS

MOST_OF_TIME = 0.4


@dataclass(slots=True)
class Plan:
    """`match` is for the index ("" when it has nothing to say); the rest are SQL on table `e`."""

    match: str = ""
    conditions: list[str] = field(default_factory=list[str])
    values: list[Any] = field(default_factory=list[Any])

    def add(self, condition: str, *values: Any) -> None:
        """One more condition, with its values."""
        self.conditions.append(condition)
        self.values += values


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a plan depends on beside the search: the person, the moment, the extent of time."""

    account: str
    now: int
    read_up_to: int
    exceptions: bool
    first_event: int
    last_event: int
    dossier: str = ""
    named: Named = field(default_factory=Named)


def plan(query: Query, context: Context) -> Plan:
    """How to find what `query` asks for."""
    made = Plan()
    facet: list[str] = [*_facets(query, context), *_time(query, context, made)]
    facet += _place(query, made)
    made.match = _match(query, facet)
    _exact(query, context, made)
    return made


def _match(query: Query, facet: list[str]) -> str:
    wanted = [_term(t) for t in query.terms if not t.without]
    unwanted = [_term(t) for t in query.terms if t.without]
    absent = [word for tag in query.without_tags for word in _tags(tag)]
    if query.with_attachment is False:
        absent.append(facets.ATTACHMENT)
    parts = []
    if wanted:
        parts.append(f"({{text place origin}} : ({' AND '.join(wanted)}))")
    if (unwanted or absent) and not (wanted or facet):
        facet = [any_of(facets.ANY_GRAVITY)]
    if facet:
        parts.append(f"(facets : ({' AND '.join(facet)}))")
    match = " AND ".join(parts)
    if unwanted:
        match = f"({match}) NOT ({{text place origin}} : ({' OR '.join(unwanted)}))"
    if absent:
        match = f"({match}) NOT (facets : {any_of(absent)})"
    return match


def variants(term: Term) -> list[tuple[str, ...]]:
    """The spellings a term stands for: « st » being typed may be « stade » or « Saint »."""
    found = [term.words]
    if term.prefix and term.words[-1] in SHORT_FORMS:
        found.append((*term.words[:-1], SHORT_FORMS[term.words[-1]]))
    return found


def _term(term: Term) -> str:
    star = " *" if term.prefix else ""
    spelt = [f'"{" ".join(words)}"{star}' for words in variants(term)]
    return spelt[0] if len(spelt) == 1 else f"({' OR '.join(spelt)})"


def any_of(words: Any) -> str:
    """Any of these index words."""
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _tags(said: str) -> list[str]:
    return [facets.tag_word(code) for code in said.split("|")]


def _facets(q: Query, context: Context) -> list[str]:
    found = [any_of(_tags(tag)) for tag in q.tags]
    valued: tuple[tuple[str, tuple[str, ...]], ...] = (
        (facets.NATURE, q.natures),
        (facets.QUALIFICATION, q.qualifications),
        (facets.LIFECYCLE, q.lifecycle),
    )
    for kind, values in valued:
        if values:
            found.append(any_of(facets.value_word(kind, value) for value in values))
    named = context.named
    for kind, wanted, names in (
        (facets.AUTHOR, q.authors, named.authors),
        (facets.ORGANISATION, q.organisations, named.organisations),
        (facets.POST, q.posts, named.posts),
    ):
        if wanted:
            held = dict.fromkeys(facets.name_word(kind, name) for name in names)
            found.append(any_of(held or ("xnever",)))
    if q.min_gravity > 0 or q.max_gravity < len(facets.ANY_GRAVITY) - 1:
        levels = facets.ANY_GRAVITY[max(0, q.min_gravity) : max(0, q.max_gravity + 1)]
        found.append(any_of(levels or ("xnever",)))
    if q.key_only:
        found.append(facets.KEY_EVENT)
    if q.with_attachment:
        found.append(facets.ATTACHMENT)
    if q.located is False:
        found.append(facets.NO_PLACE)
    if q.followup:
        statuses = PENDING if q.followup in ("open", "late") else tuple(FollowUpStatus)
        found.append(any_of(facets.value_word(facets.FOLLOWUP, status) for status in statuses))
    if q.dossier:
        found.append(any_of([facets.value_word(facets.DOSSIER, context.dossier or "never")]))
    return found


def _time(q: Query, context: Context, made: Plan) -> list[str]:
    """The hours, days and months that the period covers, within the time there are entries."""
    since = context.first_event if q.since is None else max(q.since, context.first_event)
    until = context.last_event + 1 if q.until is None else min(q.until, context.last_event + 1)
    if since <= context.first_event and until > context.last_event:
        return []
    if since >= until:
        return ["xnever"]
    if since > context.first_event:
        made.add("e.event_time >= ?", since)
    if until <= context.last_event:
        made.add("e.event_time < ?", until)
    if until - since > MOST_OF_TIME * (context.last_event - context.first_event):
        return []  # checking row by row costs less than words that nearly all entries have
    cover = facets.time_cover(since, until - 1)
    return [any_of(cover)] if cover else []


def _place(q: Query, made: Plan) -> list[str]:
    found: list[str] = []
    for box in (q.box, sphere.around(q.near.lon, q.near.lat, q.near.metres) if q.near else None):
        if box is None:
            continue
        west, south, east, north = box
        joint = "AND" if west <= east else "OR"
        made.add(f"(e.lon >= ? {joint} e.lon <= ?)", west, east)
        made.add("e.lat BETWEEN ? AND ?", south, north)
        cover = facets.geo_cover(*box)
        if cover:
            found.append(any_of(cover))
    if q.near is not None:
        near = q.near
        made.add(f"{sphere.DISTANCE_SQL} <= ?", near.lat, near.lat, near.lon, near.metres)
    return found


def _exact(q: Query, context: Context, made: Plan) -> None:
    if q.located:
        made.add("e.lon IS NOT NULL")
    if condition := number_condition(q):
        made.add(*condition)
    if condition := followup_condition(q.followup, context.now):
        made.add(*condition)
    if q.unread_only:
        _unread(context, made)


def number_condition(q: Query) -> tuple[str, *tuple[Any, ...]] | None:
    """The number sought: the definitive one, or the one that a station gave before it."""
    if q.number is None:
        return None
    if not q.station:
        among = "SELECT n.rid FROM logbook l JOIN entry n ON n.journal = l.prefix AND n.number = ?"
        return f"e.rid IN ({among})", q.number
    once = (
        "SELECT n.rid FROM logbook l JOIN entry_alias a "
        "ON a.label = printf('%s-%06d~%s', l.prefix, ?, ?) JOIN entry n ON n.uid = a.uid"
    )
    still = (
        "SELECT n.rid FROM logbook l JOIN entry n "
        "ON n.journal = l.prefix || '~' || ? AND n.number = ?"
    )
    return f"e.rid IN ({once} UNION {still})", q.number, q.station, q.station, q.number


def followup_condition(status: str, now: int) -> tuple[str, *tuple[Any, ...]] | None:
    """What the index cannot say of follow-ups: that one is late, or done beside another open."""
    among = "e.rid IN (SELECT x.rid FROM followup f CROSS JOIN entry x ON x.uid = f.entry WHERE {})"
    match status:
        case "late":
            return among.format("f.status IN (?,?) AND f.due < ?"), *PENDING, now
        case "done":
            return among.format("f.status = ?"), FollowUpStatus.DONE
        case _:
            return None


def _unread(context: Context, made: Plan) -> None:
    after = (
        "(e.rid > ? AND NOT EXISTS "
        "(SELECT 1 FROM read_mark r WHERE r.account = ? AND r.rid = e.rid))"
    )
    if not context.exceptions:
        made.add(after, context.read_up_to, context.account)
        return
    made.add(
        f"({after} OR e.rid IN (SELECT -r.rid FROM read_mark r WHERE r.account = ? AND r.rid < 0))",
        context.read_up_to,
        context.account,
        context.account,
    )
