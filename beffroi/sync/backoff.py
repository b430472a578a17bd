"""How long to wait before the next try: longer each time, never in step with a thousand others."""

import random

FIRST_S = 0.5
LONGEST_S = 30.0
_STEADY_S = 60.0


class Backoff:
    """Waits of random length whose bound doubles ("full jitter"), up to half a minute."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()  # noqa: S311 - it spreads, it hides nothing
        self._tries = 0

    def next(self, asked_s: float = 0.0) -> float:
        """Seconds to wait now; never less than what the hub asked for (`asked_s`)."""
        bound = min(LONGEST_S, FIRST_S * 2.0 ** min(self._tries, 10))
        self._tries += 1
        spread = self._chance.uniform(0.1, 1.0) * bound
        return asked_s + spread if asked_s else spread

    def went_well(self, lasted_s: float = _STEADY_S) -> None:
        """The link stood for `lasted_s`: begin small again when it was not just a flicker."""
        if lasted_s >= min(_STEADY_S, FIRST_S * 2.0 ** min(self._tries, 10)):
            self._tries = 0
