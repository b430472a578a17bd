"""What did not go as the file says, row by row."""

import msgspec

MAX_KEPT = 1_000


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong in a row (1 is the first after the header; 0 is the file itself).

    `kept` says whether the row came in all the same.
    """

    where: int
    why: str
    kept: bool = False
    column: str = ""
