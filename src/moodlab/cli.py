"""The command line: reads arguments, prints answers, and alone decides the exit status.

0 done; 1 refused, with one sentence on standard error and nothing written; 2 for an unknown command
or option or a wrong number of arguments.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import click

from moodlab import __version__
from moodlab.commands import ALL
from moodlab.commands.command import Reply, common_options
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.i18n import translate

DONE, REFUSED, WRONG_USE = 0, 1, 2


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
    sys.excepthook = report_defect
    try:
        reply = build_cli().main(list(arguments), "moodlab", standalone_mode=False)
    except click.UsageError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_USE
    except NeedsConfirmation as question:
        hint = translate("cli", "Add --confirm to keep it as it is.")
        click.echo(f"{question.sentence} {hint}", err=True)
        return REFUSED
    except MoodLabError as error:
        click.echo(error.sentence, err=True)
        return REFUSED
    except click.Abort:
        return REFUSED
    if not isinstance(reply, Reply):
        return reply if isinstance(reply, int) else DONE  # --help and --version
    click.echo(reply.text)
    return DONE if reply.is_fine else REFUSED


def report_defect(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell of a defect without any journal content: its kind and place, never its message."""
    place = ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    click.echo(
        translate(
            "cli", "Something went wrong inside MoodLab ({kind} at {place}). Your entries are safe."
        ).format(kind=kind.__name__, place=place),
        err=True,
    )
