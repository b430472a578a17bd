"""The log of a hub: where something failed and of which kind, never with what.

What a database says of an error quotes the row that it refused; a log is copied to places where
protected content has no business.
"""

import copy
import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

from typing_extensions import override

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_CODES = ("sqlstate", "sqlite_errorname", "errno")
_Shown = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Writes the places and the kinds of exceptions, not their words."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """One record; what another handler made of its exception is not taken over."""
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    @override
    def formatException(self, ei: _Shown) -> str:
        """The frames, the type, and the code of the error when it has one, for each cause."""
        return "".join(_told(ei[1], set())).rstrip("\n")


def _told(error: BaseException | None, known: set[int]) -> Iterator[str]:
    if error is None or id(error) in known:
        return
    known.add(id(error))
    yield from _told(error.__cause__ or error.__context__, known)
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _told(each, known)
    yield from traceback.format_tb(error.__traceback__)
    codes = [f" {getattr(error, name)}" for name in _CODES if getattr(error, name, None)]
    yield f"{type(error).__module__}.{type(error).__qualname__}{''.join(codes)}\n"


def to_stderr() -> None:
    """Let the hub's log go to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # What they say of each request may hold tokens and words that people searched.
    for name in ("httpx", "httpcore", "uvicorn", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
