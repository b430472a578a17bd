"""Recognises and reads GTFS-RT feeds: one record per entity."""

import re
from collections.abc import Iterator
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2 as pb

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Unreadable,
    flat,
    geometry,
    times,
)  # fmt: skip
from beffroi.plugin.words import _
from plugins.gtfs_rt import shapes
from plugins.gtfs_rt.alerts import alert_fields, span
from plugins.gtfs_rt.strings import words
from plugins.gtfs_rt.trips import title_of, trip_fields, vehicle_fields, vehicle_place

_BEGINS = re.compile(rb"\x0a[\x05-\x3f]\x0a\x03\d\.\d")
_IN_JSON = re.compile(rb'"gtfs_?realtime_?version"', re.IGNORECASE)


def recognise(sample: Sample) -> float:
    """Sure of the header of a feed, which always begins with its version."""
    if sample.kind == "json":
        return 0.95 if _IN_JSON.search(sample.content[:4096]) else 0.0
    return 0.97 if _BEGINS.match(sample.content[:16]) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Alerts, vehicles, trips; entities that a partial feed deletes are told apart.

    Raises:
        Unreadable: it is no feed, or cut short.
    """
    feed = _feed(sample)
    book = Book()
    said = times.seconds(feed.header.timestamp)
    gone = [words(entity.id) for entity in feed.entity if entity.is_deleted]
    return Reading(
        format="gtfs-rt",
        records=_records(feed, book, said),
        problems=book,
        title=_("Temps réel"),
        ended=gone,
        snapshot=feed.header.incrementality == pb.FeedHeader.FULL_DATASET,
        hints={"family": "operator", "refresh": "60"},
    )


def _feed(sample: Sample) -> Any:
    feed = pb.FeedMessage()
    try:
        if sample.kind == "json":
            json_format.ParseDict(
                sample.json, feed, ignore_unknown_fields=True, max_recursion_depth=40
            )
        else:
            feed.ParseFromString(sample.content)
    except (
        DecodeError,
        json_format.ParseError,
        RecursionError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise Unreadable(
            _("Ce flux GTFS-RT est incomplet ou abîmé : attendez sa prochaine mise à jour.")
        ) from error
    return feed


def _records(feed: Any, book: Book, said: int | None) -> Iterator[Record]:
    seen: set[str] = set()
    for n, entity in enumerate(feed.entity, 1):
        if entity.is_deleted:
            continue
        uid = _lasting(entity)
        if not uid or uid in seen:
            uid = words(entity.id) or str(n)
        seen.add(uid)
        yield _record(entity, uid, book, said)


def _lasting(entity: Any) -> str:
    """What names the vehicle or the trip from one feed to the next; entities are numbered anew."""
    if entity.HasField("vehicle") and entity.vehicle.vehicle.id:
        return words(entity.vehicle.vehicle.id)
    if entity.HasField("trip_update") and entity.trip_update.trip.trip_id:
        trip = entity.trip_update.trip
        parts = (words(trip.start_date), words(trip.trip_id))
        return "/".join(part for part in parts if part)
    return ""


def _record(entity: Any, uid: str, book: Book, said: int | None) -> Record:
    """One entity; a vehicle and its trip in the same entity are one record."""
    fields: dict[str, object] = {}
    shape: Geometry | None = None
    moment, until = said, None
    if entity.HasField("trip_update"):
        fields |= trip_fields(entity.trip_update)
        moment = times.seconds(entity.trip_update.timestamp) or moment
    if entity.HasField("vehicle"):
        fields |= vehicle_fields(entity.vehicle)
        shape = vehicle_place(entity.vehicle, book, uid)
        moment = times.seconds(entity.vehicle.timestamp) or moment
    title = title_of(fields) if fields else ""
    if entity.HasField("alert"):
        fields |= alert_fields(entity.alert)
        begins, until = span(entity.alert)
        moment = begins if begins is not None else moment
        title = str(fields.get("header", "")) or str(fields.get("description", ""))[:120]
    if shape is None:
        shape = _other_place(entity, fields, book, uid)
    return Record(
        id=uid,
        geometry=shape,
        properties=flat(fields),
        title=title or uid,
        time=moment,
        until=until,
    )


def _other_place(entity: Any, fields: dict[str, object], book: Book, uid: str) -> Geometry | None:
    """Shapes and stops that a feed adds for the day."""
    try:
        if entity.HasField("shape") and entity.shape.encoded_polyline:
            fields |= {"kind": _("tracé"), "shape": words(entity.shape.shape_id)}
            return shapes.line(words(entity.shape.encoded_polyline))
        if entity.HasField("stop") and entity.stop.HasField("stop_lat"):
            fields |= {"kind": _("arrêt"), "stop": words(entity.stop.stop_id)}
            return geometry.point(entity.stop.stop_lon, entity.stop.stop_lat)
    except Refused as refusal:
        book.note(uid, refusal.why, lost=False)
    return None
