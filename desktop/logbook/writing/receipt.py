"""What was kept of a quick line, in one line of green."""

from beffroi.logbook.entry import GRAVITY_WORDS, NATURE_WORDS, Entry, Nature
from beffroi.text import _
from desktop.logbook.tag_look import look


def receipt(entry: Entry) -> str:
    """« MC-2024-001234 enregistrée · Croisilles · gravité 3 Grave · B3 · Ferré »."""
    content = entry.content
    said = [_("{label} enregistrée").format(label=entry.label)]
    if content.nature is not Nature.INFO:
        said.append(_(NATURE_WORDS[content.nature]))
    said.append(content.place or content.commune)
    if content.gravity:
        word = _(GRAVITY_WORDS[content.gravity])
        said.append(_("gravité {n} {word}").format(n=content.gravity, word=word))
    grade = f"{content.source_grade}{content.credibility}"
    if grade != "F6":
        said.append(grade)
    said += [look(code).word for code in content.tags]
    if content.key_event:
        said.append("★")
    return " · ".join(part for part in said if part)
