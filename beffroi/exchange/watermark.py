"""What every exported file says of itself."""

from dataclasses import dataclass

from beffroi.clock import to_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Watermark:
    """What every file says of itself: who took it out, when, from where, under which marking."""

    title: str
    workspace: str
    mode: str
    marking: str
    exported_by: str
    exported_at: int
    query: str
    zone: str

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value, to print or to keep beside the entries."""
        at = to_datetime(self.exported_at).isoformat(timespec="seconds")
        return [
            ("title", self.title), ("workspace", self.workspace), ("mode", self.mode),
            ("marking", self.marking), ("exported_by", self.exported_by), ("exported_at", at),
            ("query", self.query),
        ]  # fmt: skip

    def sentence(self) -> str:
        """The line that goes with each row, so that a pasted row still says where it is from."""
        exercise = "" if self.mode == "real" else f"{self.mode.upper()} – "
        at = to_datetime(self.exported_at).isoformat(timespec="seconds")
        return f"{exercise}{self.marking} – {self.exported_by} – {at}"
