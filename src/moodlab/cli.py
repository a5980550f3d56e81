"""The command line: reads arguments, prints answers, and alone decides the exit status.

0 done; 1 refused, with one sentence on standard error and nothing written; 2 for an unknown command
or option or a wrong number of arguments. With ``--json`` standard error is JSON too.
"""

import io
import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from types import TracebackType

import click

from moodlab import __version__
from moodlab.commands import ALL
from moodlab.commands.command import Reply, common_options
from moodlab.commands.output import NotPrinted, print_answer, tell
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.i18n import translate

DONE, REFUSED, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is told on standard error: a code for scripts, a sentence, what to do about it."""

    code: str
    sentence: str
    hint: str | None = None

    def tell(self, *, as_json: bool) -> None:
        """Print it as text, or as JSON with its code."""
        if as_json:
            error = {"code": self.code, "sentence": self.sentence, "hint": self.hint}
            tell(json.dumps({"error": error}, ensure_ascii=False), as_json=True)
        else:
            tell(self.sentence if self.hint is None else f"{self.sentence} {self.hint}")


def build_cli() -> click.Group:
    """Return the group of all commands. Without a command, MoodLab opens its window."""
    group = click.Group(
        "moodlab",
        commands={command.name or "": command for command in ALL},
        params=[*common_options()],
        help="A private journal for energy, drive, mood, sleep and blood results.",
        no_args_is_help=True,
    )
    return click.version_option(__version__, prog_name="MoodLab")(group)


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    as_json = "--json" in takewhile(lambda word: word != "--", arguments)
    sys.excepthook = partial(report_defect, as_json=as_json)
    # click prints help by itself, and would not notice a disk that is full.
    shown = io.StringIO()
    try:
        with redirect_stdout(shown):
            reply = build_cli().main(list(arguments), "moodlab", standalone_mode=False)
    except click.UsageError as error:
        Trouble("wrong_use", error.format_message()).tell(as_json=as_json)
        return WRONG_USE
    except NeedsConfirmation as question:
        hint = translate("cli", "Add --confirm to keep it as it is.")
        Trouble(question.code, question.sentence, hint).tell(as_json=as_json)
        return REFUSED
    except MoodLabError as error:
        Trouble(error.code, error.sentence).tell(as_json=as_json)
        return REFUSED
    except click.Abort:
        if as_json:
            Trouble("cancelled", translate("cli", "Cancelled.")).tell(as_json=True)
        return REFUSED
    if not isinstance(reply, Reply):  # --help and --version
        reply = Reply(shown.getvalue().removesuffix("\n"), is_fine=True, only_tells=True)
        return _print(reply, as_json=False)
    return _print(reply, as_json=as_json)


def _print(reply: Reply, *, as_json: bool) -> int:
    """Print an answer; what is saved counts as done, also where nobody could be told."""
    lacking = print_answer(reply.text, as_json=as_json)
    if lacking is not None:
        _describe_lacking(lacking, reply).tell(as_json=as_json)
        if reply.only_tells and not lacking.is_partly_there:
            return REFUSED
    return DONE if reply.is_fine else REFUSED


def _describe_lacking(lacking: NotPrinted, reply: Reply) -> Trouble:
    if reply.only_tells:
        sentence = translate("cli", "The answer could not be printed: {reason}.")
        code = "not_printed"
    else:
        sentence = translate("cli", "Saved, but the answer could not be printed: {reason}.")
        code = "saved_but_not_printed"
    return Trouble(code, sentence.format(reason=lacking.reason))


def report_defect(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    *,
    as_json: bool = False,
) -> None:
    """Tell of a defect without any journal content: its kind and place, never its message."""
    place = ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    sentence = translate(
        "cli", "Something went wrong inside MoodLab ({kind} at {place}). Your entries are safe."
    )
    Trouble("defect", sentence.format(kind=kind.__name__, place=place)).tell(as_json=as_json)
