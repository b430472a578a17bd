"""Small words between the tasks of a hub, and between its replicas when PostgreSQL carries them."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Iterator

from hub.db.tables.ledger_function import CHANNEL

LEDGER = CHANNEL
"""Positions that the ledger reached."""
NEWS = "beffroi_news"
"""What replicas tell each other besides positions."""
CHANNELS = (LEDGER, NEWS)
MOST_BYTES = 7000
_KEPT = 1000


class Heard:
    """What one listener has not taken yet; when it is too slow, the oldest goes."""

    def __init__(self) -> None:
        self._words: deque[str] = deque(maxlen=_KEPT)
        self._some = asyncio.Event()

    def put(self, word: str) -> None:
        """Let the listener have `word`."""
        self._words.append(word)
        self._some.set()

    async def take(self, seconds: float | None = None) -> list[str]:
        """All words that came, after at most `seconds`: then none."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._some.wait()
        self._some.clear()
        words = list(self._words)
        self._words.clear()
        return words


class Signals:
    """Hands words to whoever listens in this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Heard]] = {}

    def tell(self, channel: str, word: str) -> None:
        """Let all who listen to `channel` here hear `word`."""
        for heard in self._listeners.get(channel, ()):
            heard.put(word)

    @contextlib.contextmanager
    def listening(self, channel: str) -> Iterator[Heard]:
        """What is said on `channel` from now on."""
        heard = Heard()
        listeners = self._listeners.setdefault(channel, set())
        listeners.add(heard)
        try:
            yield heard
        finally:
            listeners.discard(heard)

    async def follow(self, channel: str) -> AsyncIterator[str]:
        """Every word said on `channel` from now on."""
        with self.listening(channel) as heard:
            while True:
                for word in await heard.take():
                    yield word
