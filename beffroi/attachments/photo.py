"""Images: measured before they are decoded, shown small, asked where they were taken."""

import io
import struct
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from beffroi.clock import PARIS, from_datetime
from beffroi.errors import BeffroiError
from beffroi.text import _

MAX_PIXELS = 80_000_000
THUMBNAIL = 256
_UNUSABLE = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""How Pillow says that a camera wrote nonsense."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


@dataclass(frozen=True, slots=True)
class PhotoPosition:
    """Where and when a photo says it was taken; `taken_at` is UTC ms."""

    lon: float
    lat: float
    taken_at: int | None


def opened(data: bytes) -> Image.Image:
    """The image in `data`, its size checked and nothing decoded yet.

    Raises:
        BeffroiError: not an image that can be read, or one far too big.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_big() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BeffroiError(
            _("Cette image est illisible : ouvrez-la ailleurs et enregistrez-la en PNG ou JPEG.")
        ) from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_big()
    return image


def _too_big() -> BeffroiError:
    return BeffroiError(
        _("Cette image dépasse 80 millions de pixels : réduisez-la avant de la joindre.")
    )


def thumbnail(data: bytes) -> bytes:
    """A PNG of at most 256 pixels a side, turned the right way up.

    Raises:
        BeffroiError: the image cannot be decoded.
    """
    image = opened(data)
    try:
        image.draft("RGB", (THUMBNAIL * 2, THUMBNAIL * 2))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((THUMBNAIL, THUMBNAIL))
        out = io.BytesIO()
        small.convert("RGBA" if "A" in small.getbands() else "RGB").save(out, "PNG")
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        Image.DecompressionBombError,
    ) as error:
        raise BeffroiError(
            _("Cette image est abîmée : ouvrez-la ailleurs et enregistrez-la à nouveau.")
        ) from error
    return out.getvalue()


def position(data: bytes, zone: ZoneInfo = PARIS) -> PhotoPosition | None:
    """Where the photo says it was taken, None when it does not say."""
    try:
        exif = opened(data).getexif()
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        details = exif.get_ifd(ExifTags.IFD.Exif)
    except (BeffroiError, OSError, SyntaxError, EOFError, struct.error, *_UNUSABLE):
        return None
    lat = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    lon = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    if lat is None or lon is None or (lat == 0 and lon == 0):
        return None
    return PhotoPosition(lon, lat, _satellite_time(gps) or _camera_time(exif, details, zone))


def _degrees(gps: dict[int, Any], value: int, ref: int, negative: str, limit: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in gps[value])
    except _UNUSABLE:
        return None
    angle = degrees + minutes / 60 + seconds / 3600
    if not 0 <= angle <= limit:
        return None
    return -angle if str(gps.get(ref, "")).strip("\x00 ").upper() == negative else angle


def _satellite_time(gps: dict[int, Any]) -> int | None:
    try:
        day = datetime.strptime(str(gps[ExifTags.GPS.GPSDateStamp]), "%Y:%m:%d")  # noqa: DTZ007
        hour, minute, second = (float(part) for part in gps[ExifTags.GPS.GPSTimeStamp])
        at = day.replace(hour=int(hour), minute=int(minute), second=int(second), tzinfo=UTC)
    except _UNUSABLE:
        return None
    return from_datetime(at)


def _camera_time(exif: Image.Exif, details: dict[int, Any], zone: ZoneInfo) -> int | None:
    said = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    offset = details.get(ExifTags.Base.OffsetTimeOriginal)
    try:
        if offset:
            return from_datetime(datetime.strptime(f"{said}{offset}", "%Y:%m:%d %H:%M:%S%z"))
        naive = datetime.strptime(str(said), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    return from_datetime(naive.replace(tzinfo=zone))
