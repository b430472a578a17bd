"""When a source is asked next: at its pace, never in step with others, and less often when it fails."""

import random

FIRST_RETRY_S = 10.0
LONGEST_RETRY_S = 1_800.0
SPREAD = 0.1
"""A period varies by a tenth, so that a hundred sources never ask at once."""


class Pace:
    """Draws the waits; tests give it another chance."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()  # noqa: S311 - it spreads, it hides nothing

    def first_s(self, refresh_s: float) -> float:
        """Before the first try of a source that is not overdue: soon, not all at once."""
        return self._chance.uniform(0.0, min(5.0, max(refresh_s, 1.0) / 2))

    def next_s(self, refresh_s: float) -> float:
        """After a success."""
        return refresh_s * self._chance.uniform(1 - SPREAD, 1 + SPREAD)

    def retry_s(self, refresh_s: float, failures: int, asked_s: float = 0.0) -> float:
        """After `failures` in a row: doubling, jittered; never before `asked_s` (Retry-After).

        A source asked every ten seconds is tried again soon, one asked every hour after minutes;
        neither more often than its own pace, nor less than every half hour or its period.
        """
        first = min(FIRST_RETRY_S, refresh_s or FIRST_RETRY_S)
        longest = max(LONGEST_RETRY_S, refresh_s)
        bound = min(longest, first * 2.0 ** min(failures - 1, 12))
        return asked_s + bound * self._chance.uniform(0.5, 1.0)
