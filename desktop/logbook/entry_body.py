"""What an entry says: its words, who says it, how sure it is, themes, weight, people concerned."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from beffroi.logbook.entry import CHANNEL_WORDS, IMPACT_WORDS, Channel, Entry, Lifecycle
from beffroi.text import _
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import Section, pairs
from desktop.kit.shared import Shared
from desktop.kit.theme import Theme
from desktop.logbook import highlight, tag_look, wording
from desktop.logbook.entry_head import place_words
from desktop.logbook.entry_load import Seen
from desktop.logbook.writing.chips import Chip

PLACE_ZOOM = 13.0
IMPACT_STEPS = 4


def text(theme: Theme, entry: Entry, searched: Sequence[str] = ()) -> QWidget:
    """The words: the first line stands out, the rest reads as a page, searched words are lit."""
    title, _line, rest = entry.content.text.partition("\n")
    struck = "text-decoration: line-through;" if entry.lifecycle is Lifecycle.VOID else ""
    glow = theme.hex("selection")
    title_size, body_size = theme.px(16), theme.px(14)
    html = (
        f'<div style="font-size:{title_size}px; font-weight:600; line-height:130%; {struck}">'
        f"{highlight.as_html(title, searched, glow)}</div>"
    )
    if rest.strip():
        body = highlight.as_html(rest.strip(), searched, glow)
        html += (
            f'<div style="font-size:{body_size}px; line-height:145%; margin-top:{theme.px(6)}px;'
            f' {struck}">{body}</div>'
        )
    label = QLabel(html)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName(entry.content.text)
    label.setOpenExternalLinks(False)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    if entry.lifecycle is Lifecycle.VOID:
        label.setProperty("ink", "faint")
    return label


def tags(theme: Theme, entry: Entry) -> QWidget:
    """The themes, each in the colour of its domain."""
    flow = FlowBox(gap=theme.px(5))
    for code in entry.content.tags:
        seen = tag_look.look(code)
        chip = Chip(theme, code, seen.word, colour=seen.ink(dark=theme.dark), tip=code, fixed=True)
        flow.flow.addWidget(chip)
    return flow


def facts(theme: Theme, seen: Seen) -> QWidget:
    """Who said it, how it came, how sure it is, who wrote it, for whom."""
    entry, content = seen.entry, seen.entry.content
    rows: list[tuple[str, str]] = []
    origin = " – ".join(part for part in (content.organisation, content.origin) if part)
    rows.append((_("Origine"), origin or _("inconnue")))
    if content.channel is not Channel.OTHER:
        rows.append((_("Moyen"), _(CHANNEL_WORDS[content.channel])))
    rows.append((_("Cotation"), _graded(seen)))
    writer = _("{name}, {post}").format(name=seen.person(entry.author), post=entry.post)
    rows.append((_("Rédacteur"), writer if entry.post else seen.person(entry.author)))
    if content.on_behalf_of:
        rows.append((_("Au nom de"), content.on_behalf_of))
    if content.for_action:
        rows.append((_("Pour action"), ", ".join(content.for_action)))
    if content.for_info:
        rows.append((_("Pour info"), ", ".join(content.for_info)))
    return pairs(theme, rows)


def _graded(seen: Seen) -> str:
    content = seen.entry.content
    said = f"{wording.grade(content)} – {wording.grade_in_words(content)}"
    if seen.corroboration is not None:
        said += "\n" + _("corroborée par {label}").format(label=seen.corroboration.label)
    return said


def impacts(theme: Theme, entry: Entry) -> QWidget | None:
    """How heavily it weighs, on each axis; None when nothing was said of it."""
    weighing = {axis: level for axis, level in entry.content.impacts.items() if level}
    if not weighing:
        return None
    box = Section(theme, _("Impacts"))
    rows = [
        (_(IMPACT_WORDS[axis]), "■" * level + "□" * (IMPACT_STEPS - level) + f"  {level}/4")
        for axis, level in sorted(weighing.items(), key=lambda item: -item[1])
    ]
    box.add(pairs(theme, rows))
    return box


def place(theme: Theme, entry: Entry, shared: Shared) -> QWidget | None:
    """Where, and how to see it on the map; None without any place."""
    content = entry.content
    if content.lon is None or content.lat is None:
        if not content.place:
            return None
        return pairs(theme, [(_("Lieu"), _("{place} – non localisée").format(place=content.place))])
    lon, lat = content.lon, content.lat
    box = QWidget()
    line = QVBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(pairs(theme, [(_("Lieu"), place_words(entry))]))
    button = QPushButton(theme.icon("map-pin", "accent"), _("Voir sur la carte"))
    button.setProperty("kind", "quiet")
    button.setIconSize(QSize(theme.px(16), theme.px(16)))
    button.clicked.connect(lambda: shared.go_to.emit(lon, lat, PLACE_ZOOM))
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return box
