"""How an entry is named aloud and on paper: `MC-2024-000123`, or `MC-2024-000123~S4` for a while.

A station that follows a hub names its entries at once, with its own code behind `~`; the hub then
grants the number that everyone uses, and the first name stays findable for ever.
"""

_MARK = "~"


def label(journal: str, number: int) -> str:
    """The name of entry `number` of `journal`, which may be a provisional one (`MC-2024~S4`)."""
    prefix, mark, station = journal.partition(_MARK)
    return f"{prefix}-{number:06d}{mark}{station}"


def provisional(prefix: str, station_code: str) -> str:
    """The journal in which station `station_code` numbers its entries until the hub does."""
    return f"{prefix}{_MARK}{station_code}"


def definitive(journal: str) -> str:
    """The journal in which the hub numbers what was made in `journal`."""
    return journal.partition(_MARK)[0]


def is_provisional(journal: str) -> bool:
    """Whether the hub has not numbered yet what lies in `journal`."""
    return _MARK in journal
