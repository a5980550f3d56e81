"""Blood results on the page: the text of one result, and the lists that fit."""

from collections.abc import Sequence

from moodlab.domain.days import short_date
from moodlab.domain.labs.analytes import BY_ID, INFLAMMATION
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import all_context_words, left_out_words, position_words
from moodlab.i18n import translate
from moodlab.report.page.blocks import Table
from moodlab.report.page.figures import shorten_text
from moodlab.report.page.newest import MOST_LISTED, span_of_days

LAB_ROWS = 5
CELL_LENGTH = 50
SHORTEST_NAME = 12
NARROW_CELL_LENGTH = 30


def tells_inflammation(result: LabResult) -> bool:
    """Whether a result is of an inflammation test."""
    return result.analyte in INFLAMMATION


def choose_labs(results: Sequence[LabResult], places: int) -> tuple[LabResult, ...]:
    """Return at most `places` results: the newest of inflammation tests, then the newest others.

    `results` are by day, and so is what is returned. Thirty blood counts of one day so hide no CRP.
    """
    numbers = sorted(
        range(len(results)),
        key=lambda number: (tells_inflammation(results[number]), number),
        reverse=True,
    )
    return tuple(results[number] for number in sorted(numbers[:places]))


def test_name(result: LabResult) -> str:
    """Return the test's name from the catalogue, ``hs-CRP``."""
    if result.label:
        return result.label
    analyte = BY_ID.get(result.catalogue_id)
    return analyte.label if analyte else result.analyte


def lab_text(result: LabResult) -> str:
    """Return a result as the lab printed it, and the canonical figure if that differs.

    ``0.31 mg/dL (= 3.1 mg/L)``: the printed value always comes first.
    """
    printed = result.printed_with_unit
    return f"{printed} (= {result.canonical_text})" if result.is_converted else printed


def range_text(result: LabResult) -> str:
    """Return the lab's own range and the result's position in it, ``<5, within``."""
    if not result.range_text:
        return translate("page", "none entered")
    if result.position is None:
        return result.range_text
    return f"{result.range_text}, {position_words(result.position)}"


def context_text(result: LabResult) -> str:
    """Return the context of a draw, and whether the result is left out of summaries."""
    words = all_context_words(result.context)
    if not result.excluded:
        return words
    left_out = left_out_words()
    # If the text is shortened, the reason is cut and "left out" stays.
    if not words:
        return left_out
    return translate("page", "{left_out}: {why}").format(left_out=left_out, why=words)


def few_labs(results: Sequence[LabResult], *, has_details: bool) -> tuple[Table, str]:
    """Return the list on the first sheet, and a sentence about the results that are not in it."""
    shown = choose_labs(results, LAB_ROWS)
    table = Table(
        heading=translate("page", "Blood results, as the lab printed them"),
        heads=(
            (
                translate("page", "Collected"),
                translate("page", "Result"),
                translate("page", "Lab’s range"),
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
        shares=(21, 41, 22, 26),
        remark="" if shown else translate("page", "None entered in this period."),
    )
    return table, _further(results, shown, has_details=has_details)


def all_labs(results: Sequence[LabResult]) -> Table:
    """Return the list on the detail sheets. If it is not complete, it says where the others are."""
    listed = choose_labs(results, MOST_LISTED)
    return Table(
        heading=translate("page", "All blood results of the period")
        if len(listed) == len(results)
        else translate("page", "Blood results of the period"),
        heads=(
            translate("page", "Collected"),
            translate("page", "Test"),
            translate("page", "As the lab printed it"),
            translate("page", "Lab’s range"),
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
        shares=(3, 4, 5, 4, 4, 4),
        remark=_not_listed(results, listed),
    )


def _further(results: Sequence[LabResult], shown: Sequence[LabResult], *, has_details: bool) -> str:
    """Return how many results of how many tests are not listed; empty if all are."""
    further = _without(results, shown)
    if not further:
        return ""
    if not has_details:
        sentence = (
            translate("page", "{n} more results {tests} are not on this sheet.")
            if len(further) > 1
            else translate("page", "1 more result is not on this sheet.")
        ).format(n=len(further), tests=_tests(further))
    elif len(results) > MOST_LISTED:
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
    return span_of_days(results[0].collected, results[-1].collected)


def _named(result: LabResult) -> str:
    """Return test and value. If that is too long, the name is shortened and never the value."""
    value = lab_text(result)
    name = shorten_text(test_name(result), max(SHORTEST_NAME, CELL_LENGTH - len(value) - 1))
    return shorten_text(f"{name} {value}", CELL_LENGTH + SHORTEST_NAME)
