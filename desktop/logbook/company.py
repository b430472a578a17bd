"""Who is at an entry now, how far it has come, and who has seen it: for the page it is read on."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from beffroi.clock import to_datetime
from beffroi.sync.status import Delivery
from beffroi.sync.wire import Presence, Seen
from beffroi.text import _, ngettext
from desktop.kit import initials
from desktop.kit.pieces import Section, words
from desktop.kit.theme import Theme

MOST_NAMED = 12
Named = Callable[[str], str]


def company(theme: Theme, people: Sequence[Presence]) -> QWidget | None:
    """Who reads or writes it elsewhere, writers first; None when nobody does."""
    if not people:
        return None
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(3))
    for one in people:
        column.addWidget(_person(theme, one))
    box.setAccessibleName(initials.spoken(people))
    return box


def _person(theme: Theme, one: Presence) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(7))
    picture = QLabel()
    picture.setPixmap(initials.face_picture(theme, one, theme.px(20)))
    line.addWidget(picture)
    writes = one.doing == "writing"
    said = words(initials.spoken((one,)), role="small", ink="warning" if writes else "muted")
    line.addWidget(said, 1)
    return box


def delivery(
    theme: Theme, found: Delivery | None, zone: ZoneInfo, now: int, person: Named
) -> QWidget | None:
    """« Gardée ici », « Au centre à 13h46 », « Vue par 3 »; None without a hub."""
    if found is None:
        return None
    box = Section(theme, _("Acheminement"))
    box.add(_step(theme, "check", "muted", _("Gardée ici")))
    if found.reached == "refused":
        said = _("Refusée par le centre\u00a0: voyez «\u202fÀ départager\u202f»")
        box.add(_step(theme, "alert-triangle", "danger", said))
    elif found.reached == "kept":
        box.add(
            _step(
                theme, "clock", "warning", _("Pas encore au centre\u00a0: elle attend la liaison")
            )
        )
    else:
        said = _("Au centre depuis {hour}").format(hour=_hour(found.at, zone, now))
        box.add(_step(theme, "checks", "ok", said if found.at else _("Au centre")))
    if found.seen:
        box.add(_step(theme, "eye", "ok", _seen_by(found.seen, zone, now, person)))
    return box


def _seen_by(seen: Sequence[Seen], zone: ZoneInfo, now: int, person: Named) -> str:
    count = ngettext("Vue par {n} personne", "Vue par {n} personnes", len(seen)).format(n=len(seen))
    told = [_sight(one, zone, now, person) for one in seen[:MOST_NAMED]]
    if len(seen) > MOST_NAMED:
        told.append("…")
    return f"{count}\u00a0: {', '.join(told)}"


def _sight(one: Seen, zone: ZoneInfo, now: int, person: Named) -> str:
    name = person(one.account)
    named = f"{name} ({one.post})" if one.post else name
    return f"{named} {_hour(one.at, zone, now)}" if one.at else named


def _hour(moment: int, zone: ZoneInfo, now: int) -> str:
    at = to_datetime(moment, zone)
    same = at.date() == to_datetime(now, zone).date()
    return f"{at:%Hh%M}" if same else f"{at:%d/%m %Hh%M}"


def _step(theme: Theme, icon: str, ink: str, said: str) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(7))
    side = theme.px(16)
    picture = QLabel()
    picture.setPixmap(theme.icon(icon, ink).pixmap(QSize(side, side)))
    line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words(said), 1)
    return box
