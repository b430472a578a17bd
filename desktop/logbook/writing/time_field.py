"""When it happened, typed as one says it: « vers 4h », « hier 23h10 », « 26/07 4h–5h30 »."""

from collections.abc import Callable
from typing import ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi import when
from beffroi.logbook.entry import TIME_PRECISION_WORDS, Content, TimePrecision
from beffroi.text import N_, _
from beffroi.when import When
from desktop.kit.theme import Theme
from desktop.logbook import wording
from desktop.logbook.writing.choices import Segments
from desktop.logbook.writing.field import Field, small_label

UNREAD = N_("Je ne lis pas d’heure ici : écrivez par exemple « 26/07 4h30 ».")


def in_words(moment: When, zone: ZoneInfo) -> str:
    """« ven. 26 juil. 2024 01:00 – 05:30 »."""
    said = wording.full_moment(moment.start, zone)
    if moment.end is not None:
        end = wording.full_moment(moment.end, zone)
        same_day = said[:-5] == end[:-5]
        return f"{said} – {end[-5:] if same_day else end}"
    return _("vers {moment}").format(moment=said) if moment.precision == "approx" else said


class MomentLine(QWidget):
    """A line for a time and, under it, how it was understood."""

    decided = Signal(object)
    """A `When`, or None when the line was emptied; only once the person leaves the line."""

    def __init__(self, theme: Theme, now: Callable[[], int], zone: ZoneInfo) -> None:
        super().__init__()
        self._now, self._zone = now, zone
        self._shown = ""
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("05h32, vers 4h, hier 23h10, 26/07 4h–5h30"))
        self.line.textEdited.connect(self._understand)
        self.line.editingFinished.connect(self._decide)
        self._said = small_label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addWidget(self.line)
        layout.addWidget(self._said)
        self.setFocusProxy(self.line)

    @property
    def typing(self) -> bool:
        """Whether a time is being typed and not decided yet."""
        return self.line.hasFocus() and self.line.text() != self._shown

    def show_when(self, moment: When | None) -> None:
        """Show what the entry holds."""
        text = ""
        if moment is not None:
            text = when.say(
                moment.start, moment.end, moment.precision, now=self._now(), zone=self._zone
            )
        self._shown = text
        self.line.setText(text)
        self._tell(moment, text)

    def read(self) -> When | None:
        """The time now in the line."""
        return when.parse(self.line.text(), now=self._now(), zone=self._zone)

    def _understand(self, text: str) -> None:
        self._tell(self.read(), text)

    def _tell(self, moment: When | None, text: str) -> None:
        if moment is not None:
            self._said.setText(in_words(moment, self._zone))
        elif text.strip():
            self._said.setText(_(UNREAD))
        self._said.setVisible(bool(text.strip()))
        wrong = moment is None and bool(text.strip())
        self._said.setProperty("ink", "danger" if wrong else "muted")
        self._said.style().polish(self._said)

    def settle(self) -> str:
        """Decide now; a sentence when no time can be read."""
        self._decide()
        text = self.line.text().strip()
        unread = bool(text) and text != self._shown.strip() and self.read() is None
        return _(UNREAD) if unread else ""

    def _decide(self) -> None:
        text = self.line.text().strip()
        if text == self._shown.strip():
            return
        moment = self.read()
        if moment is None and text:
            return
        self.show_when(moment)
        self.decided.emit(moment)


def when_of(content: Content) -> When | None:
    """The time of the facts that an entry holds."""
    if content.event_time is None:
        return None
    known: dict[TimePrecision, when.Precision] = {
        TimePrecision.APPROX: "approx",
        TimePrecision.INTERVAL: "interval",
    }
    precision = known.get(content.time_precision, "exact")
    return When(start=content.event_time, end=content.event_end, precision=precision)


class EventTimeField(Field):
    """The time of the facts and how well it is known."""

    names: ClassVar[tuple[str, ...]] = ("event_time", "event_end", "time_precision")

    def __init__(self, theme: Theme, now: Callable[[], int], zone: ZoneInfo) -> None:
        super().__init__()
        self.moment = MomentLine(theme, now, zone)
        self.moment.decided.connect(self._decided)
        words: dict[str, str] = {p.value: w for p, w in TIME_PRECISION_WORDS.items()}
        self.precision = Segments(theme, words, small=True)
        self.precision.picked.connect(self._precision)
        self._when: When | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self.moment)
        layout.addWidget(self.precision)
        self.setFocusProxy(self.moment)

    @override
    def show_content(self, content: Content) -> None:
        self._when = when_of(content)
        self.moment.show_when(self._when)
        self._draw(content.time_precision)

    @property
    @override
    def typing(self) -> bool:
        return self.moment.typing

    @override
    def settle(self) -> str:
        return self.moment.settle()

    def lock(self, *, given: bool) -> None:
        """A time already given only changes by a correction; its precision may be assessed."""
        self.moment.setEnabled(not given)

    def _draw(self, precision: TimePrecision) -> None:
        has_end = self._when is not None and self._when.end is not None
        for value in ("exact", "approx", "unknown"):
            why = _("Deux heures font un intervalle.")
            self.precision.allow(value, allowed=not has_end, why=why)
        why = _("Écrivez les deux heures : « 4h–5h30 ».")
        self.precision.allow("interval", allowed=has_end, why=why)
        self.precision.choose(precision.value)

    def _decided(self, moment: When | None) -> None:
        self._when = moment
        precision = TimePrecision.UNKNOWN if moment is None else TimePrecision(moment.precision)
        self._draw(precision)
        self.changed.emit(
            {
                "event_time": None if moment is None else moment.start,
                "event_end": None if moment is None else moment.end,
                "time_precision": precision.value,
            }
        )

    def _precision(self, value: str) -> None:
        self.changed.emit({"time_precision": value})


class ReceivedField(Field):
    """When the room heard of it."""

    names: ClassVar[tuple[str, ...]] = ("received_time",)

    def __init__(self, theme: Theme, now: Callable[[], int], zone: ZoneInfo) -> None:
        super().__init__()
        self.moment = MomentLine(theme, now, zone)
        self.moment.line.setPlaceholderText(_("À la saisie"))
        self.moment.decided.connect(
            lambda w: self.changed.emit({"received_time": None if w is None else w.start})
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.moment)
        self.setFocusProxy(self.moment)

    @override
    def show_content(self, content: Content) -> None:
        received = content.received_time
        self.moment.show_when(None if received is None else When(start=received))

    @property
    @override
    def typing(self) -> bool:
        return self.moment.typing

    @override
    def settle(self) -> str:
        return self.moment.settle()

    def lock(self, *, given: bool) -> None:
        """A time already given only changes by a correction."""
        self.moment.setEnabled(not given)
