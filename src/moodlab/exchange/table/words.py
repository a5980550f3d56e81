"""How a table was understood, in words: what shows a wrong mapping before anything is written."""

from collections.abc import Iterator

from moodlab.domain.days import short_date, span_text
from moodlab.domain.intake import TableSummary
from moodlab.domain.metrics import BY_ID
from moodlab.i18n import translate


def table_words(table: TableSummary) -> Iterator[str]:
    """Yield the span of days, the days with each rating, and what became of the rows."""
    if table.days is not None:
        one = table.days.first == table.days.last
        yield translate("import", "Days: {span}.").format(
            span=short_date(table.days.first) if one else span_text(table.days)
        )
    if table.ratings:
        # A number stays on the line of its rating.
        ratings = ", ".join(
            f"{BY_ID[metric].shown_label}\u00a0{count:,}" for metric, count in table.ratings
        )
        yield translate("import", "Days with a rating: {ratings}.").format(ratings=ratings)
    yield translate("import", "Rows read: {n}.").format(n=f"{table.rows:,}")
    if table.together:
        yield translate("import", "Brought together, as they share a day: {n}.").format(
            n=f"{table.together:,}"
        )
    if table.without_time:
        yield translate("import", "Without a time of writing: {n}.").format(
            n=f"{table.without_time:,}"
        )
    if table.unread_time:
        yield translate("import", "With a time that can't be read: {n}.").format(
            n=f"{table.unread_time:,}"
        )
