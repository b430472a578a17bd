"""Distances and durations as they are said: « 280 m », « 1,2 km », « 71 s », « 3 min 10 s », « 2 h 05 »."""

from beffroi.text import _


def distance(metres: float) -> str:
    """A distance: metres below a kilometre, then kilometres with one decimal below a hundred."""
    if metres < 999.5:
        return f"{round(metres)}\u00a0m"
    kilometres = metres / 1000
    if kilometres < 99.95:
        return _("{n}\u00a0km").format(n=f"{kilometres:.1f}".replace(".", _(",")))
    return _("{n}\u00a0km").format(n=round(kilometres))


def duration(seconds: float) -> str:
    """A duration: seconds below two minutes, then minutes, then hours."""
    whole = round(seconds)
    if whole < 120:
        return f"{whole}\u00a0s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}\u00a0min {rest}\u00a0s" if rest else f"{minutes}\u00a0min"
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"
