"""The history of an entry: each act with its author, its hour and its reason; old words struck."""

from html import escape
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from beffroi.logbook import operations as ops
from beffroi.logbook.entry import QUALIFICATION_WORDS
from beffroi.logbook.reading import Version
from beffroi.text import N_, _
from desktop.kit.pieces import Section, words
from desktop.kit.theme import Theme
from desktop.logbook import text_diff, wording
from desktop.logbook.entry_load import Seen

_ACTS = {
    ops.PUBLISH: N_("Publiée"),
    ops.CORRECT: N_("Corrigée"),
    ops.VOID: N_("Annulée"),
    ops.QUALIFY: N_("Qualifiée"),
}


def history(theme: Theme, seen: Seen, zone: ZoneInfo) -> QWidget | None:
    """Every version, the latest first; None while the entry is as it was published."""
    if len(seen.versions) < 2:
        return None
    box = Section(theme, _("Historique"))
    for at in range(len(seen.versions) - 1, -1, -1):
        before = seen.versions[at - 1] if at else None
        box.add(_act(theme, seen, seen.versions[at], before, zone))
    return box


def _act(
    theme: Theme, seen: Seen, version: Version, before: Version | None, zone: ZoneInfo
) -> QWidget:
    box = Section(theme)
    box.body.setContentsMargins(theme.px(10), theme.px(2), 0, theme.px(6))
    head = _("v{version} – {act} {moment}, {person}").format(
        version=version.version,
        act=_(_ACTS.get(version.kind, "")),
        moment=wording.full_moment(version.at, zone),
        person=seen.person(version.author),
    )
    if version.post:
        head += f" ({version.post})"
    box.add(words(head, role="small"))
    if version.reason:
        reason = _("Motif\u00a0: {reason}").format(reason=version.reason)
        box.add(words(reason, role="small", ink="warning"))
    if before is not None:
        box.add(_changes(theme, before, version))
    return box


def _changes(theme: Theme, before: Version, after: Version) -> QWidget:
    gone, come = theme.hex("danger_soft"), theme.hex("ok_soft")
    lines: list[str] = []
    if before.content.text != after.content.text:
        lines.append(
            text_diff.marked(before.content.text, after.content.text, gone=gone, come=come)
        )
    if before.qualification != after.qualification:
        was = _(QUALIFICATION_WORDS[before.qualification])
        lines.append(
            _field(_("Statut"), was, _(QUALIFICATION_WORDS[after.qualification]), gone, come)
        )
    for name, old, new in text_diff.fields(before.content, after.content):
        lines.append(_field(name, old, new, gone, come))
    label = QLabel("<br>".join(lines))
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setProperty("role", "small")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.setVisible(bool(lines))
    return label


def _field(name: str, old: str, new: str, gone: str, come: str) -> str:
    before = f'<s style="background:{gone}">{escape(old)}</s> → ' if old else ""
    return f'{escape(name)}\u00a0: {before}<span style="background:{come}">{escape(new)}</span>'
