"""The bars above every page: whose data these are, and what is the matter with the file."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.opening.transition import BackgroundTask, Opening
from moodlab.ui.session import Moved, Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.notice import Strip


class Bar(Strip):
    """One sentence with buttons, across the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("exampleBar")
        # The style sheet pads the bar to the page's margin.
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look().px(8))


class Bars(QWidget):
    """The bar about the journal, which stays; one about the file and one for news come and go."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._offered_step: int | None = None
        session.file_moved.connect(self._tell_moved)
        session.changed.connect(lambda _changes: self._forget_undo())
        self._tell_whose()

    # Each is made when it first has something to say; most starts need none.

    @cached_property
    def about(self) -> Bar:
        """The bar about the journal: an example, a backup, or one that can't be written."""
        return self._insert(0)

    @cached_property
    def file(self) -> Bar:
        """The bar about a file that was moved or replaced."""
        return self._insert(1 if "about" in vars(self) else 0)

    @cached_property
    def news(self) -> Bar:
        """The bar for one sentence, with a way to close it."""
        return self._insert(self._layout.count())

    def _insert(self, place: int) -> Bar:
        bar = Bar()
        self._layout.insertWidget(place, bar)
        return bar

    def tell(
        self,
        sentence: str,
        *,
        offers: Iterable[tuple[str, Callable[[], object]]] = (),
        undo: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence until it is closed, with what is offered; an empty one closes it."""
        offers = list(offers)
        self._offered_step = self._session.journal.newest_step() if undo is not None else None
        if undo is not None:
            offers.append((translate("window", "Undo"), undo))
        offers.append((translate("window", "Close"), lambda: self.tell("")))
        self.news.say(sentence, *(offers if sentence else ()))
        if sentence:
            announce(self, sentence)

    def _forget_undo(self) -> None:
        """Take an offered Undo away with its step: after another one it would undo that."""
        if self._offered_step is None:
            return
        with suppress(MoodLabError):
            if self._session.journal.newest_step() != self._offered_step:
                self.tell("")

    def _tell_whose(self) -> None:
        session, opening = self._session, self._session.opening
        back = opening.back if opening is not None else None
        if opening is not None and opening.backup is not None:
            from moodlab.ui.widgets.backup_words import moment_of

            sentence = translate("window", "Backup from {moment}, read-only.").format(
                moment=moment_of(opening.backup)
            )
            offers = [(translate("window", "Back to my journal"), back)]
        elif session.journal.is_example:
            sentence = translate("window", "Example data: none of it is yours.")
            has_own = back is not None and back.paths.journal.exists()
            offers = [
                (
                    translate("window", "Back to my diary")
                    if has_own
                    else translate("window", "Start my own diary"),
                    back,
                )
            ]
        elif session.journal.odd_parts and session.why_read_only is not None:
            self.about.say(session.why_read_only)  # a copy of it would be the same
            return
        elif session.why_read_only is not None:
            words = translate("window", "Choose another place…")
            self.about.say(session.why_read_only, (words, self._choose_place))
            return
        else:
            return
        self.about.say(
            sentence,
            *((text, lambda to=to: session.leave_for(to)) for text, to in offers if to is not None),
        )

    def _choose_place(self) -> None:
        from moodlab.ui.shell.file_choice import choose_new_file

        journal = self._session.journal
        choose_new_file(
            self,
            translate("window", "Where the diary is kept"),
            Path.home() / journal.path.name,
            translate("start", "Journals (*.moodlab)"),
            self.move_to,
        )

    def move_to(self, target: Path) -> None:
        """Go on in a copy of the journal at another place, which is remembered."""
        opening, journal = self._session.opening, self._session.journal
        if opening is None:
            return
        source, key = journal.path, journal.key
        there = Opening(opening.paths._replace(journal=target, is_remembered=True), key)

        def work(_progress: object) -> Opening:
            from moodlab.store.backups.backup import save_backup

            save_backup(source, key, target)
            return there

        caption = translate("window", "Copying the diary to its new place…")
        self._session.leave_for(BackgroundTask(caption, work, self._session.opening_here("")))

    def _tell_moved(self, moved: Moved | None) -> None:
        name = self._session.journal.path.name
        if moved is None:
            self.file.say("")
            return
        if moved is Moved.GONE:
            sentence = translate(
                "window",
                "{name} is no longer in its folder. Put it back. Until then nothing is saved, "
                "and what you enter stays in this window.",
            ).format(name=name)
            self.file.say(sentence)
        else:
            sentence = translate(
                "window",
                "Another program replaced {name}. What you enter stays in this window until you "
                "open the new file.",
            ).format(name=name)
            self.file.say(sentence, (translate("window", "Open the new file"), self._reopen))
        announce(self, sentence, assertive=True)

    def _reopen(self) -> None:
        try:
            self._session.reopen()
        except MoodLabError as error:
            announce(self, error.sentence, assertive=True)
            words = translate("window", "Open the new file")
            self.file.say(error.sentence, (words, self._reopen))
