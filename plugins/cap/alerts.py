"""What one CAP alert says, read from its tree (of XML, or of JSON as MeteoAlarm gives it)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from beffroi.plugin import Book, Record, Scalar, flat, times, tree
from beffroi.plugin.html import plain
from beffroi.plugin.severity import graded
from beffroi.plugin.words import _
from plugins.cap.areas import area_of

SEVERITIES = {"extreme": 4, "severe": 3, "moderate": 2, "minor": 1}
_SPOKEN = ("headline", "event", "description", "instruction")
_SAME = (
    "category", "responseType", "urgency", "severity", "certainty", "eventCode", "effective",
    "onset", "expires", "area",
)  # fmt: skip
_CLOSING = frozenset(("update", "cancel"))


@dataclass(frozen=True)
class Alert:
    """One message: its information, translations of the same put together, and what it ends."""

    tree: object
    identifier: str
    infos: list[list[object]] = field(default_factory=list[list[object]])
    """Each with its translations: the French one first when there is one."""

    @property
    def kind(self) -> str:
        """`alert`, `update`, `cancel`, `ack` or `error`, in lower case."""
        return tree.text(self.tree, "msgType").lower()

    def ended(self) -> list[str]:
        """The ids of the records that this message replaces or withdraws."""
        if self.kind not in _CLOSING:
            return []
        named = [_identifier(words) for words in tree.text(self.tree, "references").split()]
        uids = [
            _id(identifier, n)
            for identifier in named
            if identifier
            for n in range(1, max(1, len(self.infos)) + 1)
        ]
        others = [_language(info) for group in self.infos for info in group[1:]]
        return uids + [f"{uid}@{language}" for uid in uids for language in dict.fromkeys(others)]


def alert_of(node: object) -> Alert:
    """The alert of a tree."""
    identifier = tree.text(node, "identifier") or tree.text(node, "sender")
    return Alert(node, identifier, _grouped(list(tree.every(node, "info"))))


def records_of(alert: Alert, book: Book, zone: str, *, translated: bool = True) -> Iterator[Record]:
    """One record per information of the alert; one without any still tells that it came.

    `translated`: translations are records too, without a shape, so that nothing is drawn twice.
    """
    if not alert.infos:
        yield _record(alert, alert.identifier, [{}], book, zone)
    for n, group in enumerate(alert.infos, 1):
        uid = _id(alert.identifier, n)
        main = _record(alert, uid, group, book, zone)
        yield main
        for other in group[1:] if translated else ():
            yield _translation(main, uid, other)


def _record(alert: Alert, uid: str, group: list[object], book: Book, zone: str) -> Record:
    info = group[0]
    where = alert.identifier or _("alerte")
    sent = times.instant(tree.text(alert.tree, "sent"), zone)
    begins = times.instant(tree.text(info, "onset") or tree.text(info, "effective"), zone)
    until = times.instant(tree.text(info, "expires"), zone)
    return Record(
        id=uid,
        geometry=area_of(info, book, where),
        properties=_properties(alert, info, group[1:]),
        title=_title(alert, info),
        time=begins if begins is not None else sent,
        until=sent if alert.kind == "cancel" else until,
    )


def _title(alert: Alert, info: object) -> str:
    words = next((w for name in _SPOKEN[:2] if (w := plain(tree.text(info, name)))), "")
    words = words or plain(tree.text(alert.tree, "note")) or alert.identifier
    match tree.text(alert.tree, "status").lower():
        case "exercise":
            return _("EXERCICE – {title}").format(title=words)
        case "test" | "system" | "draft":
            return _("ESSAI – {title}").format(title=words)
        case _:
            return words


def _properties(alert: Alert, info: object, others: list[object]) -> dict[str, Scalar]:
    told: dict[str, object] = {
        name: tree.text(alert.tree, name) for name in ("status", "msgType", "scope", "sent")
    }
    told |= {name: plain(tree.text(info, name)) for name in _SPOKEN}
    told |= graded(tree.text(info, "severity"), SEVERITIES)
    told |= {
        name: ", ".join(tree.texts(info, name))
        for name in ("urgency", "certainty", "category", "responseType", "effective", "onset")
    }
    told["expires"] = tree.text(info, "expires")
    told["area"] = ", ".join(tree.texts(info, "area", "areaDesc"))
    told |= {name: tree.text(info, name) for name in ("senderName", "web", "contact", "language")}
    told["sender"] = tree.text(alert.tree, "sender")
    told |= {
        name: tree.text(alert.tree, name)
        for name in ("source", "incidents", "references", "note", "restriction")
    }
    told["code"] = ", ".join(tree.texts(alert.tree, "code"))
    told["resource"] = ", ".join(tree.texts(info, "resource", "uri"))
    for name in ("altitude", "ceiling"):
        told[name] = tree.number(info, "area", name)
    told |= _named(tree.every(info, "area", "geocode"), "geocode")
    told |= _named(tree.every(info, "eventCode"), "eventCode")
    told |= _named(tree.every(info, "parameter"), "parameter")
    return flat(told | _spoken_otherwise(others))


def _named(pairs: Iterator[object], prefix: str) -> dict[str, object]:
    """Values by the name that stands beside them; several of one name are joined.

    CAP 1.0 wrote `name=value` in one element.
    """
    found: dict[str, list[str]] = {}
    for pair in pairs:
        name, value = tree.text(pair, "valueName"), plain(tree.text(pair, "value"))
        if isinstance(pair, str):
            name, _sign, value = pair.partition("=")
        if value:
            found.setdefault(f"{prefix}_{name}" if name else prefix, []).append(value)
    return {name: ", ".join(dict.fromkeys(values)) for name, values in found.items()}


def _spoken_otherwise(others: list[object]) -> dict[str, object]:
    return {
        f"{name}_{tree.text(other, 'language')[:2].lower() or n}": plain(tree.text(other, name))
        for n, other in enumerate(others, 2)
        for name in _SPOKEN
    }


def _translation(main: Record, uid: str, info: object) -> Record:
    """The same alert in another language: its words alone, drawn nowhere."""
    said = {name: plain(tree.text(info, name)) for name in (*_SPOKEN, "senderName", "language")}
    return Record(
        id=f"{uid}@{_language(info)}",
        properties=main.properties | flat(said) | {"translation_of": uid},
        title=plain(tree.text(info, "headline") or tree.text(info, "event")) or main.title,
        time=main.time,
        until=main.until,
    )


def _grouped(infos: list[object]) -> list[list[object]]:
    """Information that differs by its language alone goes together, French first."""
    groups: list[list[object]] = []
    for info in infos:
        for group in groups:
            if _same(group[0], info) and _language(info) not in map(_language, group):
                group.append(info)
                break
        else:
            groups.append([info])
    return [
        sorted(group, key=lambda info: not _language(info).startswith("fr")) for group in groups
    ]


def _same(one: object, other: object) -> bool:
    """Whether two pieces of information say the same, names of places and words left aside."""
    return all(_bare(one, name) == _bare(other, name) for name in _SAME)


def _bare(info: object, name: str) -> list[object]:
    if name == "area":
        shapes = ("polygon", "circle", "geocode")
        return [list(tree.every(area, s)) for area in tree.every(info, name) for s in shapes]
    return list(tree.every(info, name))


def _language(info: object) -> str:
    return tree.text(info, "language").lower() or "en"


def _identifier(reference: str) -> str:
    """The identifier of `sender,identifier,sent`."""
    parts = reference.split(",")
    return parts[1].strip() if len(parts) >= 2 else parts[0].strip()


def _id(identifier: str, n: int) -> str:
    return identifier if n == 1 else f"{identifier}#{n}"
