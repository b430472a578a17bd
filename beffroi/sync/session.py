"""Gets in at the hub and stays in, with a secret or with a session that was opened before."""

from collections.abc import Callable

from beffroi.sync import wire
from beffroi.sync.routes import Hub
from beffroi.sync.status import LogIn, Start
from beffroi.sync.trouble import SessionOver
from beffroi.text import _

MARGIN_MS = 30_000


class Door:
    """What one person gets in with; it lives in memory alone."""

    def __init__(self, start: Start, now: Callable[[], int]) -> None:
        self.account = start.account
        self._secret = start.secret
        self._token = start.token
        self._expires = start.token_expires
        self._now = now

    @property
    def may_open(self) -> bool:
        """Whether a new session can be opened without asking the person."""
        return bool(self._secret)

    def use(self, ask: LogIn) -> None:
        """Get in with this from now on."""
        self._secret = ask.secret or self._secret
        if ask.token:
            self._token, self._expires = ask.token, ask.token_expires

    async def enter(self, hub: Hub) -> wire.SessionReply:
        """A session: the one that is open if it still is, a new one otherwise.

        Raises:
            HubUnreachable: the hub does not answer.
            SessionOver: it is over, and there is no secret to open another.
            HubRefused: the hub does not let the person in.
        """
        session = await self._resumed(hub)
        if session is None:
            if not self._secret:
                raise SessionOver(
                    _("Votre session au hub est finie\u00a0: identifiez-vous à nouveau."), "session"
                )
            hub.token = ""
            session = await hub.log_in(self.account, self._secret)
        self._token, self._expires = session.token, session.expires
        return session

    async def _resumed(self, hub: Hub) -> wire.SessionReply | None:
        if not self._token or self._expires <= self._now() + MARGIN_MS:
            return None
        hub.token = self._token
        try:
            return await hub.refresh()
        except SessionOver:
            self._token = ""
            return None

    def shut(self) -> None:
        """The session is over."""
        self._token = ""
