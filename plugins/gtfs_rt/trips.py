"""GTFS-RT vehicles and trips: where they are, how late they run."""

from typing import Any

from google.transit import gtfs_realtime_pb2 as pb

from beffroi.plugin import Book, Geometry, Refused, geometry
from beffroi.plugin.words import _
from plugins.gtfs_rt.strings import words

_CANCELLED = frozenset(("CANCELED", "DELETED"))


def vehicle_fields(vehicle: Any) -> dict[str, object]:
    """What a vehicle tells of itself."""
    fields: dict[str, object] = {
        "kind": _("véhicule"),
        "vehicle": words(vehicle.vehicle.id),
        "label": words(vehicle.vehicle.label),
        "licence_plate": words(vehicle.vehicle.license_plate),
        "stop": words(vehicle.stop_id),
        "status": pb.VehiclePosition.VehicleStopStatus.Name(vehicle.current_status),
        **_trip(vehicle.trip),
    }
    if vehicle.HasField("position"):
        for name, key in (("bearing", "course"), ("speed", "speed_m_s"), ("odometer", "odometer")):
            if vehicle.position.HasField(name):
                fields[key] = round(getattr(vehicle.position, name), 2)
    if vehicle.HasField("occupancy_status"):
        fields["occupancy"] = pb.VehiclePosition.OccupancyStatus.Name(vehicle.occupancy_status)
    if vehicle.HasField("congestion_level"):
        fields["congestion"] = pb.VehiclePosition.CongestionLevel.Name(vehicle.congestion_level)
    return {name: value for name, value in fields.items() if value != ""}


def vehicle_place(vehicle: Any, book: Book, where: str) -> Geometry | None:
    """Where it is; nothing for one that does not know (0, 0 included)."""
    if not vehicle.HasField("position"):
        return None
    lon, lat = vehicle.position.longitude, vehicle.position.latitude
    if lon == 0 and lat == 0:
        return None
    try:
        return geometry.point(round(float(lon), 6), round(float(lat), 6))
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None


def trip_fields(update: Any) -> dict[str, object]:
    """How late a trip is at its next stop, whether it runs at all."""
    stops = list(update.stop_time_update)
    delay = (
        update.delay
        if update.HasField("delay")
        else next((d for stop in stops if (d := _delay(stop)) is not None), None)
    )
    relation = pb.TripDescriptor.ScheduleRelationship.Name(update.trip.schedule_relationship)
    skipped = [words(s.stop_id) or str(s.stop_sequence) for s in stops if _skipped(s)]
    fields: dict[str, object] = {
        "kind": _("course"),
        "delay_s": delay,
        "cancelled": relation in _CANCELLED or None,
        "calls": len(stops),
        "calls_cancelled": ", ".join(skipped[:80]),
        "next_stop": next((words(s.stop_id) for s in stops if s.stop_id), ""),
        "vehicle": words(update.vehicle.id),
        **_trip(update.trip),
    }
    return {name: value for name, value in fields.items() if value not in ("", None)}


def _delay(stop: Any) -> int | None:
    for name in ("departure", "arrival"):
        if stop.HasField(name) and getattr(stop, name).HasField("delay"):
            return int(getattr(stop, name).delay)
    return None


def _skipped(stop: Any) -> bool:
    relation = pb.TripUpdate.StopTimeUpdate.ScheduleRelationship.Name(stop.schedule_relationship)
    return bool(relation == "SKIPPED")


def _trip(trip: Any) -> dict[str, object]:
    relation = pb.TripDescriptor.ScheduleRelationship.Name(trip.schedule_relationship)
    return {
        "route": words(trip.route_id),
        "trip": words(trip.trip_id),
        "start_date": words(trip.start_date),
        "start_time": words(trip.start_time),
        "relation": "" if relation == "SCHEDULED" else relation,
    }


def title_of(fields: dict[str, object]) -> str:
    """« Ligne 12 – +5 min », « Ligne 12 – supprimé »."""
    name = str(
        fields.get("route")
        or fields.get("label")
        or fields.get("vehicle")
        or fields.get("trip")
        or ""
    )
    line = _("Ligne {name}").format(name=name) if fields.get("route") else name
    delay = fields.get("delay_s")
    state = _("supprimé") if fields.get("cancelled") else ""
    if not state and isinstance(delay, int) and abs(delay) >= 60:
        state = f"{'+' if delay > 0 else '−'}{abs(delay) // 60}\u00a0min"
    return " – ".join(word for word in (line, state) if word)
