"""What becomes of an entry: it is qualified, completed, confirmed, followed up, corrected, voided."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from beffroi.demo import phrases
from beffroi.demo.casework import Answer, Ask
from beffroi.demo.days import FRESH, MINUTE, local
from beffroi.demo.flow import Written
from beffroi.demo.seeds import folder
from beffroi.demo.steps import Assess, Line, Mend, Step, Tie, Void, uid_at
from beffroi.logbook.entry import Content, LinkKind, Nature, Qualification

_WITNESSES = ("OL-PP", "OL-DGGN", "OL-DGPN", "OL-COGIC", "OL-Zones", "Com/RS", "OL-Transports")


@cache
def _models() -> dict[tuple[str, str], list[str]]:
    """Texts by kind and domain."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in (folder() / "sequels.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, domain, text = line.split(" | ", 2)
            found.setdefault((kind, domain), []).append(text)
    return found


@dataclass(frozen=True, slots=True)
class Sequels:
    """Draws what follows entries, until the demo stops."""

    rng: Random

    def of(self, written: Written) -> Iterator[Step]:
        """Every step that an entry brings about."""
        rng, line = self.rng, written.line
        gravity = written.judgement["gravity"]
        if rng.random() < 0.005:
            reason = self._say("void", "*", line.at)
            yield Void(at=self._later(line.at, 3, 12), post=line.post, uid=line.uid, reason=reason)
            return
        assessed = self._later(line.at, 4, 45)
        if rng.random() < 0.012:
            yield self._mended(line)
        if rng.random() < 0.012:
            yield from self._repeated(line)
        witness = ""
        if gravity >= 1 and rng.random() < (0.10 if gravity == 1 else 0.45):
            yield from self._children(line, gravity)
        if gravity >= 2 and rng.random() < 0.35:
            kind = LinkKind.CONTRADICTS if rng.random() < 0.2 else LinkKind.CONFIRMS
            other = self._other(line, kind)
            yield other
            yield Tie(at=other.at + 20_000, post=other.post, source=other.uid, kind=kind,
                      target=line.uid)  # fmt: skip
            if kind is LinkKind.CONFIRMS and line.qualification is Qualification.RAW:
                witness, assessed = other.uid, other.at + 4 * MINUTE
        if gravity >= 2 and rng.random() < 0.4:
            yield from self._followup(line, written.judgement)
        neglected = 0.55 if line.at > FRESH else 0.02
        if line.qualification is Qualification.RAW and rng.random() > neglected:
            yield self._assessed(written, assessed, witness)

    def _later(self, moment: int, least: int, most: int) -> int:
        return moment + self.rng.randint(least * 60, most * 60) * 1000

    def _say(self, kind: str, domain: str, moment: int) -> str:
        models = _models().get((kind, domain)) or _models()[kind, "*"]
        return phrases.say(self.rng.choice(models), self.rng, local(moment), None)

    def _assessed(self, written: Written, moment: int, witness: str) -> Assess:
        changes, level = dict(written.judgement), Qualification.QUALIFIED
        chance = self.rng.random()
        if witness:
            changes |= {"source_grade": "A", "credibility": 1, "corroborated_by": witness}
            level = Qualification.CONFIRMED
        elif chance < 0.03:
            changes, level = changes | {"credibility": 5}, Qualification.REFUTED
        elif chance < 0.07:
            level = Qualification.TO_QUALIFY
        return Assess(
            at=moment, post="MC", uid=written.line.uid, changes=changes, qualification=level
        )

    def _mended(self, line: Line) -> Mend:
        at = self._later(line.at, 46, 90)
        text = line.content.text.rstrip(".") + f" (précisé à {local(at):%Hh%M})."
        return Mend(
            at=at, post=line.post, uid=line.uid, changes={"text": text},
            reason=self._say("correct", "*", at),
        )  # fmt: skip

    def _children(self, line: Line, gravity: int) -> Iterator[Line]:
        at = line.at
        for number in range(self.rng.randint(1, min(3, gravity))):
            at = self._later(at, 18, 75)
            text = self._say("child", _domain(line.content), at)
            text = _at_place(line.content.place, text)
            yield self._written(line, at, line.post, text, parent=line.uid, grave=number == 0)

    def _other(self, line: Line, kind: LinkKind) -> Line:
        at = self._later(line.at, 5, 22)
        post = self.rng.choice([post for post in _WITNESSES if post != line.post])
        word = "confirm" if kind is LinkKind.CONFIRMS else "contradict"
        text = _at_place(line.content.place, self._say(word, "*", at))
        return self._written(line, at, post, text)

    def _repeated(self, line: Line) -> Iterator[Step]:
        """The same fact told again by another post, then recognised as a duplicate."""
        at = self._later(line.at, 2, 9)
        post = self.rng.choice([post for post in _WITNESSES if post != line.post])
        text = f"{line.content.text} {self._say('duplicate', '*', at)}"
        again = self._written(line, at, post, text)
        yield again
        seen = self._later(at, 2, 15)
        yield Tie(at=seen, post="MC", source=again.uid, kind=LinkKind.DUPLICATES, target=line.uid)
        yield Assess(at=seen + 5_000, post="MC", uid=again.uid, changes={},
                     qualification=Qualification.DUPLICATE)  # fmt: skip

    def _written(
        self, line: Line, at: int, post: str, text: str, *, parent: str = "", grave: bool = False
    ) -> Line:
        said = line.content
        content = Content(
            text=text,
            nature=Nature.REPORT,
            event_time=(at // MINUTE - 1) * MINUTE,
            received_time=at // MINUTE * MINUTE,
            channel=said.channel,
            tags=said.tags,
            gravity=max(0, said.gravity - (0 if grave else 1)),
            source_grade="B",
            credibility=2,
            place=said.place,
            lon=said.lon,
            lat=said.lat,
            geo_precision=said.geo_precision,
            parent=parent,
        )
        return Line(
            at=at, post=post, content=content, uid=uid_at(at, self.rng),
            qualification=Qualification.QUALIFIED,
        )  # fmt: skip

    def _followup(self, line: Line, judgement: dict[str, list[str]]) -> Iterator[Step]:
        owner = (judgement.get("for_action") or [line.post])[0]
        opened = self._later(line.at, 2, 10)
        due = opened + self.rng.choice((20, 30, 45, 60, 90, 120)) * MINUTE
        name = f"followup {line.uid}"
        yield Ask(
            at=opened, post="Chef de salle", name=name, uid=line.uid, owner=owner, due=due,
            text=self._say("followup", _domain(line.content), opened),
        )  # fmt: skip
        chance = self.rng.random()
        if chance < 0.04:
            return
        acknowledged = self._later(opened, 2, 15)
        yield Answer(at=acknowledged, post=owner, name=name, status="acknowledged")
        if chance > 0.10:
            done = self._later(acknowledged, 10, 100)
            note = self._say("note", "*", done)
            yield Answer(at=done, post=owner, name=name, status="done", note=note)


def _at_place(place: str, text: str) -> str:
    """`text` with its place first, so that it can be read alone."""
    return f"{place[:1].upper()}{place[1:]} – {text[:1].lower()}{text[1:]}" if place else text


def _domain(content: Content) -> str:
    return content.tags[0].split(".")[0] if content.tags else "*"
