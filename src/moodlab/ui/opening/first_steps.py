"""The three screens before a first diary: welcome, what to rate, how it looks and who can open it.

Nothing is made before the last one is left, and each can be left as it is (Esc).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moodlab.domain.days import DEFAULT_DAY_END_MINUTES
from moodlab.i18n import translate
from moodlab.settings import Settings
from moodlab.store.encryption.crypto import make_key
from moodlab.store.journal import Journal
from moodlab.ui.opening.first_choices import Back, Chosen
from moodlab.ui.opening.transition import BackgroundTask, Greeting, Opening, Transition
from moodlab.ui.worker import Progress

if TYPE_CHECKING:
    from moodlab.ui.opening.start_screen import StartScreen


class FirstSteps:
    """Leads through the screens. `ask` shows one, `prefer` changes preferences and the look."""

    def __init__(
        self,
        ask: Callable[["StartScreen[Any]"], Any],
        place: Callable[[], str],
        settings: Callable[[], Settings],
        prefer: Callable[..., None],
    ) -> None:
        self._ask = ask
        self._place = place
        self._settings = settings
        self._prefer = prefer

    def run(self, opening: Opening) -> Transition | None:
        """Return the task that makes the diary, another way that was chosen, or None to end."""
        from moodlab.ui.opening.look_screen import Done, LookScreen
        from moodlab.ui.opening.rate_screen import RateScreen
        from moodlab.ui.opening.welcome import Begin, WelcomeScreen

        chosen, step = Chosen(), 0
        decided: Any = None
        while True:
            if step == 0:
                decided = self._ask(WelcomeScreen(opening, self._place()))
                if not isinstance(decided, Begin):
                    way: Transition | None = decided
                    return way
                opening = opening._replace(paths=decided.paths)
            elif step == 1:
                decided = self._ask(RateScreen(chosen, self._place()))
                chosen = decided if isinstance(decided, Chosen) else chosen
            else:
                decided = self._ask(LookScreen(self._settings(), self._prefer, self._place()))
                if isinstance(decided, Done):
                    return begin_task(opening, chosen, decided.passphrase)
            if decided is None:
                return None
            opening = opening.saying("")
            step += -1 if isinstance(decided, Back) else 1


def begin_task(opening: Opening, chosen: Chosen, passphrase: str | None) -> BackgroundTask:
    """Return the task that makes the diary as it was chosen."""
    paths = opening.paths

    def work(_progress: Progress) -> Opening:
        key = None if passphrase is None else make_key(passphrase)
        with Journal.create(paths.journal, key=key, asked=chosen.rated) as journal:
            _set_up(journal, chosen)
        greeting = Greeting(offers_sheet=key is not None)
        return Opening(paths, key, greeting=greeting, accepts_plain=key is None)

    return BackgroundTask(translate("welcome", "Setting up your diary…"), work, opening)


def _set_up(journal: Journal, chosen: Chosen) -> None:
    if chosen.short != Chosen().short:
        journal.metrics.shorten(chosen.short)
    if chosen.day_end != DEFAULT_DAY_END_MINUTES:
        journal.set_settings({"day_end_minutes": str(chosen.day_end)})
