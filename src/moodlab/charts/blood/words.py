"""Blood results in words: the sentence that stands in for a panel, and its short labels."""

from collections.abc import Sequence
from string import ascii_lowercase

from moodlab.analysis.lab_marks import Changed, LabMark, LabMarks, Limits, Shape
from moodlab.domain.days import short_date
from moodlab.domain.labs.analytes import BY_ID
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import marked_left_out
from moodlab.domain.numbers import plain
from moodlab.i18n import translate

MOST_NAMED_BREAKS = 3
# Among more marks than this the name of the grey band may find no place.
MOST_BESIDE_BAND_NAME = 10
# Nobody listens to more, and an archive's text has an end.
MOST_DESCRIBED = 60


def is_band_named(labs: LabMarks) -> bool:
    """Whether the shared range is named at its band; otherwise the legend names it."""
    return labs.shared_limits is not None and len(labs.marks) <= MOST_BESIDE_BAND_NAME


def limits_words(labs: LabMarks) -> str:
    """Return the range that all results share, ``lab's upper limit 5``.

    In the unit in which they all print it, which is named where the axis has another.
    """
    if labs.shared_printed is not None and labs.printed_unit != labs.unit:
        return f"{_limits_words(labs.shared_printed)} {labs.printed_unit}"
    assert labs.shared_limits is not None
    return _limits_words(labs.shared_limits)


def _limits_words(limits: Limits) -> str:
    if limits.low is None and limits.high is not None:
        return translate("chart", "lab’s upper limit {limit}").format(limit=plain(limits.high))
    if limits.high is None and limits.low is not None:
        return translate("chart", "lab’s lower limit {limit}").format(limit=plain(limits.low))
    assert limits.low is not None
    assert limits.high is not None
    return translate("chart", "lab’s range {low}–{high}").format(
        low=plain(limits.low), high=plain(limits.high)
    )


def change_words(changed: Sequence[Changed]) -> str:
    """Return ``other lab, other method``."""
    words = {
        Changed.ASSAY: translate("chart", "other assay"),
        Changed.LAB: translate("chart", "other lab"),
        Changed.METHOD: translate("chart", "other method"),
    }
    return ", ".join(words[what] for what in changed)


def name_breaks(labs: LabMarks) -> dict[tuple[Changed, ...], str]:
    """Return what is written at the double tick of each kind of change.

    A few are named in full. Many are named once in the legend: by letters, or by nothing at the
    tick where all are of one kind.
    """
    kinds = sorted({each.changed for each in labs.breaks})
    if len(labs.breaks) <= MOST_NAMED_BREAKS:
        return {changed: change_words(changed) for changed in kinds}
    if len(kinds) == 1:
        return {}
    return dict(zip(kinds, ascii_lowercase, strict=False))


def legend_of(labs: LabMarks) -> list[str]:
    """Return the meaning of the shapes that occur in a panel."""
    marks = labs.marks
    lines = _legend_of_shapes(marks)
    if labs.shared_limits is not None and not is_band_named(labs):
        lines.append(translate("chart", "grey: {limits}").format(limits=limits_words(labs)))
    if labs.shared_limits is None and any(mark.limits for mark in marks):
        lines.append(translate("chart", "grey column: each lab’s own range"))
    lines += _legend_of_breaks(labs)
    return lines


def _legend_of_shapes(marks: Sequence[LabMark]) -> list[str]:
    words = {
        Shape.SQUARE: translate("chart", "square: hs-CRP"),
        Shape.DOWN: translate("chart", "triangle down: less than (<)"),
        Shape.UP: translate("chart", "triangle up: more than (>)"),
    }
    hollow = {
        Shape.DIAMOND: translate("chart", "hollow diamond: left out"),
        Shape.SQUARE: translate("chart", "hollow square: left out"),
    }
    shapes = {mark.shape for mark in marks}
    # Where all are squares there is nothing to tell apart.
    lines = [
        text for shape, text in words.items()
        if shape in shapes and (shape is not Shape.SQUARE or len(shapes) > 1)
    ]  # fmt: skip
    left_out = {mark.shape for mark in marks if mark.result.excluded}
    lines += [text for shape, text in hollow.items() if shape in left_out]
    if any(mark.is_above_range and not mark.is_hollow for mark in marks):
        lines.append(translate("chart", "dark edge: above the lab’s range"))
    return lines


def _legend_of_breaks(labs: LabMarks) -> list[str]:
    if not labs.breaks:
        return []
    if len(labs.breaks) <= MOST_NAMED_BREAKS:
        return [translate("chart", "double tick: another series")]
    names = name_breaks(labs)
    if not names:
        words = change_words(labs.breaks[0].changed)
        return [translate("chart", "double tick: {change}").format(change=words)]
    return [
        translate("chart", "double tick {letter}: {change}").format(
            letter=letter, change=change_words(changed)
        )
        for changed, letter in names.items()
    ]


def describe_labs(labs: LabMarks) -> str:
    """Return the results with their dates as printed, where a series breaks, and what is in words.

    Empty without any result.
    """
    breaks = {each.after: change_words(each.changed) for each in labs.breaks}
    parts = []
    for mark in labs.marks[-MOST_DESCRIBED:]:
        part = _result_words(labs, mark.result)
        # Said once, at the first result after the change.
        if change := breaks.pop(mark.result.collected, None):
            part = translate("chart", "{change}: {result}").format(change=change, result=part)
        parts.append(part)
    sentences = []
    if parts:
        if earlier := len(labs.marks) - len(parts):
            parts.insert(0, translate("chart", "{n} earlier results").format(n=earlier))
        listed = "; ".join(parts)
        sentences.append(translate("chart", "Blood results: {results}.").format(results=listed))
    if labs.in_words:
        told = labs.in_words[-MOST_DESCRIBED:]
        words = "; ".join(_result_words(labs, result) for result in told)
        sentences.append(
            translate("chart", "In words, not drawn: {results}.").format(results=words)
        )
    return " ".join(sentences)


def _result_words(labs: LabMarks, result: LabResult) -> str:
    entry = BY_ID.get(result.catalogue_id)
    name = entry.label if entry else labs.label
    words = f"{short_date(result.collected)} {name} {result.printed_with_unit}"
    if not result.excluded:
        return words
    return marked_left_out(words)
