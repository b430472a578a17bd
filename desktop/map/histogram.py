"""Bars of how many entries there were, by gravity, with the window that is replayed over them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.kit.theme import Theme
from desktop.map.columns import Array


class _Moments(pg.AxisItem):  # type: ignore[misc]
    """An axis in hours and days of the profile's zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__("bottom")
        self._zone = zone

    @override
    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        form = "%d/%m" if spacing >= 86_400 else "%d/%m %H:%M" if spacing >= 3_600 else "%H:%M"
        return [f"{datetime.fromtimestamp(v, UTC).astimezone(self._zone):{form}}" for v in values]

    @override
    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        wanted = (maxVal - minVal) / max(1.0, size / 90)
        steps = (300, 900, 3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000)
        return [(next((s for s in steps if s >= wanted), steps[-1]), 0)]


class Histogram(QWidget):
    """Time runs in seconds; `moved` tells the window's ends when a person drags it."""

    moved = Signal(float, float)

    def __init__(self, theme: Theme, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Array = np.zeros((0, 5))
        self._span = (0.0, 1.0)
        self.plot = pg.PlotWidget(self, axisItems={"bottom": _Moments(zone)})
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.hideButtons()
        self.plot.hideAxis("left")
        self._bars: list[pg.BarGraphItem] = []
        self.region = pg.LinearRegionItem(swapMode="none")
        self.region.sigRegionChanged.connect(self._dragged)
        self.plot.addItem(self.region)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        theme.changed.connect(self._dress)
        self._dress()

    def show_counts(self, counts: Array, since: float, until: float) -> None:
        """Draw `counts` (bins × gravity) over a period in seconds."""
        self._counts, self._span = counts, (since, until)
        self.plot.setXRange(since, until, padding=0)
        self.region.setBounds((since, until))
        self._draw()

    def set_window(self, since: float, until: float) -> None:
        """Put the window somewhere without telling."""
        self.region.blockSignals(True)
        self.region.setRegion((since, until))
        self.region.blockSignals(False)

    def _dragged(self) -> None:
        since, until = self.region.getRegion()
        self.moved.emit(since, until)

    def _draw(self) -> None:
        for bar in self._bars:
            self.plot.removeItem(bar)
        since, until = self._span
        bins = len(self._counts)
        width = (until - since) / max(1, bins)
        x = since + width * (np.arange(bins) + 0.5)
        base = np.zeros(bins)
        self._bars = []
        for gravity in range(5):
            height = self._counts[:, gravity].astype(float) if bins else base
            fill = self._theme.color(f"gravity{gravity}")
            bar = pg.BarGraphItem(
                x=x, y0=base, height=height, width=width * 0.86, brush=fill, pen=None
            )
            base = base + height
            self.plot.addItem(bar)
            self._bars.append(bar)
        self.plot.setYRange(0, max(1.0, float(base.max()) if bins else 1.0), padding=0.05)

    def _dress(self) -> None:
        accent = self._theme.color("accent")
        self.plot.setBackground(self._theme.color("panel"))
        axis = self.plot.getAxis("bottom")
        axis.setPen(self._theme.color("border"))
        axis.setTextPen(self._theme.color("muted"))
        axis.setStyle(tickFont=self._theme.font("tiny"))
        veil = self._theme.color("accent")
        veil.setAlpha(45)
        self.region.setBrush(veil)
        for line in self.region.lines:
            line.setPen(pg.mkPen(accent, width=2))
            line.setHoverPen(pg.mkPen(accent, width=4))
        self._draw()
