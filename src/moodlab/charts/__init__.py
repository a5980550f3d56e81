"""Charts: one module for each chart, drawn with matplotlib and without Qt.

TO ADD A CHART: one file with a `Chart`, and its name in `ALL`. matplotlib is imported inside the
functions that draw, so that reading this registry costs nothing.
"""

from moodlab.charts import overview
from moodlab.charts.chart import Chart

ALL: tuple[Chart, ...] = (overview.CHART,)
