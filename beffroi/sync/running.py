"""Sets one synchronisation up over a profile, and takes it down whatever happens."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from beffroi.profile import erase_profile, hub_link
from beffroi.sync.cache import Cache
from beffroi.sync.engine import Engine
from beffroi.sync.lane import Lane
from beffroi.sync.reporting import Reporter, Tell
from beffroi.sync.routes import Hub
from beffroi.sync.skew import Skew
from beffroi.sync.status import Erased, Start
from beffroi.sync.trouble import Revoked
from beffroi.sync.upstream import station_of


async def at_work(start: Start, tell: Tell, drive: Callable[[Engine], Awaitable[None]]) -> None:
    """Let `drive` run an engine over the profile of `start`; what happens is given to `tell`.

    When this device is out, the profile is erased (`Erased` is told): what it had not sent is
    sealed for the hub first.

    Raises:
        BeffroiError: the profile cannot be opened, or what `drive` raises.
    """
    lane = Lane()
    folder, key = Path(start.profile), bytes.fromhex(start.key)
    try:
        cache = await lane.run(Cache, folder, key)
        try:
            await drive(await _engine(start, tell, cache, lane))
        except Revoked:
            erased = await lane.run(erase_profile, folder, cache.store, key, "revoked", cache.clock)
            tell(Erased(sentence=str(erased), salvage=str(erased.salvage or "")))
        finally:
            await lane.run(cache.close)
    finally:
        lane.close()


async def _engine(start: Start, tell: Tell, cache: Cache, lane: Lane) -> Engine:
    link = await lane.run(hub_link, cache.settings)
    skew = Skew(cache.clock.source, link.offset_ms if link else 0)
    cache.clock.offset_ms = skew.offset_ms
    station = station_of(cache.folder)
    context = station.context()
    return Engine(cache, lane, Reporter(tell, skew), Hub(station.url, context, skew), start)
