"""The blank week sheet: seven days to fill in by hand, with a thick pen, lying down.

It holds names of what is asked and nothing that was answered, so the same metrics, days, paper and
language give the same bytes on any day.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from moodlab import assets
from moodlab.charts.drawing.fonts import printable_line
from moodlab.domain.days import MONTHS, WEEKDAYS, Period
from moodlab.domain.metrics import BY_ID, Kind, Metric
from moodlab.domain.tracking.week import week_from
from moodlab.i18n import Marked, translate
from moodlab.report.glyphs import count_missing, tell_missing
from moodlab.report.typesetting import PAPERS, Document, make_compiler
from moodlab.theme import FONT_FAMILY, PRINT

LANGUAGES = ("en", "de")
# Stands in the file, so that an earlier sheet is known as one whatever its language.
MARK = "moodlab-week-sheet"
# The standards ask for a moment of making; the sheet is the same on every day.
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
_SHORT = 3  # letters of a weekday or month
_Say = Callable[[str], str]


def typeset_week(
    metrics: Sequence[Metric],
    first_day: date | None = None,
    *,
    paper: str = "a4",
    language: str = "en",
    first_weekday: int = 0,
) -> Document:
    """Return the sheet for `metrics`, with seven dates from `first_day` on, or room for them.

    Without dates the week begins on `first_weekday`, Monday (0) or another.

    What does not fit on one sheet in boxes of 11 mm goes on to the next.
    """
    name, width, height = PAPERS[paper]
    say = _german() if language == "de" else str
    week = week_from(first_day) if first_day is not None else None
    data = {
        "paper": name,
        "page_width": width,
        "page_height": height,
        "font": FONT_FAMILY,
        "language": language,
        "mark": MARK,
        "theme": {
            "text": PRINT.text,
            "muted": PRINT.muted,
            "edge": PRINT.control_border,
            "hairline": PRINT.hairline,
        },
        "title": say(translate("week", "Week sheet")),
        "span": _span(week, say) if week else "",
        "week_of": say(translate("week", "Week of")),
        "how": [say(line) for line in _how()],
        "days": _blank_days(first_weekday, say) if week is None else _days(week, say),
        "rows": [*(_row(metric, say) for metric in metrics), _unwell(say)],
        "notes": say(translate("week", "Notes")),
        "footer": say(
            translate(
                "week", "Type it into MoodLab under History, Week. It is marked as from paper."
            )
        ),
        "page_of": say(translate("page", "page {page} of {pages}")),
    }
    inputs = {"data": json.dumps(data)}
    missing = count_missing(
        text
        for metric in metrics
        for text in (metric.shown_label, metric.low_anchor, metric.high_anchor, metric.unit)
    )
    told = tell_missing(missing)
    return Document((told,) if told else (), make_compiler("week.typ", inputs), inputs, _UNDATED)


def suggested_name(first_day: date | None) -> str:
    """Return a file name that says what it is, without saying who it is about."""
    return f"week-sheet_{first_day.isoformat()}.pdf" if first_day else "week-sheet.pdf"


def _how() -> tuple[str, ...]:
    return (
        translate(
            "week", "Write a number from 0 to 10. Ten is 10 or X, and – means “could not say”."
        ),
        translate(
            "week", "Leave empty what you like. On a day that is too much, tick the last row."
        ),
    )


def _row(metric: Metric, say: _Say) -> dict[str, Any]:
    unit = {
        Kind.SCALE: "",
        Kind.DURATION: "",
        Kind.NUMBER: printable_line(metric.unit),
        Kind.YES_NO: say(translate("week", "yes / no")),
    }[metric.kind]
    return {
        # A name that a person gave stays as it is.
        "name": printable_line(
            (say if isinstance(metric.label, Marked) else str)(metric.shown_label)
        ),
        "direction": say(metric.direction_text) if metric.kind is Kind.SCALE else "",
        "anchors": _anchors(metric, say),
        "kind": metric.kind.value,
        "unit": unit,
    }


def _anchors(metric: Metric, say: _Say) -> list[dict[str, str]]:
    """Return what stands under a name: the ends of a rating, or how the box is filled in."""
    if metric.kind is Kind.DURATION:
        return [{"end": "", "text": say(translate("week", "hours : minutes"))}]
    if metric.kind is not Kind.SCALE:
        return []
    say = say if metric.id in BY_ID else str
    ends = (("0", metric.low_anchor), ("10", metric.high_anchor))
    return [{"end": end, "text": printable_line(say(text))} for end, text in ends if text]


def _unwell(say: _Say) -> dict[str, Any]:
    return {
        "name": say(translate("week", "Too unwell to log")),
        "direction": "",
        "anchors": [],
        "kind": "unwell",
        "unit": "",
    }


def _blank_days(first_weekday: int, say: _Say) -> list[dict[str, str]]:
    names = (*WEEKDAYS[first_weekday:], *WEEKDAYS[:first_weekday])
    return [{"weekday": say(name[:_SHORT]), "date": ""} for name in names]


def _days(week: Period, say: _Say) -> list[dict[str, str]]:
    return [
        {"weekday": say(WEEKDAYS[day.weekday()][:_SHORT]), "date": _date(day, say)} for day in week
    ]


def _span(week: Period, say: _Say) -> str:
    first, last = (_date(day, say) for day in (week.first, week.last))
    year = "" if week.first.year == week.last.year else f" {week.first.year}"
    return f"{first}{year} – {last} {week.last.year}"


def _date(day: date, say: _Say) -> str:
    form = say(translate("week", "{day} {month}"))
    return form.format(day=day.day, month=say(MONTHS[day.month - 1][:_SHORT]))


def _german() -> _Say:
    """Return what says a text of the sheet in German; people's own words stay as they are."""
    words = json.loads(assets.path("report", "week.de.json").read_text(encoding="utf-8"))
    return lambda text: words.get(text, text)
