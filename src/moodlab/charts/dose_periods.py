"""How the days were during each dose of a treatment."""

from datetime import date
from typing import TYPE_CHECKING

from moodlab.analysis.spans import Spans, read_dose_periods
from moodlab.charts.chart import Asked, Chart, Drawn, Subject
from moodlab.charts.spans import (
    describe_spans,
    draw_spans,
    measure_spans,
    read_day,
    tabulate_spans,
)
from moodlab.domain.courses import fold_name
from moodlab.domain.diary import Diary
from moodlab.i18n import QT_TRANSLATE_NOOP, translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def offer(diary: Diary, _today: date) -> tuple[Subject, ...]:
    """Offer every treatment with a dose, the one begun last first."""
    found = {
        fold_name(treatment.name): treatment.name
        for treatment in sorted(diary.treatments, key=lambda each: each.first_day)
        if treatment.doses
    }
    return tuple(Subject(name, label) for name, label in reversed(found.items()))


def draw(figure: "Figure", result: Spans, theme: Theme) -> Drawn:
    """Draw every metric with a box for each dose period."""
    return draw_spans(figure, result, theme, translate("chart", "DAYS ON EACH DOSE"))


def explain_empty(result: Spans) -> str:
    """Return why there is nothing to draw."""
    if result.spans:
        return ""
    return translate("chart", "No dose of this treatment falls into these days.")


CHART = Chart(
    id="dose_periods",
    name=QT_TRANSLATE_NOOP("chart", "Dose periods"),
    title=QT_TRANSLATE_NOOP("chart", "What was it like on each dose?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "Each box covers the days of one dose: the thick line is the middle value, the box the"
        " middle half of the days with a value. A box needs seven. Single days are dots. Other"
        " things changed too: nothing here shows a cause.",
    ),
    read=read_dose_periods,
    measure=measure_spans,
    draw=draw,
    describe=describe_spans,
    read_day=read_day,
    tabulate=tabulate_spans,
    asked=Asked(QT_TRANSLATE_NOOP("chart", "Treatment"), offer),
    explain_empty=explain_empty,
)
