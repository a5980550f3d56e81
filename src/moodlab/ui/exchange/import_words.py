"""What the window says about a file that is to come in, and about one that came."""

from collections.abc import Iterator

from moodlab.charts.chart import Table
from moodlab.domain.intake import Taken
from moodlab.i18n import translate


def count_words(taken: Taken) -> Iterator[str]:
    """Yield a sentence for each thing that is in the file."""
    if taken == Taken(left_out=taken.left_out, table=taken.table):
        yield translate("import", "It contains nothing that MoodLab can import.")
    elif is_all_results(taken):
        yield _count(
            taken.added,
            translate("import", "1 result is new."),
            translate("import", "{n} results are new."),
        )
    else:
        yield _count(
            taken.added,
            translate("import", "1 entry is new."),
            translate("import", "{n} entries are new."),
        )
    if taken.unchanged:
        yield _count(
            taken.unchanged,
            translate("import", "1 is here already."),
            translate("import", "{n} are here already."),
        )
    if taken.kept:
        yield _count(
            taken.kept,
            translate("import", "1 says something else than the journal, or was deleted here."),
            translate("import", "{n} say something else than the journal, or were deleted here."),
        )
    if taken.replaced:
        yield _count(
            taken.replaced,
            translate("import", "1 is a later version."),
            translate("import", "{n} are later versions."),
        )
    if taken.withdrawn:
        yield _count(
            taken.withdrawn,
            translate("import", "The lab withdrew 1."),
            translate("import", "The lab withdrew {n}."),
        )
    if taken.left_out:
        yield _count(
            taken.left_out,
            translate("import", "1 entry is no lab result and stays out."),
            translate("import", "{n} entries are no lab results and stay out."),
        )
    if taken.refused:
        yield _count(
            taken.refused,
            translate("import", "1 can't be imported."),
            translate("import", "{n} can't be imported."),
        )


def is_all_results(taken: Taken) -> bool:
    """Whether everything new is a blood result."""
    return sum(count for _test, count in taken.tests) == taken.added > 0


def name_tests(taken: Taken) -> str:
    """Return how many new results there are of which test."""
    # A number stays on the line of its test.
    return ", ".join(f"{name}\u00a0{count:,}" for name, count in taken.tests)


def done_words(taken: Taken) -> str:
    """Return what is said when it is in the journal."""
    if is_all_results(taken):
        words = _count(
            taken.added,
            translate("import", "1 new result is in."),
            translate("import", "{n} new results are in."),
        )
    else:
        words = _count(
            taken.added,
            translate("import", "1 new entry is in."),
            translate("import", "{n} new entries are in."),
        )
    if taken.replaced:
        words += " " + _count(
            taken.replaced,
            translate("import", "1 was replaced."),
            translate("import", "{n} were replaced."),
        )
    if taken.withdrawn:
        words += " " + _count(
            taken.withdrawn,
            translate("import", "The lab withdrew 1."),
            translate("import", "The lab withdrew {n}."),
        )
    return words


def tabulate_problems(taken: Taken) -> Table:
    """Return what can't be imported, in the file's order; the table shows its last row first."""
    return Table(
        header=(translate("import", "Where"), translate("import", "Why it can't be imported")),
        rows=tuple(
            (f"{problem.shown_place} {problem.line}", problem.reason)
            for problem in reversed(taken.problems)
        ),
    )


def _count(n: int, one: str, several: str) -> str:
    return (one if n == 1 else several).format(n=f"{n:,}")
