"""What the window itself can do: palette, keys, theme, text size, language, layout, leaving."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.commands import Command
from desktop.kit.preferences import PreferenceFile
from desktop.kit.theme import TEXT_SIZES
from desktop.shell.about import sentence
from desktop.shell.history import History
from desktop.shell.idle import IdleWatch
from desktop.shell.keymap import KeyMap
from desktop.shell.palette import Palette
from desktop.shell.window import Window

SESSION = N_("Session")
ABOUT = N_("À propos")
LOOK = N_("Apparence")
LAYOUT = N_("Disposition")
LANGUAGES = (("fr", N_("Langue : français")), ("en", N_("Langue : anglais")))


@dataclass(slots=True, kw_only=True)
class Shell:
    """The window's own commands; each method is one."""

    desk: Desk
    window: Window
    preferences: PreferenceFile
    lock: Callable[[], None]
    idle: IdleWatch

    def register(self) -> None:
        """Add them to the registry."""
        palette = Palette(self.window, self.desk.commands, self.desk.theme)
        keymap = KeyMap(self.window, self.desk.commands, self.desk.theme)
        history = History(self.window, self.desk.notices, self.desk.theme)
        self.desk.commands.register(
            Command(
                id="palette", title=N_("Toutes les commandes…"), run=palette.open, menu="Aide",
                shortcut="Ctrl+K", icon="command",
            ),
            Command(
                id="help.keys", title=N_("Carte des touches"), run=keymap.open, menu="Aide",
                shortcut="F1", icon="keyboard",
            ),
            Command(
                id="notices.history", title=N_("Messages de cette session"), run=history.open,
                menu="Aide", icon="bell",
            ),
            Command(
                id="notices.dismiss", title=N_("Fermer le dernier message"),
                run=self.window.toasts.dismiss_last, menu="Aide", shortcut="Ctrl+Shift+X", icon="x",
            ),
            Command(
                id="help.about", title=N_("À propos de Beffroi"), run=self.about, menu="Aide",
                icon="info-circle", category=ABOUT,
            ),
            Command(
                id="desk.lock", title=N_("Verrouiller le poste"), run=self.lock, menu="Fichier",
                shortcut="Ctrl+Alt+L", icon="lock", category=SESSION,
            ),
            Command(
                id="desk.auto_lock", title=N_("Verrouiller après 10 min sans geste"),
                run=self.toggle_auto_lock, menu="Fichier", icon="clock", category=SESSION,
                checked=self._auto_lock,
            ),
            Command(
                id="desk.quit", title=N_("Quitter"), run=self.quit, menu="Fichier",
                shortcut="Ctrl+Q", icon="logout", category=SESSION,
            ),
            *self._look(),
            *self._layout(),
        )  # fmt: skip

    def _look(self) -> list[Command]:
        sizes = [
            Command(
                id=f"look.text{size}", title=_("Taille du texte : {n} %").format(n=size),
                run=partial(self.set_text_size, size), menu="Affichage", icon="text-size",
                category=LOOK, checked=partial(self._has_text_size, size),
            )
            for size in TEXT_SIZES
        ]  # fmt: skip
        languages = [
            Command(
                id=f"look.language.{code}", title=title, run=partial(self.set_language, code),
                menu="Affichage", icon="language", category=LOOK,
                checked=partial(self._has_language, code),
            )
            for code, title in LANGUAGES
        ]  # fmt: skip
        return [
            Command(
                id="look.dark", title=N_("Thème sombre"), run=self.toggle_theme, menu="Affichage",
                shortcut="Ctrl+Shift+D", icon="moon", category=LOOK, checked=self._is_dark,
            ),
            *sizes,
            *languages,
            Command(
                id="look.single_keys", title=N_("Raccourcis à une seule touche"),
                run=self.toggle_single_keys, menu="Affichage", icon="keyboard", category=LOOK,
                checked=self._single_keys,
            ),
        ]  # fmt: skip

    def _layout(self) -> list[Command]:
        return [
            Command(
                id="layout.full_screen", title=N_("Plein écran"), run=self.toggle_full_screen,
                menu="Affichage", shortcut="F11", icon="maximize", category=LAYOUT,
                checked=self.window.isFullScreen,
            ),
            Command(
                id="layout.float", title=N_("Détacher le panneau (autre écran)"),
                run=self.window.docks.float_current, menu="Affichage", shortcut="Ctrl+Shift+E",
                icon="external-link", category=LAYOUT,
            ),
            Command(
                id="layout.reset", title=N_("Remettre la disposition d’origine"), run=self.reset,
                menu="Affichage", icon="layout-dashboard", category=LAYOUT,
            ),
        ]  # fmt: skip

    # Session

    def toggle_auto_lock(self) -> None:
        """Lock an untouched desk, or not (a wall screen)."""
        self.idle.set_on(on=not self._auto_lock())
        self.preferences.change(auto_lock=not self._auto_lock())

    def _auto_lock(self) -> bool:
        return self.preferences.now.auto_lock

    # Look

    def toggle_theme(self) -> None:
        """Light to dark and back."""
        name = self.desk.theme.name
        self.desk.theme.set(name="light" if name == "dark" else "dark")
        self.preferences.change(theme=self.desk.theme.name)

    def set_text_size(self, size: int) -> None:
        """Make all text bigger or smaller."""
        self.desk.theme.set(text_size=size)
        self.preferences.change(text_size=size)

    def set_language(self, code: str) -> None:
        """Speak another language from the next start on."""
        self.preferences.change(language=code)
        self.desk.notices.info(_("La langue changera au prochain démarrage de Beffroi."))

    def toggle_single_keys(self) -> None:
        """Let one-character shortcuts work, or not."""
        on = not self.preferences.now.single_keys
        self.desk.commands.set_single_keys(on=on)
        self.preferences.change(single_keys=on)

    def _is_dark(self) -> bool:
        return self.desk.theme.dark

    def _has_text_size(self, size: int) -> bool:
        return self.desk.theme.text_size == size

    def _has_language(self, code: str) -> bool:
        return self.preferences.now.language == code

    def _single_keys(self) -> bool:
        return self.preferences.now.single_keys

    # Layout and leaving

    def reset(self) -> None:
        """Put the docks back as delivered."""
        self.window.docks.reset()
        self.desk.notices.done(_("La disposition d’origine est remise."))

    def toggle_full_screen(self) -> None:
        """Give the whole screen to the desk, or give it back."""
        if self.window.isFullScreen():
            self.window.showNormal()
        else:
            self.window.showFullScreen()

    def about(self) -> None:
        """Say which Beffroi this is and whose work it stands on."""
        self.desk.notices.info(sentence())

    def quit(self) -> None:
        """Close the window; nothing that was written is lost."""
        self.window.close()
