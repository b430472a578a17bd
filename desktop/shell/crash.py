"""When something unforeseen happens: it is written down, it is told, and the desk goes on."""

import faulthandler
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from desktop.kit.notices import Notices

_log = logging.getLogger(__name__)
_MAX_BYTES = 1_000_000


class CrashLog:
    """The log of a profile, `logs/beffroi.log`, and the last words of a dying process."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "logs" / "beffroi.log"
        self._notices: Notices | None = None
        self._handler: RotatingFileHandler | None = None
        self._last_words: IO[bytes] | None = None
        self._hook_before = sys.excepthook

    def start(self) -> None:
        """Write warnings, errors and crashes down from now on; a folder that refuses is no stop."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handler = RotatingFileHandler(
                self.path, maxBytes=_MAX_BYTES, backupCount=3, encoding="utf-8"
            )
            self._last_words = (self.path.parent / "crash.log").open("ab", buffering=0)
        except OSError as error:
            _log.warning("no log file: %s", error)
        else:
            form = "%(asctime)s %(levelname)s %(name)s %(message)s"
            self._handler.setFormatter(logging.Formatter(form))
            self._handler.setLevel(logging.WARNING)
            logging.getLogger().addHandler(self._handler)
            faulthandler.enable(self._last_words)
        sys.excepthook = self._unforeseen

    def tell(self, notices: Notices) -> None:
        """Show errors here as well."""
        self._notices = notices

    def _unforeseen(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hook_before(kind, error, trace)
        elif self._notices is not None:
            self._notices.failure(error)
        else:
            _log.error("unexpected error", exc_info=(kind, error, trace))

    def stop(self) -> None:
        """Put things back as they were."""
        sys.excepthook = self._hook_before
        self._notices = None
        if self._last_words is not None:
            faulthandler.disable()
            self._last_words.close()
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
