"""The scale that all alerts are brought to, so that one style suits every source.

0 nothing, 1 minor, 2 significant, 3 grave, 4 major (`gravity` of an entry of the main courante).
"""

from collections.abc import Mapping

from beffroi.plugin.record import Scalar

NOTHING, MINOR, SIGNIFICANT, GRAVE, MAJOR = range(5)


def graded(said: str, scale: Mapping[str, int]) -> dict[str, Scalar]:
    """The fields `severity` (0-4) and `severity_said`, the source's own word; none for no word."""
    if not said:
        return {}
    level = scale.get(said.strip().lower())
    return {"severity_said": said} if level is None else {"severity": level, "severity_said": said}
