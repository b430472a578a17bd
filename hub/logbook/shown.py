"""What the read API shows of entries."""

import msgspec

COLUMNS = (
    "uid", "label", "marking", "caveats", "entered_time", "event_time", "author", "post",
    "station", "text", "tags", "gravity", "key_event", "lon", "lat", "lifecycle", "qualification",
    "version", "arrived",
)  # fmt: skip


class EntryShown(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it stands.  Times are UTC ms, positions WGS 84 degrees.

    `arrived` is when the hub accepted it; much later than `entered_time`, it was written offline.
    """

    uid: str
    label: str
    marking: str
    caveats: list[str]
    entered_time: int
    event_time: int
    author: str
    post: str
    station: str
    text: str
    tags: list[str]
    gravity: int
    key_event: bool
    lon: float | None
    lat: float | None
    lifecycle: str
    qualification: str
    version: int
    arrived: int | None


class EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some entries, the latest entered first; go on with `after` = `next` (empty at the end)."""

    entries: list[EntryShown]
    next: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries answer, by gravity (0 to 4) and for the most frequent tags."""

    total: int
    gravities: dict[str, int]
    tags: dict[str, int]


def entry_of(row: tuple[object, ...]) -> EntryShown:
    """The entry in a row of `COLUMNS`."""
    told = dict(zip(COLUMNS, row, strict=True))
    return EntryShown(
        **{name: told[name] for name in COLUMNS if name not in _SPLIT},  # type: ignore[arg-type]
        caveats=_split(told["caveats"], "+"),
        tags=_split(told["tags"], " "),
        key_event=bool(told["key_event"]),
    )


_SPLIT = ("caveats", "tags", "key_event")


def _split(joined: object, sign: str) -> list[str]:
    return [part for part in str(joined).split(sign) if part]
