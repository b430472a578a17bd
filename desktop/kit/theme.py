"""The look of every window: colours by role, fonts by role, icons, light or dark, text size."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from desktop.kit import icons
from desktop.kit.stylesheet import stylesheet
from desktop.kit.tokens import THEMES, Name, contrast

_FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial")
_MONO = ("JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono")
SIZES = {"tiny": 11, "small": 12, "body": 13, "title": 15, "big": 19}
TEXT_SIZES = (100, 110, 125, 150)
"""The text sizes a person may choose, in per cent."""


class Theme(QObject):
    """What widgets ask when they draw; `changed` tells them to draw again."""

    changed = Signal()

    def __init__(
        self, name: Name = "light", text_size: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._name: Name = name
        self._text_size = text_size
        self._families = _present(_FAMILIES)
        self._mono = _present(_MONO)
        self._icons: dict[tuple[str, str], QIcon] = {}

    @property
    def name(self) -> Name:
        """`light` or `dark`."""
        return self._name

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        return self._name == "dark"

    @property
    def text_size(self) -> int:
        """Text size in per cent."""
        return self._text_size

    def hex(self, token: str) -> str:
        """The colour of a token, `#rrggbb`."""
        return THEMES[self._name][token]

    def color(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(self.hex(token))

    def gravity(self, level: int) -> tuple[QColor, QColor]:
        """Fill and ink for a gravity; always show its number or its word too."""
        return self.color(f"gravity{level}"), self.color(f"gravity{level}_text")

    def legible(self, colour: str, on: str = "panel") -> QColor:
        """`colour` (`#rrggbb`, a tag's for instance), moved just enough to be read on a surface."""
        ink = QColor(colour)
        for _step in range(40):
            if contrast(ink.name(), self.hex(on)) >= 4.5:
                break
            ink = ink.lighter(108) if self.dark else ink.darker(108)
            if ink.lightness() == 0:
                ink = self.color("text")
        return ink if contrast(ink.name(), self.hex(on)) >= 4.5 else self.color("text")

    def icon(self, name: str, ink: str = "muted") -> QIcon:
        """An icon of `resources/icons` in the colour of the token `ink`."""
        key = (name, ink)
        if key not in self._icons:
            self._icons[key] = icons.icon(
                name, self.hex(ink), self.hex("control"), self.hex("accent")
            )
        return self._icons[key]

    def px(self, length: float) -> int:
        """A length that grows with the text size."""
        return round(length * self._text_size / 100)

    def font(self, role: str = "body", *, bold: bool = False, mono: bool = False) -> QFont:
        """A font by role: tiny, small, body, title, big."""
        font = QFont(self._mono if mono else self._families)
        font.setPixelSize(self.px(SIZES[role]))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if not mono:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def set(self, *, name: Name | None = None, text_size: int | None = None) -> None:
        """Change the look of the whole application at once."""
        self._name = name or self._name
        self._text_size = text_size or self._text_size
        self._icons.clear()
        self.apply()
        self.changed.emit()

    def apply(self) -> None:
        """Dress the application."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyle("Fusion")
            app.setFont(self.font())
            app.setPalette(_palette(self))
            app.setStyleSheet(stylesheet(THEMES[self._name], self.px, SIZES))


def _present(wanted: tuple[str, ...]) -> list[str]:
    known = set(QFontDatabase.families())
    return [family for family in wanted if family in known] or list(wanted)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, token in (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "panel"),
        (role.AlternateBase, "raised"),
        (role.Text, "text"),
        (role.PlaceholderText, "faint"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "danger"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "text"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.ToolTipBase, "tooltip"),
        (role.ToolTipText, "tooltip_text"),
        (role.Accent, "accent"),
        (role.Light, "panel"),
        (role.Midlight, "raised"),
        (role.Mid, "border"),
        (role.Dark, "control"),
        (role.Shadow, "border"),
    ):
        palette.setColor(where, theme.color(token))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, theme.color("control"))
    return palette
