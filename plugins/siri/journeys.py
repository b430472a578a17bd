"""SIRI-ET journeys, SIRI-SM visits of stops, SIRI-VM vehicles."""

from beffroi.plugin import Book, Record, flat, times, tree
from beffroi.plugin.words import _
from plugins.siri.common import (
    calls,
    delay_of,
    journey_ref,
    lateness,
    line_of,
    moment_of,
    places,
    said_delay,
    told,
)  # fmt: skip

_JOURNEY = (
    "LineRef", "DirectionRef", "OperatorRef", "VehicleMode", "DestinationRef", "OriginRef",
    "VehicleRef", "DataSource", "Monitored", "Occupancy", "ProductCategoryRef", "JourneyPatternRef",
)  # fmt: skip


def journey_record(journey: object, n: int, book: Book, zone: str) -> Record:
    """A journey as it is expected: cancelled, or how late it is at its next call."""
    stops = list(calls(journey))
    ahead = [call for past, call in stops if not past]
    delays = [d for _past, call in stops if (d := delay_of(call)) is not None]
    delay = next((d for call in ahead if (d := delay_of(call)) is not None), None)
    delay = delay if delay is not None else (delays[-1] if delays else said_delay(journey))
    cancelled = tree.text(journey, "Cancellation").lower() == "true"
    off = [told(c, "StopPointName") or tree.text(c, "StopPointRef") for c in ahead if _skipped(c)]
    fields = _journey_fields(journey) | {
        "delay_s": delay,
        "delay_max_s": max(delays, key=abs, default=None),
        "cancelled": cancelled or None,
        "extra": tree.text(journey, "ExtraJourney").lower() == "true" or None,
        "calls": len(stops) or None,
        "calls_past": len(stops) - len(ahead) or None,
        "calls_cancelled": ", ".join(off),
        "next_stop": told(ahead, "StopPointName") or tree.text(ahead, "StopPointRef"),
        "next_stop_ref": tree.text(ahead, "StopPointRef"),
    }
    uid = journey_ref(journey) or f"{tree.text(journey, 'LineRef')}#{n}"
    recorded = times.instant(tree.text(journey, "RecordedAtTime"), zone)
    return Record(
        id=uid,
        geometry=places(tree.every(journey, "VehicleLocation"), book, uid),
        properties=flat(fields),
        title=_title(journey, delay, cancelled=cancelled),
        time=recorded if recorded is not None else (moment_of(ahead[0]) if ahead else None),
        until=moment_of(stops[-1][1]) if stops else None,
    )


def _skipped(call: object) -> bool:
    return tree.text(call, "Cancellation").lower() == "true" or "cancelled" in (
        tree.text(call, "ArrivalStatus"), tree.text(call, "DepartureStatus"),
    )  # fmt: skip


def _title(journey: object, delay: int | None, *, cancelled: bool) -> str:
    goes = (
        told(journey, "DestinationName")
        or told(journey, "DirectionName")
        or tree.text(journey, "DirectionRef")
    )
    name = " → ".join(word for word in (line_of(journey), goes) if word) or journey_ref(journey)
    state = _("supprimé") if cancelled else lateness(delay)
    return " – ".join(word for word in (name, state) if word)


def visit_record(visit: object, n: int, book: Book, zone: str) -> Record:
    """A vehicle expected at a stop."""
    journey = tree.at(visit, "MonitoredVehicleJourney")
    call = tree.at(journey, "MonitoredCall")
    delay = delay_of(call)
    delay = delay if delay is not None else said_delay(journey)
    stop = tree.text(visit, "MonitoringRef") or tree.text(call, "StopPointRef")
    cancelled = _skipped(call) or tree.text(journey, "Cancellation").lower() == "true"
    fields = _journey_fields(journey) | {
        "stop": stop,
        "stop_name": told(call, "StopPointName"),
        "platform": told(call, "DeparturePlatformName") or told(call, "ArrivalPlatformName"),
        "at_stop": tree.text(call, "VehicleAtStop"),
        "status": tree.text(call, "DepartureStatus") or tree.text(call, "ArrivalStatus"),
        "delay_s": delay,
        "cancelled": cancelled or None,
        "note": told(visit, "StopVisitNote"),
    }
    for name in ("AimedArrivalTime", "ExpectedArrivalTime", "AimedDepartureTime",
                 "ExpectedDepartureTime", "ActualArrivalTime"):  # fmt: skip
        fields[name] = tree.text(call, name)
    uid = tree.text(visit, "ItemIdentifier") or f"{stop}/{journey_ref(journey) or n}"
    where = list(tree.every(call, "VehicleLocationAtStop")) or list(
        tree.every(journey, "VehicleLocation")
    )
    return Record(
        id=uid,
        geometry=places(where, book, uid),
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=_title(journey, delay, cancelled=cancelled),
        time=times.instant(tree.text(visit, "RecordedAtTime"), zone),
        until=moment_of(call),
    )


def vehicle_record(activity: object, n: int, book: Book, zone: str) -> Record:
    """Where a vehicle is, on which line, how late."""
    journey = tree.at(activity, "MonitoredVehicleJourney")
    vehicle = tree.text(journey, "VehicleRef") or tree.text(activity, "VehicleMonitoringRef")
    uid = vehicle or tree.text(activity, "ItemIdentifier") or str(n)
    delay = said_delay(journey)
    if delay is None:
        delay = delay_of(tree.at(journey, "MonitoredCall"))
    fields = _journey_fields(journey) | {
        "course": tree.number(journey, "Bearing"),
        "speed": tree.number(journey, "Velocity"),
        "delay_s": delay,
        "congestion": tree.text(journey, "InCongestion"),
        "panic": tree.text(journey, "InPanic"),
        "progress": tree.text(journey, "ProgressRate") or tree.text(journey, "ProgressStatus"),
        "note": told(activity, "VehicleActivityNote"),
        "item": tree.text(activity, "ItemIdentifier"),
    }
    return Record(
        id=uid,
        geometry=places(tree.every(journey, "VehicleLocation"), book, uid),
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=_title(journey, delay, cancelled=False) or uid,
        time=times.instant(tree.text(activity, "RecordedAtTime"), zone),
        until=times.instant(tree.text(activity, "ValidUntilTime"), zone),
    )


def _journey_fields(journey: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "line": line_of(journey),
        "journey": journey_ref(journey),
        "destination": told(journey, "DestinationName"),
        "origin": told(journey, "OriginName"),
        "name": told(journey, "VehicleJourneyName"),
        "journey_note": told(journey, "JourneyNote"),
    }
    fields |= {name: tree.text(journey, name) for name in _JOURNEY}
    return {name: value for name, value in fields.items() if value}
