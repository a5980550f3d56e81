from moodlab.charts.chart import Table
from moodlab.charts.table import as_tsv


def test_a_copied_table_has_cells_that_a_spreadsheet_reckons_with() -> None:
    table = Table(("Day", "Weight change"), (("2026-03-04", "−0.5"), ("2026-03-05", "a −\tb\nc")))

    assert as_tsv(table) == "Day\tWeight change\n2026-03-04\t-0.5\n2026-03-05\ta − b c\n"
