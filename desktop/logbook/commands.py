"""What can be done in the main courante, said once: menus, palette, keys and help read it here."""

from collections.abc import Callable
from functools import partial

from beffroi.logbook.entry import Entry, Lifecycle
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.commands import Command
from desktop.logbook.act_forms import FollowUpForm, LinkForm, VoidForm
from desktop.logbook.dossier_form import DossierForm
from desktop.logbook.entry_acts import may_do
from desktop.logbook.entry_load import Seen
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.forms import Form
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.number_jump import NumberJump
from desktop.logbook.views import ViewShelf

MENU = N_("Main courante")
SCOPE = "logbook"
AZERTY_DIGITS = "&É\"'(-È_Ç"
"""What the digit keys 1–9 give on a French keyboard without Shift."""
ON_NO_AZERTY = frozenset({6})
"""Alt+- is left to whoever zooms."""


class LogbookCommands:
    """The acts behind the commands, and when each makes sense."""

    def __init__(
        self, desk: Desk, panel: ListPanel, entry: EntryPanel, jump: NumberJump, shelf: ViewShelf
    ) -> None:
        self._desk = desk
        self._panel = panel
        self._entry = entry
        self._jump = jump
        self._shelf = shelf

    def register(self) -> None:
        """Put them in the registry."""
        self._desk.commands.register(*self._finding(), *self._acting(), *self._showing())

    def _finding(self) -> list[Command]:
        return [
            self._command("search", N_("Chercher"), self._search, "Ctrl+F", "search"),
            Command(
                id="logbook.search_here",
                title=N_("Chercher (dans la liste)"),
                run=self._search,
                shortcut="/",
                category=MENU,
                scope=SCOPE,
            ),
            self._command("number", N_("Aller à un numéro"), self._to_number, "Ctrl+G", "hash"),
            self._command(
                "newest", N_("Aller à la plus récente"), self._newest, "Ctrl+Home", scope=SCOPE
            ),
            self._command("all", N_("Tout afficher"), self._show_all, icon="filter-off"),
            self._command(
                "unread", N_("Afficher les non lues"), partial(self._ask, "lu:non"), icon="mail"
            ),
            self._command(
                "late",
                N_("Afficher les suites en retard"),
                partial(self._ask, "suite:retard"),
                icon="bell-ringing",
            ),
            self._command(
                "key_events",
                N_("Afficher les faits marquants"),
                partial(self._ask, "fait:marquant"),
                icon="star",
            ),
            *(
                Command(
                    id=f"logbook.view{n}",
                    title=_("Vue enregistrée {n}").format(n=n),
                    run=partial(self._shelf.open_at, n - 1),
                    shortcut=f"Alt+{n}",
                    also=(f"Alt+{AZERTY_DIGITS[n - 1]}",) if n not in ON_NO_AZERTY else (),
                    category=MENU,
                    enabled=partial(self._shelf.has, n - 1),
                )
                for n in range(1, 10)
            ),
        ]

    def _acting(self) -> list[Command]:
        one, some = self._one, self._some
        act = partial(self._command, scope=SCOPE)
        return [
            act(
                "qualify",
                N_("Qualifier"),
                self._qualify,
                "Q",
                "clipboard-check",
                enabled=partial(self._allowed, "logbook.qualify"),
            ),
            act("complete", N_("Compléter"), self._complete, "C", "message-plus", enabled=one),
            act(
                "correct",
                N_("Corriger"),
                self._correct,
                "R",
                "pencil",
                enabled=partial(self._allowed, "logbook.correct"),
            ),
            act("link", N_("Lier à une autre entrée"), self._link, "L", "link-plus", enabled=one),
            act(
                "dossier",
                N_("Mettre dans un dossier"),
                self._dossier,
                "D",
                "folder-plus",
                enabled=lambda: self._may_write and some(),
            ),
            act("followup", N_("Donner une suite"), self._followup, "S", "bell", enabled=one),
            act(
                "star",
                N_("Fait marquant (oui ou non)"),
                self._star,
                "E",
                "star",
                enabled=partial(self._allowed, "logbook.star"),
            ),
            act(
                "read", N_("Lue (oui ou non)"), self._toggle_read, "M", "mail-opened", enabled=some
            ),
            self._command(
                "void",
                N_("Annuler l’entrée"),
                self._void,
                icon="strikethrough",
                enabled=partial(self._allowed, "logbook.void"),
            ),
            self._command(
                "read_all", N_("Tout marquer comme lu"), self._panel.marks.mark_all, icon="checks"
            ),
        ]

    def _showing(self) -> list[Command]:
        return [
            self._command(
                "order",
                N_("Trier par heure des faits ou de saisie"),
                self._toggle_order,
                icon="arrows-sort",
            ),
            self._command(
                "look", N_("Liste en cartes ou en tableau"), self._toggle_look, icon="list-details"
            ),
            self._command("list", N_("Aller à la liste"), self._to_list, icon="list"),
            self._command(
                "dossiers",
                N_("Dossiers"),
                partial(self._desk.docks.show, "dossiers"),
                icon="folders",
            ),
            self._command(
                "followups",
                N_("Suites à donner"),
                partial(self._desk.docks.show, "followups"),
                icon="checks",
            ),
        ]

    def _command(
        self,
        name: str,
        title: str,
        run: Callable[[], None],
        shortcut: str = "",
        icon: str = "",
        *,
        scope: str = "",
        enabled: Callable[[], bool] | None = None,
    ) -> Command:
        return Command(
            id=f"logbook.{name}",
            title=title,
            run=run,
            menu=MENU,
            shortcut=shortcut,
            icon=icon,
            category=MENU,
            scope=scope,
            enabled=enabled,
        )

    # --- when

    def _one(self) -> bool:
        return self._may_write and len(self._entry.uids) == 1

    @property
    def _may_write(self) -> bool:
        return self._desk.node.who.may_write

    def _standing(self) -> bool:
        seen = self._entry.seen
        void = seen is not None and seen.entry.lifecycle is Lifecycle.VOID
        return self._one() and not (void and self._entry.shows_choice)

    def _allowed(self, command: str) -> bool:
        seen = self._entry.seen
        own = seen is not None and seen.entry.author == self._desk.node.who.account
        return self._standing() and may_do(self._desk, command, own=own)

    def _some(self) -> bool:
        return bool(self._desk.shared.selection)

    # --- finding

    def _search(self) -> None:
        self._desk.docks.show("logbook")
        self._panel.into_search()

    def _to_number(self) -> None:
        self._desk.docks.show("logbook")
        self._jump.ask()

    def _newest(self) -> None:
        self._panel.view.to_newest()

    def _show_all(self) -> None:
        self._panel.only_news.clear()
        self._panel.search.in_view.setChecked(False)
        self._panel.search.set_text("")

    def _ask(self, text: str) -> None:
        self._desk.docks.reveal("logbook")
        self._panel.search.set_text(text)

    def _to_list(self) -> None:
        self._desk.docks.show("logbook")
        self._panel.into_list()

    # --- acting

    def _qualify(self) -> None:
        self._entry.edit(self._entry.editor.qualify)

    def _correct(self) -> None:
        self._entry.edit(self._entry.editor.correct)

    def _complete(self) -> None:
        self._entry.edit(self._entry.editor.complete)

    def _link(self) -> None:
        self._ask_about(lambda entry: LinkForm(self._desk, entry, self._entry.lookups))

    def _followup(self) -> None:
        self._ask_about(lambda entry: FollowUpForm(self._desk, entry, self._entry.lookups))

    def _void(self) -> None:
        self._ask_about(lambda entry: VoidForm(self._desk, entry))

    def _ask_about(self, make: Callable[[Entry], Form]) -> None:
        def ask(seen: Seen) -> None:
            self._desk.docks.reveal("entry")
            self._entry.acts.ask(lambda: make(seen.entry))

        self._entry.when_seen(ask)

    def _dossier(self) -> None:
        uids = self._desk.shared.selection
        chosen = self._panel.chosen_entries()
        gravity = max((entry.content.gravity for entry in chosen), default=0)
        self._desk.docks.reveal("entry")
        self._entry.acts.ask(lambda: DossierForm(self._desk, uids, gravity))

    def _star(self) -> None:
        self._entry.when_seen(self._star_this)

    def _star_this(self, seen: Seen) -> None:
        node, entry = self._desk.node, seen.entry
        changes = {"key_event": not entry.content.key_event}
        self._desk.tasks.run(
            lambda: node.logbook.qualify(entry.uid, changes, node.who),
            lambda _entry: None,
            touches_store=True,
        )

    def _toggle_read(self) -> None:
        self._panel.marks.toggle(self._panel.view.chosen_rids())

    # --- showing

    def _toggle_order(self) -> None:
        self._panel.search.order.toggle()

    def _toggle_look(self) -> None:
        self._panel.set_look("card" if self._panel.look == "table" else "table")
