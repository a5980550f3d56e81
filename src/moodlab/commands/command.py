"""What commands share: options before or after them, values that look like options, answers.

A command returns an `Answer`; errors are raised. Exit statuses are decided in one place, `cli`.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from moodlab.commands import passphrases
from moodlab.commands.output import tell
from moodlab.domain.days import parse_day
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.encrypted_journals import remember_encryption, was_encrypted
from moodlab.i18n import translate
from moodlab.paths import Paths, find_paths
from moodlab.settings import read_settings
from moodlab.store.backups.backup import back_up_before_first_step
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.refusals import locked
from moodlab.store.encryption.unlocking import find_backup_key, find_key
from moodlab.store.journal import Journal

_COMMON = ("journal", "data_dir", "passphrase_file", "json", "confirm")
# `-3` and `- a text` are values; `--dose` and `-x` are meant as options.
_OPTION = re.compile(r"--?[A-Za-z][A-Za-z0-9-]*(=.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a command, as a sentence and as data for --json.

    `only_tells` where nothing was saved, so that without the answer nothing is done.
    """

    sentence: str
    data: Mapping[str, Any] = field(default_factory=dict)
    is_fine: bool = True
    only_tells: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it is printed."""

    text: str
    is_fine: bool
    only_tells: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The common options of one call. `passphrase` is the content of the passphrase file."""

    paths: Paths
    confirmed: bool
    passphrase_file: str | None = None
    passphrase: str | None = field(default=None, repr=False)

    def open_journal(self, *, read_only: bool = False) -> Journal:
        """Open the journal; its first write makes the day's backup. Raises JournalUnusable."""
        key = self.find_key()
        self.refuse_silent_downgrade(key)
        journal = Journal.open(self.paths.journal, key=key, read_only=read_only)
        self.tell_at_opening(journal)
        if not read_only:
            second = read_settings(self.paths.settings).second_copies
            back_up_before_first_step(
                journal,
                tell,
                second_folder=Path(second) if second else None,
            )
        return journal

    def tell_at_opening(self, journal: Journal) -> None:
        """Say what lay beside the journal, or what in it can't be written."""
        for sentence in journal.said_at_opening:
            tell(sentence)

    def find_key(self, backup: Path | None = None) -> Key | None:
        """Return the key of the journal, or of a backup with the same passphrase.

        None for a plain one. Asks for the passphrase at a terminal if none was given. Raises
        JournalUnusable, including WrongPassphrase and JournalLocked.
        """
        if backup is not None:
            return find_backup_key(backup, lambda: self._passphrase_of(backup))
        key = self.find_key_if_any()
        if key is None and self.passphrase is not None:
            raise Refused(
                translate(
                    "security",
                    "{name} is not encrypted, but a passphrase was given. If it was encrypted, "
                    "another file has taken its place. Nothing was changed. Leave the passphrase "
                    "out, or restore a backup.",
                ).format(name=self.paths.journal.name)
            )
        return key

    def find_key_if_any(self) -> Key | None:
        """Return the key of the journal; None for a plain one, whatever passphrase was given."""
        file = self.paths.journal
        return find_key(file, lambda: self._passphrase_of(file))

    def refuse_silent_downgrade(self, key: Key | None) -> None:
        """Raise NeedsConfirmation for a plain journal that was encrypted when it was last open."""
        if key is None and was_encrypted(self.paths) and not self.confirmed:
            raise NeedsConfirmation(
                translate(
                    "security",
                    "{name} was encrypted when it was last open, and is not any more. Another file "
                    "may have taken its place. Restore a backup, or add --confirm to go on without "
                    "a passphrase.",
                ).format(name=self.paths.journal.name)
            )
        remember_encryption(self.paths, is_encrypted=key is not None)

    def _passphrase_of(self, file: Path) -> str:
        if self.passphrase is not None:
            return self.passphrase
        if not passphrases.is_terminal():
            raise locked(file)
        return passphrases.ask_passphrase(
            translate("security", "Passphrase of {name}").format(name=file.name)
        )

    def read_passphrase(self, file: str) -> str:
        """Read a second passphrase from a file. Raises Refused."""
        if file == passphrases.STANDARD_INPUT == self.passphrase_file:
            raise Refused(
                translate(
                    "security",
                    "Standard input can supply only one passphrase. Put the other in a file.",
                )
            )
        return passphrases.read_passphrase(file)


def common_options() -> list[click.Option]:
    """Return new objects for the options that may come before or after a command."""
    return [
        click.Option(["--journal"], metavar="FILE", help="The journal file."),
        click.Option(
            ["--data-dir"], metavar="DIR", help="Folder for the journal, settings and cache."
        ),
        click.Option(
            ["--passphrase-file"],
            metavar="FILE",
            help="File that contains the passphrase; - reads standard input.",
        ),
        click.Option(["--json"], is_flag=True, help="Print the answer as JSON."),
        click.Option(
            ["--confirm"], is_flag=True, help="Confirm a value that MoodLab would ask about."
        ),
    ]


class MoodLabCommand(click.Command):
    """A command that knows the common options and takes `-3` and an empty text as values."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings["context_settings"] = {"ignore_unknown_options": True}
        super().__init__(*arguments, **settings)
        self.params.extend(common_options())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and refuse what looks like an option but is none of this command's."""
        known = {name for param in self.get_params(ctx) for name in (*param.opts,)}
        for position, text in enumerate(args):
            if text == "--":
                break
            takes_value = position > 0 and self._awaits_value(ctx, args[position - 1])
            if _OPTION.fullmatch(text) and text.split("=")[0] not in known and not takes_value:
                raise click.NoSuchOption(text.split("=")[0], ctx=ctx)
        return super().parse_args(ctx, args)

    def _awaits_value(self, ctx: click.Context, text: str) -> bool:
        return any(
            isinstance(param, click.Option) and text in param.opts and not param.is_flag
            for param in self.get_params(ctx)
        )

    def invoke(self, ctx: click.Context) -> "Reply":
        """Run the command with the common options folded into one `Place`."""
        outer = ctx.find_root().params
        given = {name: _prefer(ctx.params.pop(name, None), outer.get(name)) for name in _COMMON}
        file = given["passphrase_file"]
        ctx.params["place"] = Place(
            find_paths(given["journal"], given["data_dir"]),
            bool(given["confirm"]),
            file,
            None if file is None else passphrases.read_passphrase(file),
        )
        answer: Answer = super().invoke(ctx)
        text = json.dumps(answer.data, ensure_ascii=False) if given["json"] else answer.sentence
        return Reply(text, answer.is_fine, answer.only_tells)


def _prefer(after: Any, before: Any) -> Any:
    """Return the value given after the command, else the one before it. An empty text counts."""
    return before if after is None or after is False else after


def command(
    name: str, parameters: Sequence[click.Parameter]
) -> Callable[[Callable[..., Answer]], click.Command]:
    """Turn a function into a command; the first line of its docstring is the help."""

    def make(function: Callable[..., Answer]) -> click.Command:
        summary = (function.__doc__ or "").strip().splitlines()[0]
        return MoodLabCommand(name, callback=function, params=list(parameters), help=summary)

    return make


def argument(name: str, *, many: bool = False, required: bool = True) -> click.Argument:
    """Return an argument, taken as text; one that is not required is None when left out."""
    return click.Argument([name], nargs=-1 if many else 1, required=required)


def option(name: str, metavar: str, text: str) -> click.Option:
    """Return an option with a text value, which is None when left out."""
    return click.Option([name], metavar=metavar, help=text)


def flag(name: str, text: str) -> click.Option:
    """Return an option without a value."""
    return click.Option([name], is_flag=True, help=text)


def read_day(journal: Journal, text: str | None) -> date | None:
    """Read a day given on the command line; None stays None."""
    return None if text is None else parse_day(text, journal.today())


def choose(name: str, given: str | None, known: tuple[str, ...]) -> str:
    """Return the chosen one of what an option knows, the first where it was left out."""
    if given is None:
        return known[0]
    if given.lower() not in known:
        raise Refused(
            translate("report", "{name} takes {known}.").format(name=name, known=" or ".join(known))
        )
    return given.lower()
