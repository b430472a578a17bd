"""Durations as they are said: « 71 s », « 3 min 10 s », « 2 h 05 »."""


def duration(seconds: float) -> str:
    """A duration: seconds below two minutes, then minutes, then hours."""
    whole = round(seconds)
    if whole < 120:
        return f"{whole}\u00a0s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}\u00a0min {rest}\u00a0s" if rest else f"{minutes}\u00a0min"
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"
