"""A chart as a file: a picture, a drawing or its values, by the suffix of the name."""

import csv
from collections.abc import Callable
from io import StringIO

from moodlab.charts.chart import Table
from moodlab.charts.drawing.framed import Framed, framed_png, framed_svg

# What is kept beside each other: suffix → whether it is a picture.
SUFFIXES = (".png", ".svg", ".csv")


def write_chart(suffix: str, framed: Framed, guard: Callable[[str], str]) -> bytes:
    """Return the file's content. `guard` keeps a cell from being run as a formula."""
    if suffix == ".png":
        return framed_png(framed)
    if suffix == ".svg":
        return framed_svg(framed)
    return write_table(framed.chart.tabulate(framed.result), guard)


def write_table(table: Table, guard: Callable[[str], str]) -> bytes:
    """Return the plotted values as CSV that spreadsheets open, with a line for each row."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([guard(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
