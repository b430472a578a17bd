"""What a hub keeps in columns of a thing, to find it: words, times, place, marking."""

from collections.abc import Callable

import msgspec

from beffroi.logbook.labels import label as name
from beffroi.logbook.merge import cases, entries, kinds, sheets
from beffroi.logbook.merge.acts import State, read_state
from beffroi.logbook.sheet_operations import SHEETS
from beffroi.logbook.sheet_words import attachments_of, words_of


class Searchable(msgspec.Struct, frozen=True, kw_only=True):
    """What can be sought of a thing as it stands.

    Times are UTC ms, `lon`/`lat` WGS 84, `text` all its words.  `about` are the uids that it hangs
    from, `attachments` SHA-256 sums, `aliases` labels that it had before its definitive `label`.
    `rivals` are fields that wait for a person's choice.  `gone` is a link that was taken back, or a sheet
    that was dropped.
    """

    kind: str
    uid: str
    text: str
    entered_time: int
    event_time: int
    author: str
    post: str
    station: str
    marking: str
    caveats: tuple[str, ...] = ()
    label: str = ""
    aliases: tuple[str, ...] = ()
    journal: str = ""
    number: int | None = None
    tags: tuple[str, ...] = ()
    gravity: int = 0
    key_event: bool = False
    lon: float | None = None
    lat: float | None = None
    lifecycle: str = ""
    qualification: str = ""
    version: int = 1
    arrived: int | None = None
    attachments: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    gone: bool = False


def describe(state: bytes | msgspec.Raw) -> Searchable | None:
    """The columns of a state; None while what would show it has not come (its first act)."""
    read = read_state(state)
    return _DESCRIBED[read.kind](read) if read.kind in _DESCRIBED else None


def _entry(state: State) -> Searchable | None:
    shown = entries.entry(state.uid, state.acts)
    if shown is None:
        return None
    c, born = shown.content, shown.born
    label, told = name(shown.journal, shown.number), name(*shown.told)
    moments = (c.event_time, c.received_time, shown.entered_time)
    names = (attachment.name for attachment in c.attachments)
    words = (c.text, c.place, c.commune, c.origin, c.organisation, c.on_behalf_of, *names)
    return Searchable(
        kind=state.kind, uid=state.uid, text=" ".join(filter(None, words)),
        entered_time=shown.entered_time,
        event_time=next(moment for moment in moments if moment is not None),
        author=born.author, post=born.post, station=born.station,
        marking=str(c.marking), caveats=c.caveats, label=label,
        aliases=(told,) if told != label else (), journal=shown.journal, number=shown.number,
        tags=c.tags, gravity=c.gravity, key_event=c.key_event, lon=c.lon, lat=c.lat,
        lifecycle=str(shown.lifecycle), qualification=str(shown.qualification),
        version=shown.version, arrived=shown.arrived or None,
        attachments=tuple(a.sha256 for a in c.attachments if a.sha256),
        about=tuple(uid for uid in (c.parent, c.corroborated_by) if uid), rivals=shown.rivals,
    )  # fmt: skip


def _dossier(state: State) -> Searchable | None:
    case = cases.dossier(state.uid, state.acts)
    if case is None:
        return None
    return _plain(
        state, case.now["title"], tuple(case.members), number=case.told.number,
        gravity=case.now["gravity"], lifecycle=case.now["status"], rivals=case.rivals,
    )  # fmt: skip


def _followup(state: State) -> Searchable | None:
    case = cases.followup(state.uid, state.acts)
    if case is None:
        return None
    text = f"{case.told.owner_post} {case.told.text} {case.now['note']}".strip()
    return _plain(state, text, (case.told.entry,), lifecycle=case.now["status"], rivals=case.rivals)


def _link(state: State) -> Searchable | None:
    ends = tuple(state.uid.split(" ")[::2])
    return _plain(state, "", ends, gone=cases.tie(state.acts) is None)


def _figure(state: State) -> Searchable | None:
    found = cases.figure(state.acts)
    if found is None:
        return None
    told = found[1]
    text = f"{told.indicator} {told.value} {told.unit} {told.source} {told.note}".strip()
    return _plain(state, text, tuple(uid for uid in (told.dossier, told.entry) if uid))


def _arbitration(state: State) -> Searchable | None:
    found = cases.arbitration(state.acts)
    if found is None:
        return None
    told = found[1]
    text = f"{told.indicator} {told.kept} {told.reason}"
    return _plain(state, text, (told.dossier, *told.figures))


def _sheet(state: State) -> Searchable | None:
    shown = sheets.sheet(state.kind, state.uid, state.acts)
    if shown is None:
        return None
    born = shown.born
    return Searchable(
        kind=state.kind, uid=state.uid, text=words_of(shown.fields), entered_time=born.made_at,
        event_time=born.made_at, author=born.author, post=born.post, station=born.station,
        marking=shown.marking, caveats=shown.caveats, version=len(state.acts),
        arrived=born.at or None, attachments=attachments_of(shown.fields), rivals=shown.rivals,
        gone=not shown.stands,
    )  # fmt: skip


def _plain(
    state: State,
    text: str,
    about: tuple[str, ...],
    *,
    number: int | None = None,
    gravity: int = 0,
    lifecycle: str = "",
    rivals: tuple[str, ...] = (),
    gone: bool = False,
) -> Searchable:
    first, last = state.acts[0], state.acts[-1]
    return Searchable(
        kind=state.kind, uid=state.uid, text=text, entered_time=first.made_at,
        event_time=first.made_at, author=first.author, post=first.post, station=first.station,
        marking=last.marking, caveats=tuple(filter(None, last.audience.split("+"))),
        about=about, number=number, gravity=gravity, lifecycle=lifecycle, rivals=rivals,
        gone=gone, version=len(state.acts), arrived=first.at or None,
    )  # fmt: skip


_DESCRIBED: dict[str, Callable[[State], Searchable | None]] = {
    kinds.ENTRY: _entry,
    kinds.DOSSIER: _dossier,
    kinds.FOLLOWUP: _followup,
    kinds.LINK: _link,
    kinds.FIGURE: _figure,
    kinds.ARBITRATION: _arbitration,
    **dict.fromkeys(SHEETS, _sheet),
}
