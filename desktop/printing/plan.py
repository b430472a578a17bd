"""What a person chose for a print, and what the print must say of itself."""

from dataclasses import dataclass
from math import log2, sqrt

from beffroi.layers.mercator import HALF_WORLD
from beffroi.taxonomy import Tag
from desktop.printing.ground import Ground
from desktop.printing.paper import PAPERS, Paper, Sheet, lay_out

_MOST_POINTS = 70_000_000
DPIS = (96, 150, 200, 300)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The choices: paper, place, what is on the margin.  `grid` is a coordinate system or nothing."""

    ground: Ground
    paper: Paper = PAPERS[0]
    landscape: bool = True
    title: str = ""
    number: str = ""
    grid: str = ""
    legend: bool = True
    code: bool = True
    grey: bool = False
    dpi: int = 150
    copies: int = 1

    @property
    def fineness(self) -> float:
        """Points per inch of the map: as chosen, less where a sheet is so large that memory would fail."""
        inches = self.paper.width * self.paper.height / 25.4**2
        return min(float(self.dpi), sqrt(_MOST_POINTS / inches))

    @property
    def zoom(self) -> float:
        """The zoom of the map at this scale, for what is drawn only from one on."""
        return log2(2 * HALF_WORLD / 256 / (self.ground.resolution * self.sheet.factor))

    @property
    def sheet(self) -> Sheet:
        """The paper laid out."""
        return lay_out(self.paper, landscape=self.landscape)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What every copy says: of whom, of when, from where, under which marking.

    Moments are words already, in the zone of the workspace.  `exercise` is empty in a real one.
    """

    marking: str
    exercise: str
    workspace: str
    author: str
    data_at: str
    printed_at: str
    attributions: tuple[str, ...]
    projection: str
    reference: str
    themes: tuple[Tag, ...] = ()
    """The domains of the entries on the map."""
