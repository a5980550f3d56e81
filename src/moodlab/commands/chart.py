"""``chart``: one chart of Trends as a picture, a drawing or its values."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from moodlab.commands.command import Answer, Place, argument, command, option, read_day
from moodlab.commands.saving import overwrite_flag, save_file
from moodlab.domain.days import Period, span_text
from moodlab.domain.diary import Diary
from moodlab.domain.errors import Refused
from moodlab.exchange.formulas import guard
from moodlab.i18n import translate
from moodlab.store.journal import Journal

if TYPE_CHECKING:
    from moodlab.charts.chart import Chart, Subject

WIDTH_PT = 780.0
USUAL_DAYS = 84


@command(
    "chart",
    [
        argument("out"),
        argument("chart", required=False),
        argument("subject", required=False),
        option("--from", "DAY", "First day (default: 84 days)."),
        option("--to", "DAY", "Last day (default: today)."),
        overwrite_flag(),
    ],
)
def chart(
    place: Place,
    out: str,
    chart: str | None,
    subject: str | None,
    overwrite: bool,
    **texts: str | None,
) -> Answer:
    """Save a chart to OUT: .png, .svg or .csv, such as ``chart OUT.png one_metric mood``."""
    # The registry of charts is not needed by other commands.
    from moodlab.charts.drawing.framed import Framed
    from moodlab.report.chart_files import SUFFIXES, write_chart

    target, shown = Path(out), _find_chart(chart)
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused(
            translate("chart", "{name} does not end in .png, .svg or .csv.").format(
                name=target.name
            )
        )
    with place.open_journal(read_only=True) as journal:
        period = _period(journal, texts["from"], texts["to"])
        span = journal.days.rated_span()
        first = min(period.first, span[0]) if span else period.first
        diary = journal.read_diary(Period(first, period.last))
    about = _find_subject(shown, subject, diary, period.last)
    result = shown.read_subject(diary, period, about.id if about else "")
    if reason := shown.explain_empty(result):
        raise Refused(reason)
    days = span_text(period) if shown.follows_range else ""
    line = " · ".join(text for text in (about.label if about else "", days) if text)
    framed = Framed(shown, result, line, WIDTH_PT)
    save_file(target, write_chart(suffix, framed, guard), overwrite=overwrite)
    return Answer(
        translate("chart", "Saved {name}: {title} {line}").format(
            name=target, title=shown.shown_title, line=line
        ),
        {
            "saved": str(target),
            "chart": shown.id,
            "subject": about.id if about else None,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
        },
    )


def _period(journal: Journal, first: str | None, last: str | None) -> Period:
    end = read_day(journal, last) or journal.today_where_last_written()
    begin = read_day(journal, first)
    return Period(begin, end) if begin else Period.ending(end, USUAL_DAYS)


def _find_chart(name: str | None) -> "Chart":
    from moodlab.charts import ALL

    if name is None:
        return ALL[0]
    found = next((each for each in ALL if each.id == name), None)
    if found is None:
        raise Refused(
            translate("chart", "There is no chart “{name}”. There are {names}.").format(
                name=name, names=", ".join(each.id for each in ALL)
            )
        )
    return found


def _find_subject(chart: "Chart", typed: str | None, diary: Diary, today: date) -> "Subject | None":
    """Return what the chart is about. Raises Refused where that is not there."""
    asked = chart.asked
    if asked is None:
        if typed is not None:
            raise Refused(translate("chart", "This chart takes no subject: leave it out."))
        return None
    offered = asked.offer(diary, today)
    found = next((each for each in offered if typed in (each.id, each.label)), None)
    if found is not None:
        return found
    if typed is not None:
        if asked.read is not None:
            return asked.read(typed, diary, today)
        raise Refused(
            translate("chart", "“{subject}” is not in the journal. There is {offered}.").format(
                subject=typed, offered=", ".join(each.id for each in offered) or "–"
            )
        )
    usual = asked.usual(offered, today)
    if usual is None:
        raise Refused(
            translate("chart", "Say what the chart is about, for example “{example}”.").format(
                example=asked.example
            )
            if asked.read is not None
            else translate("chart", "There is nothing in the journal yet for this chart.")
        )
    return usual
