"""What the page shows: health, stations, quarantine, sessions, buckets, seals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beffroi.text import N_, _, number
from hub.health.clocks import is_skewed
from hub.health.contacts import Contact
from hub.health.facts import BucketSize, Refusal, Vitals
from hub.health.sources import SourceFacts
from hub.page import source_views, wording
from hub.page.html import Html, alone, joined, page, table, tag
from hub.people import Device
from hub.people.sessions import Opened
from hub.version import VERSION

REFRESH_S = 30
_LATE_SEAL_MS = 26 * 3_600_000
_OLD_BACKUP_MS = 26 * 3_600_000
_LAGGING = 1_000
_CHAINS = {"audit": N_("Traces"), "journal": N_("Journal")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that the page shows."""

    vitals: Vitals
    stations: Sequence[Device]
    contacts: Mapping[str, Contact]
    quarantine: Sequence[Refusal]
    sessions: Sequence[Opened]
    buckets: Sequence[BucketSize]
    sources: SourceFacts
    streams: int
    waiting: int


def login(sentence: str = "") -> str:
    """The form by which an administrator comes in."""
    fields = joined((
        tag("label", _("Compte"), for_="account"),
        alone("input", id="account", name="account", autocomplete="username", required="",
              autofocus="", maxlength="200"),
        tag("label", _("Mot de passe"), for_="secret"),
        alone("input", id="secret", name="secret", type="password", required="",
              autocomplete="current-password", maxlength="1000"),
        tag("button", _("Entrer"), class_="primary"),
    ))  # fmt: skip
    said = tag("p", sentence, class_="danger", role="alert") if sentence else Html("")
    form = tag("form", fields, method="post", action="/connexion")
    inside = tag("section", tag("h1", _("Hub Beffroi")), said, form)
    return page(_("Hub Beffroi"), tag("main", inside, class_="login"))


def whole(seen: Seen, display: str) -> str:
    """The page."""
    now = seen.vitals.now
    leave = tag("form", tag("button", _("Quitter")), method="post", action="/deconnexion")
    head = tag(
        "header",
        tag("h1", _("Hub Beffroi")),
        tag("p", _("version {version}").format(version=VERSION)),
        tag("p", wording.moment(now)),
        tag("p", display),
        leave,
    )
    names = {device.id: f"{device.code} {device.station}".strip() for device in seen.stations}
    main = tag(
        "main",
        _health(seen),
        _stations(seen),
        source_views.section(seen.sources, now),
        _quarantine(seen, names),
        _sessions(seen, names),
        _buckets(seen),
    )
    return page(_("Hub Beffroi"), head, main, refresh=REFRESH_S)


def _health(seen: Seen) -> Html:
    vitals = seen.vitals
    late = max(0, vitals.head - vitals.shown)
    facts: list[tuple[str, object]] = [
        (_("Base"), _base(vitals)),
        (_("Journal"), _("{n} positions").format(n=number(vitals.head))),
        (_("Dernière opération"), wording.ago(vitals.head_at, vitals.now)),
        (_("Retard des listes"), _mark(
            _("{n} positions").format(n=number(late)), "warning" if late > _LAGGING else "ok")),
        (_("En attente d’écriture"), number(seen.waiting)),
        (_("Postes en direct"), number(seen.streams)),
        (_("Horloges en écart"), _mark(
            number(vitals.skewed), "warning" if vitals.skewed else "ok")),
        (_("Quarantaine"), _mark(
            number(vitals.quarantined), "warning" if vitals.quarantined else "ok")),
        (_("Traces"), _("{n} lignes").format(n=number(vitals.trail))),
        (_("Dernière sauvegarde"), _aged(vitals.backup_at, vitals.now, _OLD_BACKUP_MS)),
        *((_("Scellé\u00a0: {name}").format(name=_(_CHAINS.get(chain, chain))),
           _sealed(vitals, chain)) for chain in _CHAINS),
    ]  # fmt: skip
    told = joined(tag("div", tag("dt", name), tag("dd", value)) for name, value in facts)
    return tag("section", tag("h2", _("Santé")), tag("dl", told))


def _base(vitals: Vitals) -> Html:
    if vitals.short_of_room:
        return _mark(_("disque presque plein\u00a0: libérez de la place"), "danger")
    name = "PostgreSQL" if vitals.engine == "postgresql" else "SpatiaLite"
    return _mark(_("{name} répond").format(name=name), "ok")


def _sealed(vitals: Vitals, chain: str) -> Html:
    if chain not in vitals.seals:
        return _mark(_("aucun encore"), "warning")
    number, day, at = vitals.seals[chain]
    late = vitals.now - at > _LATE_SEAL_MS
    said = _("n° {number} du {day}, {ago}").format(
        number=number, day=f"{day[8:]}/{day[5:7]}/{day[:4]}", ago=wording.ago(at, vitals.now)
    )
    return _mark(said, "danger" if late else "ok")


def _aged(at: int, now: int, most: int) -> Html:
    if not at:
        return _mark(_("aucune encore"), "warning")
    said = f"{wording.moment(at)}, {wording.ago(at, now)}"
    return _mark(said, "warning" if now - at > most else "ok")


def _mark(said: str, state: str) -> Html:
    """Words with a sign before them, whatever the colours."""
    return tag("span", said, class_=state)


def _stations(seen: Seen) -> Html:
    now = seen.vitals.now
    rows = [_station(device, seen.contacts.get(device.id), now) for device in seen.stations]
    heads = (
        _("Code"), _("Poste"), _("Version"), _("État"), _("Dernier contact"), _("Écart d’horloge"),
    )  # fmt: skip
    return table(
        _("Postes"), heads, rows, _("Aucun poste n’est enrôlé\u00a0: donnez une invitation.")
    )


def _station(device: Device, contact: Contact | None, now: int) -> tuple[object, ...]:
    last = max(device.seen_at, contact.at if contact else 0)
    skew = contact.skew_ms if contact is not None else None
    if skew is None:
        skew = device.skew_ms or None
    return (
        device.code,
        device.station,
        device.version or "–",
        _state(device, contact),
        wording.ago(last, now),
        "–" if skew is None else _skew(skew),
    )


def _skew(ms: int) -> Html:
    return _mark(wording.seconds(ms), "warning" if is_skewed(ms) else "ok")


def _state(device: Device, contact: Contact | None) -> Html:
    if device.revoked_at:
        return _mark(_("révoqué"), "danger")
    if contact is not None and contact.live > 0:
        return _mark(_("en direct"), "ok")
    return tag("span", _("hors ligne"))


def _quarantine(seen: Seen, names: Mapping[str, str]) -> Html:
    rows = [
        (
            wording.moment(one.at),
            names.get(one.device, one.device or "–"),
            one.workspace,
            one.kind,
            wording.refusal(one.why),
        )
        for one in seen.quarantine
    ]
    heads = (_("Quand"), _("Poste"), _("Espace"), _("Acte"), _("Motif"))
    return table(_("Quarantaine"), heads, rows, _("Aucune opération n’est en quarantaine."))


def _sessions(seen: Seen, names: Mapping[str, str]) -> Html:
    now = seen.vitals.now
    rows = [
        (
            one.account,
            names.get(one.device, _("cette page") if not one.device else one.device),
            one.version or "–",
            wording.ago(one.made_at, now),
            wording.moment(one.expires),
        )
        for one in seen.sessions
    ]
    heads = (_("Compte"), _("Poste"), _("Version"), _("Ouverte"), _("Finit"))
    return table(_("Sessions"), heads, rows, _("Aucune session n’est ouverte."))


def _buckets(seen: Seen) -> Html:
    rows = [(one.bucket, number(one.operations), wording.size(one.bytes)) for one in seen.buckets]
    heads = (_("Compartiment"), _("Opérations"), _("Taille"))
    return table(_("Compartiments"), heads, rows, _("Rien n’est encore écrit."))
