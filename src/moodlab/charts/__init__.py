"""Charts: one module for each chart, drawn with matplotlib and without Qt.

TO ADD A CHART: one file with a `Chart`, and its name in `ALL`; the page Trends then offers it.
matplotlib is imported inside the functions that draw, so that reading this registry costs nothing.
"""

from moodlab.charts import (
    around,
    compare,
    days_when,
    dose_periods,
    draws,
    labs,
    one_metric,
    overview,
)
from moodlab.charts.chart import Chart

ALL: tuple[Chart, ...] = (
    overview.CHART,
    one_metric.CHART,
    dose_periods.CHART,
    around.CHART,
    draws.CHART,
    compare.CHART,
    days_when.CHART,
    labs.CHART,
)
