"""SIRI-SX situations, on public transport and on roads, and SIRI-GM messages."""

from collections.abc import Iterator

from beffroi.plugin import Book, Record, flat, times, tree
from beffroi.plugin.html import plain
from beffroi.plugin.severity import GRAVE, MAJOR, MINOR, NOTHING, SIGNIFICANT, graded
from plugins.siri.common import places, refs, told

SEVERITIES = {
    "noimpact": NOTHING, "veryslight": MINOR, "slight": MINOR, "normal": SIGNIFICANT,
    "severe": GRAVE, "verysevere": MAJOR,
}  # fmt: skip
CHANNELS = {"perturbation": SIGNIFICANT, "information": NOTHING, "commercial": NOTHING}
_REASONS = (
    "AlertCause", "MiscellaneousReason", "PersonnelReason", "EquipmentReason", "EnvironmentReason",
    "UndefinedReason", "PublicEventReason",
)  # fmt: skip


def is_over(situation: object) -> bool:
    """Whether the situation says that it is closed."""
    return tree.text(situation, "Progress").lower() == "closed"


def identity(situation: object, n: int = 0) -> str:
    """`SituationNumber`: what stays while its version grows."""
    return tree.text(situation, "SituationNumber") or (str(n) if n else "")


def situation_record(situation: object, n: int, book: Book, zone: str) -> Record:
    """The words, causes, consequences, lines and stops of a situation."""
    uid = identity(situation, n)
    title = plain(told(situation, "Summary") or told(situation, "ReasonName"))
    title = title or _published(situation, "SummaryText")
    description = plain(told(situation, "Description"))
    description = description or _published(situation, "DescriptionText")
    causes = [word for name in _REASONS for word in tree.texts(situation, name)]
    severities = tree.texts(situation, "Severity") or tree.texts(
        situation, "Consequences", "Consequence", "Severity"
    )
    fields: dict[str, object] = {
        "summary": title,
        "description": description,
        "detail": plain(told(situation, "Detail")),
        "advice": plain(told(situation, "Advice") or refs(situation, "AdviceText")),
        **graded(severities[0] if severities else "", SEVERITIES),
        "cause": ", ".join(dict.fromkeys(causes)),
        "condition": ", ".join(tree.texts(situation, "Consequences", "Consequence", "Condition")),
        "lines": refs(situation, "LineRef"),
        "line_names": _names(situation, "PublishedLineName"),
        "stops": refs(situation, "StopPointRef", "StopPlaceRef"),
        "stop_names": _names(situation, "StopPointName", "PlaceName", "StopPlaceName"),
        "modes": refs(situation, "VehicleMode", "Mode", "RailSubmode", "BusSubmode"),
        "operators": refs(situation, "OperatorRef"),
        "link": refs(tree.at(situation, "InfoLinks"), "Uri"),
    }
    fields |= {
        name: tree.text(situation, name)
        for name in (
            "ParticipantRef", "Version", "Progress", "Priority", "ReportType", "Planned",
            "Verification", "QualityIndex", "CreationTime", "VersionedAtTime",
        )
    }  # fmt: skip
    since, until = _validity(situation, zone)
    said = times.instant(tree.text(situation, "CreationTime"), zone)
    return Record(
        id=uid,
        geometry=places(tree.deep(situation, "Location"), book, uid),
        properties=flat({k: v for k, v in fields.items() if v != ""}) | _others(situation),
        title=title or description.partition("\n")[0] or uid,
        time=since if since is not None else said,
        until=until,
    )


def _published(situation: object, name: str) -> str:
    """The words that a publishing action shows, when the situation itself has none."""
    return plain(tree.told(list(tree.deep(situation, name))))


def _names(situation: object, *names: str) -> str:
    found = dict.fromkeys(tree.text(node) for node in tree.deep(situation, *names))
    return ", ".join(name for name in found if name)


def _validity(situation: object, zone: str) -> tuple[int | None, int | None]:
    periods = list(tree.every(situation, "ValidityPeriod"))
    starts = [times.instant(tree.text(p, "StartTime"), zone) for p in periods]
    ends = [times.instant(tree.text(p, "EndTime"), zone) for p in periods]
    known = [moment for moment in ends if moment is not None]
    since = min((moment for moment in starts if moment is not None), default=None)
    return since, max(known) if known and len(known) == len(ends) else None


def _others(situation: object) -> dict[str, str | int | float | bool | None]:
    """The same words in the other languages: `summary_en`."""
    said = {
        f"{name.lower()}_{language}": plain(words)
        for name in ("Summary", "Description")
        for language, words in list(tree.translations(list(tree.every(situation, name))).items())[
            1:
        ]
        if language
    }
    return flat(said)


def message_record(message: object, n: int, book: Book, zone: str) -> Record:
    """A general message: its text for travellers, its channel, lines and stops."""
    uid = message_id(message) or str(n)
    content = tree.at(message, "Content")
    texts = [plain(words) for words in _texts(content)]
    channel = tree.text(message, "InfoChannelRef")
    fields: dict[str, object] = {
        "message": "\n".join(dict.fromkeys(words for words in texts if words)),
        "channel": channel,
        **graded(channel if channel.lower() in CHANNELS else "", CHANNELS),
        "lines": refs(content, "LineRef"),
        "stops": refs(content, "StopPointRef", "StopAreaRef"),
        "destinations": refs(content, "DestinationRef"),
        "Version": tree.text(message, "InfoMessageVersion"),
        "ItemIdentifier": tree.text(message, "ItemIdentifier"),
    }
    return Record(
        id=uid,
        geometry=places(tree.deep(content, "Location"), book, uid),
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=min((t for t in texts if t), key=len, default="").partition("\n")[0] or uid,
        time=times.instant(tree.text(message, "RecordedAtTime"), zone),
        until=times.instant(tree.text(message, "ValidUntilTime"), zone),
    )


def message_id(message: object) -> str:
    """`InfoMessageIdentifier`, which a cancellation names too."""
    return tree.text(message, "InfoMessageIdentifier")


def _texts(content: object) -> Iterator[str]:
    messages = list(tree.every(content, "Message"))
    for message in messages:
        yield tree.told(list(tree.every(message, "MessageText"))) or tree.text(message)
    if not messages:
        yield tree.text(content)
