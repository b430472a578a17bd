"""The steps of the script that hang from entries: follow-ups, dossiers, figures, arbitrations."""

from dataclasses import dataclass

from beffroi.demo.steps import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Someone asks a post to do something about an entry."""

    at: int
    post: str
    name: str
    uid: str
    owner: str
    due: int
    text: str

    def play(self, stage: Stage) -> None:
        """Open the follow-up."""
        who = stage.who(self.post, self.at)
        followup = stage.node.logbook.open_followup(self.uid, self.owner, self.due, self.text, who)
        stage.made[self.name] = followup.uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The owner of a follow-up acknowledges it, works on it or closes it."""

    at: int
    post: str
    name: str
    status: str
    note: str = ""

    def play(self, stage: Stage) -> None:
        """Update the follow-up."""
        who = stage.who(self.post, self.at)
        stage.node.logbook.update_followup(stage.made[self.name], self.status, who, note=self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gather:
    """Someone opens a dossier on entries."""

    at: int
    post: str
    name: str
    title: str
    gravity: int
    uids: tuple[str, ...]

    def play(self, stage: Stage) -> None:
        """Open the dossier."""
        who = stage.who(self.post, self.at)
        dossier = stage.node.logbook.open_dossier(self.title, self.uids, self.gravity, who)
        stage.made[self.name] = dossier.uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrich:
    """Someone puts entries into a dossier, or changes its gravity or status."""

    at: int
    post: str
    name: str
    uids: tuple[str, ...] = ()
    gravity: int | None = None
    status: str = ""

    def play(self, stage: Stage) -> None:
        """Edit the dossier."""
        who = stage.who(self.post, self.at)
        stage.node.logbook.edit_dossier(
            stage.made[self.name], who, add=self.uids, gravity=self.gravity, status=self.status
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Someone records what a source says of an indicator of a dossier."""

    at: int
    post: str
    dossier: str
    name: str
    indicator: str
    value: str
    source: str
    as_of: int
    unit: str = ""
    note: str = ""
    entry: str = ""
    provisional: bool = False

    def play(self, stage: Stage) -> None:
        """Record the figure."""
        figure = stage.node.logbook.record_figure(
            stage.made[self.dossier], self.indicator, self.value, self.unit, self.source,
            self.as_of, stage.who(self.post, self.at),
            note=self.note, entry=self.entry, provisional=self.provisional,
        )  # fmt: skip
        stage.made[self.name] = figure.uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Someone arbitrates between contradictory figures."""

    at: int
    post: str
    dossier: str
    indicator: str
    kept: str
    reason: str
    figures: tuple[str, ...]

    def play(self, stage: Stage) -> None:
        """Arbitrate."""
        stage.node.logbook.arbitrate(
            stage.made[self.dossier], self.indicator, self.kept, self.reason,
            [stage.made[name] for name in self.figures], stage.who(self.post, self.at),
        )  # fmt: skip
