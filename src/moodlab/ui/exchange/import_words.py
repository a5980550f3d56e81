"""What the window says about a file that is to come in, and about one that came."""

from collections.abc import Iterator

from moodlab.charts.chart import Table
from moodlab.domain.intake import Taken
from moodlab.i18n import translate


def count_words(taken: Taken) -> Iterator[str]:
    """Yield a sentence for each thing that is in the file."""
    if taken == Taken(left_out=taken.left_out):
        yield translate("import", "It contains nothing that MoodLab can import.")
    elif is_all_results(taken):
        yield _count(taken.added, "1 result is new.", "{n} results are new.")
    else:
        yield _count(taken.added, "1 entry is new.", "{n} entries are new.")
    if taken.unchanged:
        yield _count(taken.unchanged, "1 is here already.", "{n} are here already.")
    if taken.kept:
        yield _count(
            taken.kept,
            "1 says something else than the journal, or was deleted here.",
            "{n} say something else than the journal, or were deleted here.",
        )
    if taken.replaced:
        yield _count(taken.replaced, "1 is a correction.", "{n} are corrections.")
    if taken.left_out:
        yield _count(
            taken.left_out,
            "1 entry is no lab result and stays out.",
            "{n} entries are no lab results and stay out.",
        )
    if taken.refused:
        yield _count(taken.refused, "1 can't be taken in.", "{n} can't be taken in.")


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
        words = _count(taken.added, "1 new result is in.", "{n} new results are in.")
    else:
        words = _count(taken.added, "1 new entry is in.", "{n} new entries are in.")
    if taken.replaced:
        words += " " + _count(taken.replaced, "1 was replaced.", "{n} were replaced.")
    return words


def tabulate_problems(taken: Taken) -> Table:
    """Return what can't be taken in, in the file's order; the table shows its last row first."""
    return Table(
        header=(translate("import", "Where"), translate("import", "Why it can't be imported")),
        rows=tuple(
            (f"{translate('import', problem.place)} {problem.line}", problem.reason)
            for problem in reversed(taken.problems)
        ),
    )


def _count(n: int, one: str, several: str) -> str:
    return (translate("import", one) if n == 1 else translate("import", several)).format(n=f"{n:,}")
