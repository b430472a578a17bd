"""The rows of the house itself: sessions, keys, audit, the page, what strangers may ask."""

import base64
import os

import httpx
import msgspec

from beffroi.sync import wire
from hub.entrance.session import SessionInfo
from tests.hub.real import PROXY
from tests.hub.rights.house import AUTHOR, NOWHERE
from tests.hub.rights.roles import AUDITORS, ENDS_SESSIONS, PAGE, SEES_SESSIONS, WORKSPACES
from tests.hub.rights.rows import Visit, row

SECRET = "un-secret-assez-long"


def _from(visit: Visit) -> dict[str, str]:
    """An address of their own: wrong tries from one address make it wait."""
    return {"x-forwarded-for": f"10.0.{abs(hash(visit.held.account)) % 250}.{os.getpid() % 250}"}


@row("POST", "/session")
def log_in(visit: Visit) -> None:
    """A wrong secret and an unknown account are told alike; a login gives one's own rights."""
    for account in (AUTHOR, "personne"):
        # Each from an address of its own.
        login = wire.Login(account=account, secret="faux")
        answer = visit.ask("POST", "/session", content=wire.encode(login), headers=_from(visit))
        assert answer.status_code in (401, 429), answer.text
        assert account not in answer.text


@row("GET", "/session")
def prolong(visit: Visit) -> None:
    """Their own session: their rights, the workspaces that exist for them and no other."""
    told = wire.decoder(wire.SessionReply).decode(visit.get("/session").content)
    assert told.account == visit.held.account
    assert {one.workspace for one in told.workspaces} == visit.held.workspaces
    assert {right.role for right in told.rights} == {visit.held.role}
    assert {right.workspace for right in told.rights} - {"*"} == visit.held.workspaces
    assert {right.marking for right in told.rights} == {visit.held.marking}


@row("DELETE", "/session")
def leave(visit: Visit) -> None:
    """Ends the session that asks, and no other."""
    token = second_session(visit, visit.held.account)
    headers = {"authorization": f"Bearer {token}"}
    assert visit.ask("DELETE", "/session", headers=headers).status_code == 204
    assert visit.ask("GET", "/session", headers=headers).status_code == 401
    assert visit.get("/session").status_code == 200


def second_session(visit: Visit, account: str) -> str:
    """Another session of `account` at their station: its token."""
    people = visit.house.world.hub.people
    device = visit.house.world.people[account].device
    token, _opened = visit.house.world.run(people.sessions.open(account, device))
    return token


@row("POST", "/session/secret")
def change_secret(visit: Visit) -> None:
    """Only with the old one."""
    answer = visit.post("/session/secret", {"old": "faux", "new": "un-autre-secret-long"})
    assert answer.status_code == 403
    assert visit.get("/session").status_code == 200


@row("GET", "/sessions")
def sessions(visit: Visit) -> None:
    """One's own; everyone's for who keeps the house."""
    told = msgspec.json.decode(visit.get("/sessions").content, type=list[SessionInfo])
    accounts = {one.account for one in told}
    if visit.held.role in SEES_SESSIONS:
        assert AUTHOR in accounts
    else:
        assert accounts == {visit.held.account}


@row("DELETE", "/sessions/{session_id}")
def end_session(visit: Visit) -> None:
    """One's own, anyone's for who keeps the house; another's does not exist for anybody else."""
    people = visit.house.world.hub.people
    device = visit.house.world.people[AUTHOR].device
    _token, opened = visit.house.world.run(people.sessions.open(AUTHOR, device))
    answer = visit.ask("DELETE", f"/sessions/{opened.id}")
    if visit.held.role in ENDS_SESSIONS:
        assert answer.status_code == 204
    else:
        visit.same_as_absent(answer, visit.ask("DELETE", f"/sessions/{'0' * len(opened.id)}"))
        still = visit.house.world.run(people.sessions.get(opened.id))
        assert still is not None
        assert not still.ended_at


@row("POST", "/workspaces/{workspace}/keys")
def add_key(visit: Visit) -> None:
    """For the workspaces that exist for them, and their own station."""

    def ask(workspace: str) -> httpx.Response:
        public = base64.b64encode(os.urandom(32)).decode()
        key = wire.SigningKey(workspace=workspace, public=public)
        return visit.post(f"/workspaces/{workspace}/keys", key)

    absent = ask(NOWHERE)
    for workspace in WORKSPACES:
        answer = ask(workspace)
        if workspace in visit.held.workspaces:
            assert answer.status_code == 204
        else:
            visit.same_as_absent(answer, absent)


def _audit(visit: Visit, method: str, path: str, **params: str) -> None:
    answer = visit.ask(method, path, params=params)
    if visit.held.role in AUDITORS:
        assert answer.status_code == 200, answer.text
        return
    visit.same_as_absent(answer, visit.ask(method, "/rien"))


@row("GET", "/audit")
def audit(visit: Visit) -> None:
    """The security officer's alone."""
    _audit(visit, "GET", "/audit", actor=AUTHOR)


@row("POST", "/audit/verify")
def verify(visit: Visit) -> None:
    """The security officer's alone."""
    _audit(visit, "POST", "/audit/verify")


@row("GET", "/audit/export")
def export(visit: Visit) -> None:
    """The security officer's alone; a wrong form tells others nothing either."""
    _audit(visit, "GET", "/audit/export", format="cef", actor="personne")
    if visit.held.role not in AUDITORS:
        _audit(visit, "GET", "/audit/export", format="exe")


@row("GET", "/hello")
def hello(visit: Visit) -> None:
    """Public: who the hub is."""
    assert set(visit.get("/hello").json()) == {"authority", "version", "oidc"}


@row("POST", "/enrol")
def enrol(visit: Visit) -> None:
    """No role enrols a station: only a code that was given out does."""
    told = wire.Enrol(code="AAAA-BBBB", station="Pirate", request="rien")
    answer = visit.ask("POST", "/enrol", content=wire.encode(told), headers=_from(visit))
    assert answer.status_code in (403, 429), answer.text


@row("POST", "/session/oidc/start")
def oidc_start(visit: Visit) -> None:
    """Asks an identity provider, which is away here: nothing is told of it."""
    answer = visit.ask("POST", "/session/oidc/start")
    assert 400 <= answer.status_code < 500 or answer.status_code == 503, answer.text
    assert "127.0.0.1:9" not in answer.text


@row("POST", "/session/oidc/poll")
def oidc_poll(visit: Visit) -> None:
    """Nobody waits under a made-up name."""
    assert 400 <= visit.post("/session/oidc/poll", {"poll": "inconnu"}).status_code < 500


@row("GET", "/session/oidc/callback")
def oidc_callback(visit: Visit) -> None:
    """A made-up sign-in is over."""
    assert visit.get("/session/oidc/callback", state="x", code="y").status_code == 410


@row("POST", "/session/oidc/confirm")
def oidc_confirm(visit: Visit) -> None:
    """So is its confirmation."""
    answer = visit.ask("POST", "/session/oidc/confirm", content=b"proof=x")
    assert 400 <= answer.status_code < 500


def _description(visit: Visit, method: str) -> None:
    assert visit.ask(method, "/openapi.json").status_code == 200


@row("GET", "/openapi.json")
def description(visit: Visit) -> None:
    """Public: the same for all."""
    _description(visit, "GET")


@row("HEAD", "/openapi.json")
def description_head(visit: Visit) -> None:
    """The same."""
    _description(visit, "HEAD")


@row("GET", "root:/")
def page(visit: Visit) -> None:
    """A session of a station opens nothing here."""
    told = visit.get("root:/").text
    assert 'name="secret"' in told
    assert "jop-2024" not in told


@row("POST", "root:/connexion")
def page_entrance(visit: Visit) -> None:
    """Technical administrators alone; the others are told the same as with a wrong secret."""
    here = {"sec-fetch-site": "same-origin", **_from(visit),
            "content-type": "application/x-www-form-urlencoded"}  # fmt: skip

    def enter(account: str, secret: str) -> httpx.Response:
        body = f"account={account}&secret={secret}".encode()
        return visit.ask("POST", "root:/connexion", content=body, headers=here)

    answer = enter(visit.held.account, SECRET)
    if visit.held.role not in PAGE:
        assert answer.status_code == 403
        assert answer.text == enter(visit.held.account, "faux").text
        return
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].partition(";")[0]
    shown = visit.house.http.get("/", headers={"cookie": cookie, "beffroi-proxy": PROXY}).text
    assert "incendie" not in shown
    assert "secret medical" not in shown
    visit.house.http.cookies.clear()


@row("POST", "root:/deconnexion")
def page_exit(visit: Visit) -> None:
    """Nobody is let out who is not in."""
    answer = visit.ask("POST", "root:/deconnexion", headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


@row("GET", "root:/page.css")
def style(visit: Visit) -> None:
    """Public."""
    assert visit.get("root:/page.css").status_code == 200


@row("GET", "root:/healthz")
def lives(visit: Visit) -> None:
    """Public."""
    assert visit.get("root:/healthz").text == "ok\n"


@row("GET", "root:/readyz")
def ready(visit: Visit) -> None:
    """Public."""
    assert visit.get("root:/readyz").text == "ok\n"


@row("HEAD", "root:/healthz")
def healthz_head(visit: Visit) -> None:
    """Public."""
    assert visit.ask("HEAD", "root:/healthz").status_code == 200


@row("HEAD", "root:/readyz")
def readyz_head(visit: Visit) -> None:
    """Public."""
    assert visit.ask("HEAD", "root:/readyz").status_code == 200
