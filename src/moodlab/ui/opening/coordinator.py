"""From one journal to the next: opens it, shows what is in the way, changes the windows.

Exactly one top-level window is visible at any time; the former goes when the next is shown.
"""

import os
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from moodlab.domain.errors import JournalDamaged, JournalLocked, JournalUnusable
from moodlab.encrypted_journals import remember_encryption, was_encrypted
from moodlab.i18n import translate
from moodlab.paths import Paths
from moodlab.privacy import refuse_onlookers
from moodlab.settings import Settings, read_settings, write_settings
from moodlab.store.journal import Journal
from moodlab.ui.look.style import apply_look, look_of
from moodlab.ui.opening.single_instance import SingleInstance, activate_other
from moodlab.ui.opening.transition import BackgroundTask, Import, Lock, Opening, Transition
from moodlab.ui.session import PATIENCE_SECONDS

if TYPE_CHECKING:
    from moodlab.store.backups.preview import Look
    from moodlab.ui.opening.start_screen import Decided, StartScreen

MOST_RECENT = 5
# Makes the window for an open journal; it has `main`, `show`, `close` and `transition`.
MakeWindow = Callable[[Journal, Settings, Opening], Any]


class Coordinator:
    """Runs until the person leaves. `begins_locked` after a lock started the process anew."""

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        make_window: MakeWindow,
        *,
        begins_locked: bool = False,
    ) -> None:
        self._app = app
        self._given = paths
        self._make_window = make_window
        self._begins_locked = begins_locked
        self._instance = SingleInstance()
        self._instance.activated.connect(self._raise)
        self._visible: QWidget | None = None
        self._preview: Look | None = None
        self._status = 0

    def run(self, settings: Settings, *, shows_example: bool = False) -> int:
        """Open the journal, or the example, and whatever follows; return the exit status."""
        self._settings = settings
        next_step: Transition | None = Opening(self._given)
        if shows_example:
            from moodlab.ui.opening.example_window import example_task

            next_step = example_task(self._given, Opening(self._given))
        while next_step is not None:
            next_step = self._take(next_step)
        self._instance.release()
        if self._visible is not None:
            self._visible.hide()
        return self._status

    def _take(self, step: Transition) -> Transition | None:
        if isinstance(step, Lock):
            self._restart(step)
            return None
        if isinstance(step, BackgroundTask):
            from moodlab.ui.opening.task_screen import TaskScreen

            return self._ask(TaskScreen(step, self._geometry()))
        if isinstance(step, Import):
            from moodlab.ui.exchange.import_screen import ImportScreen

            minutes = self._settings.lock_minutes
            return self._ask(ImportScreen(step, self._geometry(), minutes))
        if not os.path.lexists(step.paths.journal):
            return self._begin(step)
        if step.backup is None and not self._instance.hold(step.paths):
            if activate_other(step.paths):
                return step.back
            from moodlab.ui.opening.already_open import AlreadyOpenScreen

            if self._ask(AlreadyOpenScreen(step, self._geometry())) is None:
                return None
        return self._open(step)

    def _begin(self, opening: Opening) -> Transition | None:
        """Welcome a person whose journal isn't there yet; say so where one should be there."""
        from moodlab.store.backups.links import why_link_is_broken
        from moodlab.store.backups.names import backups_folders, find_unread, list_backups

        journal = opening.paths.journal
        broken = why_link_is_broken(journal)
        is_expected = bool(
            opening.paths.is_remembered
            or broken
            or list_backups(journal)
            or find_unread(backups_folders(journal))
        )
        if is_expected and not opening.begins_anew:
            from moodlab.ui.opening.unopened import UnopenedScreen

            sentence = broken or translate(
                "start",
                "The journal is not where it was. It was moved or deleted, or its drive is not "
                "connected.",
            )
            return self._ask(UnopenedScreen(sentence, opening, self._geometry()))
        if not opening.paths.is_named:
            with suppress(OSError):
                journal.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A second start, and the example's way back, come to this screen.
        if not self._instance.hold(opening.paths) and activate_other(opening.paths):
            return opening.back
        from moodlab.ui.opening.first_steps import FirstSteps

        steps = FirstSteps(self._ask, self._geometry, lambda: self._settings, self._change_look)
        return steps.run(opening)

    def _open(self, opening: Opening) -> Transition | None:
        if self._was_downgraded(opening):
            return self._ask_about_plain(opening)
        try:
            journal = self._open_journal(opening)
        except JournalLocked as error:
            self._begins_locked = False
            if opening.key is not None:
                opening = opening.saying(error.sentence)._replace(key=None)
            return self._unlock(opening)
        except JournalUnusable as error:
            if opening.backup is not None and opening.back is not None:
                return opening.back.saying(error.sentence)
            from moodlab.ui.opening.unopened import UnopenedScreen, why_unopened

            # What a task said counts more than what follows from it.
            return self._ask(
                UnopenedScreen(
                    why_unopened(error, opening), opening, self._geometry(), key=opening.key
                )
            )
        if self._begins_locked:
            from moodlab.ui.lock.unlock import HiddenScreen

            self._begins_locked = False
            if self._ask(HiddenScreen(opening, self._geometry())) is None:
                journal.close()
                return None
        if opening.greeting.offers_sheet:
            from moodlab.ui.opening.recovery_sheet import SheetScreen

            if self._ask(SheetScreen(opening, self._geometry())) is None:
                journal.close()
                return None
        self._remember(opening)
        if opening.backup is None:
            remember_encryption(opening.paths, is_encrypted=journal.key is not None)
        said = (opening.greeting.said, *(() if journal.odd_parts else journal.said_at_opening))
        if journal.said_at_opening:
            told = opening.greeting._replace(said=" ".join(text for text in said if text))
            opening = opening._replace(greeting=told)
        return self._show(journal, opening)

    def _was_downgraded(self, opening: Opening) -> bool:
        """Whether a plain file is where an encrypted journal was, and nobody agreed to that."""
        from moodlab.store.encryption.unlocking import is_encrypted

        return (
            opening.backup is None
            and opening.key is None
            and not opening.accepts_plain
            and was_encrypted(opening.paths)
            and not is_encrypted(opening.paths.journal)
        )

    def _ask_about_plain(self, opening: Opening) -> Transition | None:
        from moodlab.ui.opening.unopened import UnopenedScreen

        sentence = translate(
            "start",
            "This diary was encrypted when it was last open, and the file here is not. Another "
            "program may have put it in its place. Nothing was opened.",
        )
        anyway = opening._replace(accepts_plain=True)
        return self._ask(UnopenedScreen(sentence, opening, self._geometry(), anyway=anyway))

    def _open_journal(self, opening: Opening) -> Journal:
        if opening.backup is None:
            return Journal.open(
                opening.paths.journal, key=opening.key, busy_seconds=PATIENCE_SECONDS
            )
        from moodlab.store.backups.preview import open_preview

        self._preview = open_preview(opening.backup.path, opening.key)
        return self._preview.journal

    def _close_preview(self) -> None:
        if self._preview is not None:
            self._preview.close()
            self._preview = None

    def _unlock(self, opening: Opening) -> Transition | None:
        from moodlab.ui.lock.unlock import Damage, UnlockScreen

        decided = self._ask(UnlockScreen(opening, self._geometry()))
        if isinstance(decided, Damage):
            from moodlab.ui.opening.unopened import UnopenedScreen, why_unopened

            said = why_unopened(decided.error, opening)
            return self._ask(UnopenedScreen(said, opening, self._geometry(), key=decided.key))
        return decided

    def _show(self, journal: Journal, opening: Opening) -> Transition | None:
        window = None
        try:
            if opening.backup is None and not journal.is_example:
                # It is open, so nothing leads back to the one before.
                opening = opening._replace(back=None)
            window = self._make_window(journal, self._settings, opening)
            window.show()
        except JournalDamaged as error:
            return self._give_up(window or journal, error, opening)
        window.on_leave = lambda: self._app.exit(0)
        self._replace_visible(window.main)
        self._status = self._app.exec()
        window.close()
        self._close_preview()
        self._settings = window.session.settings
        transition: Transition | None = window.transition
        return transition

    def _give_up(self, opened: Any, error: JournalDamaged, opening: Opening) -> Transition | None:
        """Close what could be opened and then not be read, and offer its newest backup."""
        from moodlab.ui.opening.unopened import UnopenedScreen, why_unopened

        opened.close()
        self._close_preview()
        if opening.backup is not None and opening.back is not None:
            return opening.back.saying(error.sentence)
        said = why_unopened(error, opening)
        return self._ask(UnopenedScreen(said, opening, self._geometry(), key=opening.key))

    def _ask(self, screen: "StartScreen[Decided]") -> "Decided | None":
        """Show a screen and wait for what it decides."""
        refuse_onlookers()
        screen.help_now.country = self._settings.country
        screen.help_now.country_chosen.connect(lambda code: self._prefer(country=code))
        screen.show()
        self._replace_visible(screen)
        return screen.wait()

    def _replace_visible(self, widget: QWidget) -> None:
        former, self._visible = self._visible, widget
        if former is not None and former is not widget:
            former.hide()
            former.deleteLater()
            widget.activateWindow()

    def _geometry(self) -> str:
        """Return the place of the window that is seen now, or was seen last."""
        if self._visible is None:
            return self._settings.geometry
        return b64encode(self._visible.saveGeometry().data()).decode("ascii")

    def _remember(self, opening: Opening) -> None:
        """Keep a place for the journal that the person chose, for the next start and the menu."""
        paths = opening.paths
        if opening.backup is not None:
            return
        if paths.is_remembered:
            self._prefer(journal=str(paths.journal))
        if paths.is_remembered or self._is_usual(paths):
            is_there = self._is_usual(self._given) and os.path.lexists(self._given.journal)
            usual = [str(self._given.journal)] if is_there else []
            known = (str(paths.journal), *(self._settings.recent or usual))
            recent = tuple(dict.fromkeys(known))[:MOST_RECENT]
            # Who has one journal, which opens by itself, needs no list.
            if len(recent) > 1 or self._given.is_named:
                self._prefer(recent=recent)

    def _is_usual(self, paths: Paths) -> bool:
        """Whether the start led to this journal by itself, and not what --journal named."""
        return paths.journal == self._given.journal and not self._given.is_named

    def _prefer(self, **preferences: Any) -> None:
        """Change preferences and keep them; a full disk costs the preference only."""
        changed = self._settings._replace(**preferences)
        if changed != self._settings:
            self._settings = changed
            with suppress(OSError):
                write_settings(self._given.settings, changed)

    def _change_look(self, **preferences: Any) -> None:
        """Change how the screens look, at once and for later."""
        self._prefer(**preferences)
        apply_look(self._app, *look_of(self._settings))

    def _restart(self, lock: Lock) -> None:
        from moodlab.ui.lock.restarting import restart_locked

        self._instance.release()
        told = read_settings(lock.paths.settings).journal
        leads_there = lock.paths.journal == self._given.journal or (
            not self._given.is_named and told == str(lock.paths.journal)
        )
        restart_locked(None if leads_there else lock.paths.journal)

    def _raise(self) -> None:
        """Come to the front, as a second start asked."""
        window = self._visible
        if window is None:
            return
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()
        QTimer.singleShot(0, lambda: QApplication.alert(window))
