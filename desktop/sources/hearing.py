"""Says once that a source died or came back; when many die together, one notice on screen says it."""

from collections.abc import Callable, Sequence
from functools import partial

from beffroi.text import _, ngettext
from desktop.kit.notices import Notice, Notices

TOPIC = "sources"


class Hearing:
    """Turns what the process tells into notices, each with the way to the board."""

    def __init__(self, notices: Notices, show: Callable[[Sequence[str]], None]) -> None:
        """`show(uids)` shows the board with these sources chosen."""
        self._notices = notices
        self._show = show
        self._troubled: dict[str, None] = {}

    def heard(self, sentence: str, uid: str = "", good: bool = False) -> None:
        """Something happened to a source ("" for none in particular)."""
        if good:
            self.forget(uid)
            self._notices.done(sentence, (_("Voir"), partial(self._show, (uid,))))
            return
        self._troubled.pop(uid, None)
        others = len(self._troubled)
        if uid:
            self._troubled[uid] = None
        text = f"{sentence} {_others(others)}" if others else sentence
        seen = (_("Voir"), self._look)
        self._notices.post(Notice(level="warning", text=text, action=seen, topic=TOPIC))

    def forget(self, uid: str) -> None:
        """This source is well again."""
        self._troubled.pop(uid, None)

    def _look(self) -> None:
        """Show all that were told of since somebody looked."""
        uids, self._troubled = tuple(self._troubled), {}
        self._show(uids)


def _others(count: int) -> str:
    said = ngettext(
        "{n} autre source ne va pas bien non plus.",
        "{n} autres sources ne vont pas bien non plus.",
        count,
    )
    return said.format(n=count)
