"""The lists of blood results: a few on the first sheet, all or nearly all on the next ones."""

from collections.abc import Sequence

from moodlab.analysis.lab_choice import choose_labs, tells_inflammation
from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import position_words
from moodlab.i18n import translate
from moodlab.report.page.blocks import Table
from moodlab.report.page.figures import lab_text, shorten_text, test_name
from moodlab.report.page.glance import context_text

LAB_ROWS = 5
# Three or four sheets. More would be a list that nobody reads to its end.
MOST_LISTED = 120
CELL_LENGTH = 50
SHORTEST_NAME = 12
NARROW_CELL_LENGTH = 30


def range_text(result: LabResult) -> str:
    """Return the lab's own range and where the result lies against it, ``<5, within``."""
    if not result.range_text:
        return translate("page", "none entered")
    if result.position is None:
        return result.range_text
    return f"{result.range_text}, {position_words(result.position)}"


def few_labs(results: Sequence[LabResult]) -> tuple[Table, str]:
    """Return the first sheet's list, and the sentence about what it leaves out, if anything."""
    shown = choose_labs(results, LAB_ROWS)
    table = Table(
        heading=translate("page", "Blood results, as the lab printed them"),
        heads=(
            (
                translate("page", "Collected"),
                translate("page", "Result"),
                translate("page", "Lab's range"),
                translate("page", "Around the draw"),
            )
            if shown
            else ()
        ),
        rows=tuple(
            (
                short_date(result.collected),
                _named(result),
                shorten_text(range_text(result), NARROW_CELL_LENGTH),
                shorten_text(context_text(result), NARROW_CELL_LENGTH) or "–",
            )
            for result in shown
        ),
        shares=(19, 42, 22, 27),
        remark="" if shown else translate("page", "None entered in this period."),
    )
    return table, _further(results, shown)


def all_labs(results: Sequence[LabResult]) -> Table:
    """Return the list of the further sheets; where it has not all, it says what and where."""
    listed = choose_labs(results, MOST_LISTED)
    return Table(
        heading=translate("page", "All blood results of the period")
        if len(listed) == len(results)
        else translate("page", "Blood results of the period"),
        heads=(
            translate("page", "Collected"),
            translate("page", "Test"),
            translate("page", "As the lab printed it"),
            translate("page", "Lab's range"),
            translate("page", "Around the draw"),
            translate("page", "Lab, method"),
        ),
        rows=tuple(
            (
                short_date(result.collected),
                test_name(result),
                lab_text(result),
                range_text(result),
                context_text(result) or "–",
                ", ".join(text for text in (result.lab, result.method) if text) or "–",
            )
            for result in listed
        ),
        shares=(21, 21, 40, 30, 32, 38),
        remark=_not_listed(results, listed),
    )


def _further(results: Sequence[LabResult], shown: Sequence[LabResult]) -> str:
    """Return how many results of how many tests are left out; empty where none is."""
    further = _without(results, shown)
    if not further:
        return ""
    if len(results) > MOST_LISTED:
        sentence = translate(
            "page",
            "{n} more results {tests}: {listed} are in the details, which say where the others "
            "are.",
        ).format(n=len(further), tests=_tests(further), listed=MOST_LISTED - len(shown))
    elif len(further) == 1:
        sentence = translate("page", "1 more result: see the details.")
    else:
        sentence = translate("page", "{n} more results {tests}: see the details.").format(
            n=len(further), tests=_tests(further)
        )
    if tuple(shown) == tuple(results[-len(shown) :]):
        return sentence
    return translate("page", "Inflammation tests first. {further}").format(further=sentence)


def _not_listed(results: Sequence[LabResult], listed: Sequence[LabResult]) -> str:
    others = _without(results, listed)
    if not others:
        return ""
    telling = sum(map(tells_inflammation, results))
    which = (
        translate("page", "the newest results of inflammation tests")
        if telling > len(listed)
        else translate("page", "all {n} of inflammation tests, and the newest of the others")
        if telling
        else translate("page", "the newest")
    ).format(n=telling)
    return translate(
        "page",
        "{listed} of {n} results: {which}. Not listed: {left} results {tests}, collected {span}."
        " They are in MoodLab under Labs, in this report saved as JSON, and in every export as CSV,"
        " JSON or FHIR.",
    ).format(
        listed=len(listed),
        n=len(results),
        which=which,
        left=len(others),
        tests=_tests(others),
        span=_span(others),
    )


def _without(results: Sequence[LabResult], shown: Sequence[LabResult]) -> list[LabResult]:
    there = set(map(id, shown))
    return [result for result in results if id(result) not in there]


def _tests(results: Sequence[LabResult]) -> str:
    count = len({result.catalogue_id for result in results})
    if count == 1:
        return translate("page", "of one test")
    return translate("page", "of {n} tests").format(n=count)


def _span(results: Sequence[LabResult]) -> str:
    first, last = results[0].collected, results[-1].collected
    return short_date(first) if first == last else span_text(Period(first, last))


def _named(result: LabResult) -> str:
    """Return test and value; where that is long, the name gives way and the value stays whole."""
    value = lab_text(result)
    name = shorten_text(test_name(result), max(SHORTEST_NAME, CELL_LENGTH - len(value) - 1))
    return shorten_text(f"{name} {value}", CELL_LENGTH + SHORTEST_NAME)
