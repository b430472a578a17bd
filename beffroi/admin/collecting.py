"""`beffroi-admin source add|list|check|run|allow`: the sources of a profile without a window."""

import argparse
import asyncio
import contextlib
import signal
from pathlib import Path

import msgspec

from beffroi.admin.parser import Commands, count
from beffroi.admin.session import answer, opened, profile_options, say, shown
from beffroi.errors import BeffroiError
from beffroi.node import Node
from beffroi.node.collecting import collecting
from beffroi.observations import SourceState
from beffroi.sources import addresses, settings, words
from beffroi.sources.addresses import recognise
from beffroi.sources.definition import LOCAL, Source, checked, fields_of, source_of
from beffroi.sources.fetching import fetch_now
from beffroi.sources.guard import read_guarded
from beffroi.sources.housing import House, at_work
from beffroi.sources.orders import HealthChanged, Moved, Notice, Start, Told
from beffroi.text import _, ngettext


def declare(acts: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands that work on a profile."""
    _declare_add(acts)
    listed = acts.add_parser("list", help=_("montre les sources d’un profil et leur état"))
    profile_options(listed)
    listed.set_defaults(run=run_list)
    check = acts.add_parser("check", help=_("relit une source une fois, sans rien garder"))
    profile_options(check)
    check.add_argument("source", metavar=_("SOURCE"), help=_("identifiant ou titre de la source"))
    check.set_defaults(run=run_check)
    run = acts.add_parser("run", help=_("suit les sources d’un profil jusqu’à Ctrl+C"))
    profile_options(run)
    run.add_argument("--for", dest="seconds", type=count, default=None, metavar=_("SECONDES"),
                     help=_("s’arrête après ce temps"))  # fmt: skip
    run.set_defaults(run=run_run)
    allow = acts.add_parser(
        "allow", help=_("montre ou remplace les machines privées que les sources peuvent joindre")
    )
    profile_options(allow)
    allow.add_argument("entries", metavar=_("MACHINE"), nargs="*",
                       help=_("machine, .domaine ou réseau comme 10.0.0.0/8"))  # fmt: skip
    allow.add_argument("--none", action="store_true", help=_("n’en autorise plus aucune"))
    allow.set_defaults(run=run_allow)
    proxy = acts.add_parser(
        "proxy",
        help=_("montre ou change le mandataire (proxy) par lequel les sources web sont lues"),
    )
    profile_options(proxy)
    proxy.add_argument("url", metavar="URL", nargs="?", default="", help=_("http://machine:port"))
    proxy.add_argument("--none", action="store_true", help=_("n’en utilise plus"))
    proxy.set_defaults(run=run_proxy)


def _declare_add(acts: "Commands[argparse.ArgumentParser]") -> None:
    add = acts.add_parser("add", help=_("ajoute une source à un profil"))
    profile_options(add)
    add.add_argument("address", metavar=_("ADRESSE"), help=_("adresse, fichier ou dossier"))
    add.add_argument("--title", default="", help=_("titre de la source"))
    add.add_argument(
        "--transport", default="", help=_("transport, s’il n’est pas celui de l’adresse")
    )
    add.add_argument(
        "--format", default="", help=_("format imposé (voyez «\u202fsource formats\u202f»)")
    )
    add.add_argument("--refresh", type=count, default=None, metavar=_("SECONDES"),
                     help=_("période de lecture"))  # fmt: skip
    add.add_argument("--expect", type=count, default=0, metavar=_("SECONDES"),
                     help=_("silence au-delà duquel la source est en retard"))  # fmt: skip
    add.add_argument("--family", default="", choices=["", *words.FAMILIES],
                     help=_("famille de la source"))  # fmt: skip
    add.add_argument("--reliability", default="F", choices=list("ABCDEF"),
                     help=_("fiabilité, de A à F"))  # fmt: skip
    add.add_argument("--shared", action="store_true", help=_("la partage avec tout l’espace"))
    add.set_defaults(run=run_add)


def run_add(called: argparse.Namespace) -> int:
    """Make a source; the next `run`, or the desk, follows it."""
    origin = recognise(called.address)
    transport = called.transport or origin.transport
    address = origin.address or called.address
    source = Source(
        title=called.title or _title_of(called.address),
        transport=transport, address=str(Path(address).resolve()) if transport in LOCAL else address,
        format=called.format, options=dict(origin.options),
        refresh_s=called.refresh or origin.refresh_s,
        expect_s=called.expect, family=called.family, reliability=called.reliability,
    )  # fmt: skip
    with opened(called) as node:
        made = node.sheets.put("source", fields_of(checked(source)), node.who, shared=called.shared)
    answer(called, {"uid": made.uid}, _("Source {uid} ajoutée.").format(uid=made.uid))
    return 0


def run_list(called: argparse.Namespace) -> int:
    """All sources with how they are."""
    with opened(called) as node:
        states, counts, now = (
            node.observations.states(),
            node.observations.counts(),
            node.clock.now(),
        )
        rows = [
            _row(source, states.get(source.uid, SourceState()), counts.get(source.uid, 0))
            for source in _sources(node)
        ]
    lines = [
        f"{row['health_words']}  {row['title']}  {row['count']}  "
        f"{words.ago(int(str(row['last_ok'])), now)}  {row['sentence']}"
        for row in rows
    ]
    answer(called, rows, *lines)
    return 0


def run_check(called: argparse.Namespace) -> int:
    """Fetch and read a source once: 0 when it can be read, 1 when it cannot."""
    with opened(called) as node:
        source = _named(node, called.source)
        secret = settings.secret_of(node.settings, source)
        allow, proxy = settings.allow_list(node.settings), settings.proxy_of(node.settings)
        zone, now = node.info.zone, node.clock.now()
    try:
        fetched = fetch_now(
            source.address,
            source.transport,
            source.options,
            secret=secret,
            allow=allow,
            proxy=proxy,
        )
        found = read_guarded(
            fetched.data, name=fetched.name, media_type=fetched.media_type, format=source.format,
            options=source.options, zone=zone, received=now,
        )  # fmt: skip
    except BeffroiError as error:
        answer(called, {"ok": False, "sentence": str(error)}, str(error))
        return 1
    told = ngettext(
        "{format}\u00a0: {n} enregistrement lu, {skipped} laissé de côté",
        "{format}\u00a0: {n} enregistrements lus, {skipped} laissés de côté",
        found.read,
    ).format(format=found.format_title, n=found.read, skipped=found.skipped)
    answer(called, {"ok": True, "format": found.format, "read": found.read,
                    "skipped": found.skipped}, told)  # fmt: skip
    return 0


def run_run(called: argparse.Namespace) -> int:
    """Follow the sources; each change of health and each notice is a line."""
    with opened(called) as node:
        start = collecting(node)
        titles = {source.uid: source.title for source in _sources(node)}
        return asyncio.run(_followed(start, titles, called))


async def _followed(start: Start, titles: dict[str, str], called: argparse.Namespace) -> int:
    voice = _Voice(titles, as_json=called.json)

    async def drive(house: House) -> None:
        stop = asyncio.Event()
        with contextlib.suppress(NotImplementedError):
            for one in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(one, stop.set)
        working = asyncio.create_task(house.collector.run(house.means))
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait(
            (working, waiting), timeout=called.seconds, return_when=asyncio.FIRST_COMPLETED
        )
        for task in (working, waiting):
            task.cancel()
        await asyncio.gather(working, waiting, return_exceptions=True)

    await at_work(start, voice.tell, drive)
    return 0


class _Voice:
    """Says what changed, a line each."""

    def __init__(self, titles: dict[str, str], *, as_json: bool) -> None:
        self._titles, self._as_json = titles, as_json
        self._health = dict[str, str]()

    def tell(self, message: Told) -> None:
        if self._as_json:
            say(msgspec.json.encode(message).decode())
            return
        match message:
            case Notice(sentence=sentence):
                say(shown(sentence))
            case HealthChanged(source=uid, state=state) if self._health.get(uid) != state.health:
                self._health[uid] = state.health
                say(shown(f"{self._titles.get(uid, uid)} : {_(words.HEALTH[state.health])}"))
            case Moved(source=uid):
                say(
                    shown(
                        _("{title}\u00a0: données nouvelles").format(
                            title=self._titles.get(uid, uid)
                        )
                    )
                )
            case _:
                return


def run_allow(called: argparse.Namespace) -> int:
    """Say, or replace, the list of private machines that sources may reach."""
    with opened(called) as node:
        if called.entries or called.none:
            told = settings.put_allow_list(node.settings, called.entries)
            node.audit.record(node.who, "sources.allowed", " ".join(told))
        told = settings.allow_list(node.settings)
    answer(called, told, *(told or [_("Aucune machine privée n’est autorisée.")]))
    return 0


def run_proxy(called: argparse.Namespace) -> int:
    """Say, set or take away the proxy of web sources; a password in it is never shown."""
    with opened(called) as node:
        if called.url or called.none:
            settings.put_proxy(node.settings, "" if called.none else called.url)
            node.audit.record(node.who, "sources.allowed", "proxy")
        told = addresses.shown(settings.proxy_of(node.settings))
    answer(
        called,
        told,
        told or _("Aucun mandataire (proxy)\u00a0: les sources sont lues directement."),
    )
    return 0


def _sources(node: Node) -> list[Source]:
    found = list[Source]()
    for sheet in node.sheets.all("source"):
        with contextlib.suppress(BeffroiError):
            found.append(source_of(sheet.uid, sheet.fields))
    return found


def _named(node: Node, name: str) -> Source:
    for source in _sources(node):
        if name in (source.uid, source.title):
            return source
    raise BeffroiError(
        _(
            "La source «\u202f{name}\u202f» n’existe pas\u00a0: voyez «\u202fbeffroi-admin source list\u202f»."
        ).format(name=name[:80])
    )


def _title_of(address: str) -> str:
    """A title for an address: its last word, without the key that it may carry."""
    plain = addresses.shown(address)
    return plain.rpartition("/")[2] or plain


def _row(source: Source, state: SourceState, count_: int) -> dict[str, object]:
    health = state.health if state.last_try or state.by_hand else "new"
    return {
        "uid": source.uid, "title": source.title, "address": addresses.shown(source.address),
        "transport": source.transport, "health": health, "health_words": _(words.HEALTH[health]),
        "count": count_, "last_ok": state.last_ok, "next_at": state.next_at,
        "sentence": state.sentence,
    }  # fmt: skip
