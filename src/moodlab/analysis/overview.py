"""Everything that charts show of a period, computed once for the window and the page."""

from dataclasses import dataclass

from moodlab.analysis.coverage import Coverage, DayClass, classify_days, measure_coverage
from moodlab.analysis.lab_marks import LabMarks, mark_labs, mark_others
from moodlab.analysis.series import MetricSeries, series_in
from moodlab.analysis.smoothing import BinRule, bin_rule
from moodlab.analysis.timeline import Timeline, read_timeline
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.domain.labs.analytes import INFLAMMATION


@dataclass(frozen=True, slots=True)
class Overview:
    """The weeks of `period`: series by direction, the class of each day, what else went on.

    `labs` is CRP by any assay, `other_labs` every other substance with a result.
    """

    period: Period
    series: tuple[MetricSeries, ...]
    classes: tuple[DayClass, ...]
    coverage: Coverage
    timeline: Timeline
    labs: LabMarks
    other_labs: tuple[LabMarks, ...]
    is_example: bool

    @property
    def binning(self) -> BinRule | None:
        """Whether the period is drawn day by day (None), by week or by month."""
        return bin_rule(len(self.period))

    @property
    def leading_labs(self) -> LabMarks:
        """The substance that gets the page's panel: CRP, or else the first one with a mark.

        Only inflammation tests are drawn there; without any, the marks are CRP's, and empty.
        """
        marked = {labs.substance: labs for labs in self.other_labs if labs.marks}
        if self.labs.marks:
            return self.labs
        return next((marked[each] for each in INFLAMMATION if each in marked), self.labs)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to draw."""
        return not (
            self.coverage.no_entry < self.coverage.days
            or self.labs.results
            or self.other_labs
            or self.timeline.lanes
            or self.timeline.events
        )


def read_overview(diary: Diary, period: Period) -> Overview:
    """Return the overview of `period`; the diary reaches 56 days before its last day."""
    return Overview(
        period=period,
        series=series_in(diary, period),
        classes=tuple(classify_days(diary, period).values()),
        coverage=measure_coverage(diary, period),
        timeline=read_timeline(diary, period),
        labs=mark_labs(diary, period),
        other_labs=mark_others(diary, period),
        is_example=diary.is_example,
    )
