"""The top of an entry: its number and marking, how grave, how sure, and its four times."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from beffroi.clock import PARIS
from beffroi.logbook.entry import (
    GEO_PRECISION_WORDS,
    LIFECYCLE_WORDS,
    NATURE_WORDS,
    QUALIFICATION_WORDS,
    Entry,
    Lifecycle,
    Qualification,
    TimePrecision,
    is_late,
)
from beffroi.logbook.labels import is_provisional
from beffroi.text import _
from desktop.kit.caveats import caveat_words
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import pairs, words
from desktop.kit.theme import Theme
from desktop.logbook import wording
from desktop.logbook.faces import marking_in_words, received_late
from desktop.logbook.parts import GravityBadge

_INKS = {
    Qualification.CONFIRMED: "ok",
    Qualification.QUALIFIED: "ok",
    Qualification.REFUTED: "danger",
    Qualification.DUPLICATE: "warning",
}


def head(theme: Theme, entry: Entry, first_names: Sequence[str] = ()) -> QWidget:
    """Number, marking, restrictions, and the badges under them.

    `first_names` are the provisional numbers it had.
    """
    box = QWidget()
    whole = QVBoxLayout(box)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(theme.px(6))
    line = FlowBox(gap=theme.px(8))
    line.flow.addWidget(words(entry.label, role="title", wrap=False))
    if is_provisional(entry.journal):
        said = words(_("numéro provisoire"), role="small", ink="warning", wrap=False)
        said.setToolTip(_("Le centre donnera le définitif\u202f; celui-ci restera trouvable."))
        line.flow.addWidget(said)
    for name in first_names:
        if name != entry.label:
            said = words(
                _("d’abord {label}").format(label=name), role="small", ink="muted", wrap=False
            )
            line.flow.addWidget(said)
    if entry.content.key_event:
        star = QLabel()
        side = theme.px(18)
        star.setPixmap(theme.icon("star-filled", "warning").pixmap(QSize(side, side)))
        star.setAccessibleName(_("Fait marquant"))
        star.setToolTip(_("Fait marquant"))
        line.flow.addWidget(star)
    marking = words(marking_in_words(entry).upper(), role="small", ink="danger", wrap=False)
    marking.setAccessibleName(_("Mention : {marking}").format(marking=marking_in_words(entry)))
    line.flow.addWidget(marking)
    for word in caveat_words(entry.content.caveats):
        caveat = words(word.upper(), role="small", ink="danger", wrap=False)
        caveat.setAccessibleName(_("Restriction\u00a0: {word}").format(word=word))
        line.flow.addWidget(caveat)
    whole.addWidget(line)
    whole.addWidget(_badges(theme, entry))
    return box


def _badges(theme: Theme, entry: Entry) -> FlowBox:
    flow = FlowBox(gap=theme.px(10))
    flow.flow.addWidget(GravityBadge(theme, entry.content.gravity))
    flow.flow.addWidget(words(_(NATURE_WORDS[entry.content.nature]), ink="accent", wrap=False))
    grade = words(wording.grade(entry.content), wrap=False)
    grade.setStyleSheet("font-weight: 600;")
    grade.setToolTip(wording.grade_in_words(entry.content))
    flow.flow.addWidget(grade)
    ink = _INKS.get(entry.qualification, "muted")
    flow.flow.addWidget(words(_(QUALIFICATION_WORDS[entry.qualification]), ink=ink, wrap=False))
    if entry.lifecycle is not Lifecycle.PUBLISHED:
        ink = "danger" if entry.lifecycle is Lifecycle.VOID else "warning"
        flow.flow.addWidget(words(_(LIFECYCLE_WORDS[entry.lifecycle]), ink=ink, wrap=False))
    return flow


def times(theme: Theme, entry: Entry, zone: ZoneInfo) -> QWidget:
    """Facts, reception, entry and qualification: never confused, in Paris time and the local one."""
    rows = [(_("Faits"), _facts(entry, zone))]
    if entry.content.received_time is not None:
        rows.append((_("Réception"), _moment(entry.content.received_time, zone)))
    entered = _moment(entry.entered_time, zone)
    if is_late(entry.entered_time, entry.content):
        entered += "\n" + _("saisie a posteriori")
    if received := received_late(entry, zone):
        entered += "\n" + received
    rows.append((_("Saisie"), entered))
    if entry.qualified_time is not None:
        rows.append((_("Qualification"), _moment(entry.qualified_time, zone)))
    return pairs(theme, rows)


def _facts(entry: Entry, zone: ZoneInfo) -> str:
    content = entry.content
    start = _moment(entry.event_time, zone)
    match content.time_precision:
        case TimePrecision.APPROX:
            start = _("vers {time}").format(time=start)
        case TimePrecision.UNKNOWN:
            return _("heure inconnue")
        case _:
            pass
    if content.event_end is not None:
        end = _moment(content.event_end, zone)
        return _("de {start}\nà {end}").format(start=start, end=end)
    return start


def _moment(moment: int, zone: ZoneInfo) -> str:
    local = wording.full_moment(moment, zone)
    if zone.key == PARIS.key:
        return local
    paris = wording.full_moment(moment, PARIS)
    return _("{local} ({zone})\n{paris} (Paris)").format(
        local=local, zone=zone.key.rsplit("/", 1)[-1].replace("_", " "), paris=paris
    )


def place_words(entry: Entry) -> str:
    """« Courtalain (commune) »."""
    content = entry.content
    name = content.place or content.commune
    precision = _(GEO_PRECISION_WORDS[content.geo_precision])
    return f"{name} ({precision})" if name else precision
