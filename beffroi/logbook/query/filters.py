"""Reads each filter of a search into the query it builds."""

import math
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from beffroi.logbook.query import keys, times
from beffroi.logbook.query.model import DEFAULT_METRES, Near, Query
from beffroi.logbook.query.named import quoted as phrase
from beffroi.logbook.query.tag_names import code_of, known
from beffroi.taxonomy import Taxonomy
from beffroi.text import N_, _

MAX_METRES = 20_000_000
MAX_DIGITS = 16
_NAMED = {"auteur": "authors", "poste": "posts", "org": "organisations"}
_EXAMPLES = {
    "gravité": N_("« gravité>=3 »"),
    "depuis": N_("« depuis:2h » ou « depuis:26/07/2024 »"),
    "avant": N_("« avant:hier »"),
    "entre": N_("« entre:26/07..27/07 »"),
    "le": N_("« le:26/07/2024 »"),
    "cadre": N_("« cadre:2.2,48.8,2.5,48.9 »"),
    "n": N_("« n:123 »"),
    "nature": N_("« nature:décision »"),
    "statut": N_("« statut:confirmée »"),
    "suite": N_("« suite:ouverte » ou « suite:retard »"),
}


class Reader:
    """Gathers filters one by one; `problems` says which were not understood."""

    def __init__(
        self,
        *,
        now: int,
        zone: ZoneInfo,
        locate: Callable[[str], tuple[float, float] | None],
        tags: Taxonomy | None = None,
    ) -> None:
        self._now = now
        self._zone = zone
        self._locate = locate
        self._taxonomy = tags or known()
        self._fields: dict[str, Any] = {}
        self.problems: list[str] = []

    def query(self) -> Query:
        """What was read so far."""
        return Query(**self._fields, problems=tuple(dict.fromkeys(self.problems)))

    def read(
        self,
        name: str,
        op: str,
        value: str,
        *,
        without: bool = False,
        metres: float | None = None,
        quoted: bool = False,
    ) -> None:
        """Take note of filter `name`; an empty value is one still being typed."""
        if not value.strip(" ,|"):
            return
        if without and name not in ("étiquette", "fait", "lu", "pj", "lieu"):
            self.problems.append(
                _("« -{name}: » ne peut pas s’exclure : retirez le « - ».").format(name=name)
            )
            return
        if name in _NAMED and not without:
            said = [phrase(value)] if quoted else [part.strip() for part in value.split(",")]
            self._add(_NAMED[name], said)
        elif not self._set(name, op, value, without=without, metres=metres):
            self._complain(name, value)

    def _set(self, name: str, op: str, value: str, *, without: bool, metres: float | None) -> bool:
        match name:
            case "étiquette":
                return self._tags(value, without=without)
            case "gravité":
                return self._gravity(op, value)
            case "nature":
                return self._choices("natures", value, keys.NATURES)
            case "statut":
                return self._status(value)
            case "depuis" | "avant" | "entre" | "le":
                return self._time(name, value)
            case "près":
                return self._near(value, metres)
            case "cadre":
                return self._box(value)
            case "dossier":
                self._fields["dossier"] = value
                return True
            case "suite":
                return self._one("followup", keys.FOLLOWUPS.get(keys.choice(value)))
            case "fait" | "lu" | "pj" | "lieu":
                return self._yes_or_no(name, value, without=without)
            case "n":
                return self._number(value)
            case _:
                order = "event" if keys.choice(value).startswith(("ev", "fait")) else "entered"
                return self._one("order", order)

    def _number(self, value: str) -> bool:
        named, mark, station = value.partition("~")
        digits = named.rsplit("-", 1)[-1].lstrip("#°")
        if not digits.isdecimal() or len(digits) >= MAX_DIGITS or bool(mark) != station.isalnum():
            return False
        self._fields |= {"number": int(digits), "station": station.upper()}
        return True

    def _one(self, field: str, value: Any) -> bool:
        if value is None:
            return False
        self._fields[field] = value
        return True

    def _add(self, field: str, values: Any) -> bool:
        known = self._fields.get(field, ())
        self._fields[field] = tuple(dict.fromkeys((*known, *(v for v in values if v))))
        return True

    def _choices(self, field: str, value: str, table: dict[str, Any]) -> bool:
        found = [table.get(keys.choice(part)) for part in value.split(",") if part.strip()]
        if None in found or not found:
            return False
        return self._add(field, found)

    def _status(self, value: str) -> bool:
        """A status is how far it was assessed, or whether it stands."""
        parts = [part for part in value.split(",") if part.strip()]
        lives = [part for part in parts if keys.choice(part) in keys.LIFECYCLES]
        assessed = [part for part in parts if part not in lives]
        return (
            not assessed or self._choices("qualifications", ",".join(assessed), keys.QUALIFICATIONS)
        ) and (not lives or self._choices("lifecycle", ",".join(lives), keys.LIFECYCLES))

    def _tags(self, value: str, *, without: bool) -> bool:
        codes = [
            code_of(c, self._taxonomy) for c in value.replace(",", "|").split("|") if c.strip()
        ]
        if without:
            return self._add("without_tags", codes)
        return self._add("tags", ["|".join(dict.fromkeys(codes))])

    def _gravity(self, op: str, value: str) -> bool:
        sign, digit = (value[0], value[1:]) if value[0] in "<>" else ("", value)
        if digit.startswith("=") and sign:
            sign, digit = sign + "=", digit[1:]
        sign = sign or op.replace("≥", ">=").replace("≤", "<=")
        if digit.endswith("+"):
            sign, digit = ">=", digit[:-1]
        if digit not in ("0", "1", "2", "3", "4"):
            return False
        level = int(digit)
        low, high = self._fields.get("min_gravity", 0), self._fields.get("max_gravity", 4)
        if sign in (">=", ">", ":", "="):
            low = level + (sign == ">")
        if sign in ("<=", "<", ":", "="):
            high = level - (sign == "<")
        self._fields.update(min_gravity=low, max_gravity=high)
        return True

    def _time(self, name: str, value: str) -> bool:
        read = times.period if name in ("entre", "le") else times.moment
        span = read(value, now=self._now, zone=self._zone)
        if span is None:
            return False
        if name != "avant":
            self._fields.update(since=span[0], since_said=value)
        if name == "avant":
            self._fields.update(until=span[0], until_said=value)
        elif name != "depuis":
            said = f"{name}:{value}"
            self._fields.update(until=max(span[1], span[0] + 1), since_said=said, until_said=said)
        return True

    def _near(self, value: str, metres: float | None) -> bool:
        point = _point(value) or self._locate(value)
        if point is None:
            return False
        within = min(metres or DEFAULT_METRES, MAX_METRES)
        self._fields["near"] = Near(lon=point[0], lat=point[1], metres=within, said=value)
        return True

    def _box(self, value: str) -> bool:
        numbers = _numbers(value)
        if numbers is None or len(numbers) != 4:
            return False
        west, south, east, north = numbers
        if not (-180 <= min(west, east) <= max(west, east) <= 180 and -90 <= south <= north <= 90):
            return False
        self._fields["box"] = (west, south, east, north)
        return True

    def _yes_or_no(self, name: str, value: str, *, without: bool) -> bool:
        word = keys.choice(value)
        if word not in keys.YES | keys.NO:
            return False
        yes = (word in keys.YES) != without
        if name == "fait":
            self._fields["key_only"] = yes
        elif name == "lu":
            self._fields["unread_only"] = not yes
        else:
            self._fields["with_attachment" if name == "pj" else "located"] = yes
        return True

    def _complain(self, name: str, value: str) -> None:
        if name == "près":
            sentence = _(
                "Lieu inconnu : « {value} ». Essayez une commune, un site ou des coordonnées."
            )
        elif name in _EXAMPLES:
            sentence = _("« {value} » ne va pas avec « {name} » : écrivez par exemple {example}.")
        else:
            sentence = _("« {name} » attend « oui » ou « non ».")
        example = _(_EXAMPLES[name]) if name in _EXAMPLES else ""
        self.problems.append(sentence.format(value=value, name=name, example=example))


def _numbers(value: str) -> list[float] | None:
    try:
        found = [float(part) for part in value.replace(";", ",").split(",")]
    except ValueError:
        return None
    return found if all(math.isfinite(number) for number in found) else None


def _point(value: str) -> tuple[float, float] | None:
    """« 48.92,2.36 » read as latitude, longitude, as people write them."""
    numbers = _numbers(value)
    if numbers is None or len(numbers) != 2:
        return None
    lat, lon = numbers
    return (lon, lat) if -90 <= lat <= 90 and -180 <= lon <= 180 else None
