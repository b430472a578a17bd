"""The attachments of the demo: sketches, photo-like views, notes; drawn, so that nobody is in them."""

import io
from dataclasses import dataclass
from random import Random
from typing import Literal

from PIL import Image

from beffroi.demo import canvas, views
from beffroi.demo.days import local

Kind = Literal["plan", "crowd", "smoke", "rails", "flood", "curve", "bulletin", "note"]
PHOTOS: tuple[Kind, ...] = ("crowd", "smoke", "rails", "flood")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An attachment to draw: the same values always give the same bytes."""

    name: str
    kind: Kind
    title: str
    at: int
    seed: int
    lon: float | None = None
    lat: float | None = None

    def data(self) -> bytes:
        """The file."""
        rng = Random(self.seed)  # noqa: S311 - a drawing, not a secret
        stamp = f"{local(self.at):%d/%m/%Y %Hh%M}"
        match self.kind:
            case "plan":
                return _png(views.plan(self.title, stamp, rng))
            case "curve":
                return _png(views.curve(self.title, stamp, rng))
            case "bulletin":
                return _pdf(views.bulletin(self.title, stamp, rng), self.at)
            case "note":
                return f"{self.title}\n{stamp}\n\nRédigé pour la démonstration.\n".encode()
            case "crowd" | "smoke" | "rails" | "flood":
                return self._photo(views.scene(self.kind, rng))

    def _photo(self, image: Image.Image) -> bytes:
        """A JPEG that says where and when it was taken, as a phone's does."""
        exif = Image.Exif()
        exif[0x010F] = "Beffroi"
        exif[0x0132] = f"{local(self.at):%Y:%m:%d %H:%M:%S}"
        exif.get_ifd(0x8769)[0x9003] = exif[0x0132]
        if self.lon is not None and self.lat is not None:
            exif.get_ifd(0x8825).update(canvas.gps(self.lon, self.lat))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=80, exif=exif)
        return out.getvalue()


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG")
    return out.getvalue()


def _pdf(image: Image.Image, at: int) -> bytes:
    out = io.BytesIO()
    moment = local(at).timetuple()
    image.save(
        out, "PDF", resolution=100, title="Démonstration", creationDate=moment, modDate=moment
    )
    return out.getvalue()
