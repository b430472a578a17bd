"""Looks inside an archive that is no format of its own: often one file of data, zipped to travel."""

from beffroi.plugin import Sample, Unreadable
from beffroi.text import _

OPTION = "member"
_MOST = 20
_NEVER = (".pdf", ".png", ".jpg", ".jpeg", ".md", ".html", ".css", ".exe", ".dll", ".sh", ".bat")


def members(sample: Sample) -> list[str]:
    """The files of an archive that may hold data, the largest first."""
    if sample.kind != "zip" or sample.nested >= 2:
        return []
    archive = sample.archive
    names = [
        name for name in archive.names
        if not name.lower().endswith(_NEVER) and not name.startswith("__MACOSX/")
    ]  # fmt: skip
    return sorted(names, key=archive.size, reverse=True)[:_MOST]


def member(sample: Sample, name: str) -> Sample:
    """The file of an archive that was chosen.

    Raises:
        Unreadable: it is not there.
    """
    if name not in sample.archive.names:
        raise Unreadable(
            _(
                "L’archive ne contient pas «\u202f{name}\u202f»\u00a0: choisissez parmi {names}."
            ).format(name=name[:60], names=", ".join(members(sample)[:10]))
        )
    return sample.member(name)
