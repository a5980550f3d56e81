"""The blocks of plain text that the page consists of, before layout."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Middle:
    """``6 (5–7)`` with ``n=21``. With too few values, only `n` has a text."""

    figures: str
    n: str


@dataclass(frozen=True, slots=True)
class MetricRow:
    """The words beside one panel; `spans` are about the whole period.

    `short_spans` leave out how often it was "could not say", for a sheet without room for it.
    """

    id: str
    name: str
    direction: str
    spans: tuple[str, ...]
    short_spans: tuple[str, ...]
    recent: Middle
    previous: Middle


@dataclass(frozen=True, slots=True)
class Legend:
    """One mark of the panels and what it means; `mark` names the drawing."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and rows of text. `shares` are the columns' widths, relative to each other."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PageText:
    """All text of the page, block by block in the order in which it is read.

    `glance` pairs a label with its sentence. `rows` is empty and `day_list` given where the period
    is too short for a summary. `details` are the tables of the further pages. Blocks that have
    nothing to say are empty, and then take no room. `unable` stands among the details where the
    first sheet has no room for it.
    """

    title: str
    example: str
    identity: tuple[tuple[str, str], ...]
    glance_heading: str
    glance: tuple[tuple[str, str], ...]
    row_heads: tuple[str, ...]
    legend: tuple[Legend, ...]
    rows: tuple[MetricRow, ...]
    too_few_days: str
    day_list: Table | None
    labs_panel: tuple[str, ...]
    treatments: tuple[str, str]
    treatments_left_out: str
    events: tuple[str, ...]
    coverage: tuple[str, ...]
    labs: Table
    labs_left_out: str
    questions_heading: str
    questions: tuple[str, ...]
    notes_heading: str
    notes: tuple[str, ...]
    how_to_read: tuple[str, str]
    purpose: str
    details_heading: str
    unable: Table | None
    details: tuple[Table, ...]
    footer: str
    document_title: str


def words_of(page: PageText) -> Iterator[str]:
    """Yield every text of the page in reading order, without the empty ones."""
    return (text for text in _all_of(page) if text)


def _all_of(page: PageText) -> Iterator[str]:
    yield from (page.title, page.example)
    for label, value in page.identity:
        yield from (label, value)
    yield page.glance_heading
    for label, sentence in page.glance:
        yield from (label, sentence)
    yield page.too_few_days
    if page.day_list is not None:
        yield from _table(page.day_list)
    yield from page.row_heads
    yield from (entry.text for entry in page.legend)
    for row in page.rows:
        yield from (row.name, row.direction, *row.spans)
        for middle in (row.recent, row.previous):
            yield from (middle.figures, middle.n)
    yield from page.labs_panel
    yield from (*page.treatments, page.treatments_left_out, *page.events)
    yield from page.coverage
    yield from _table(page.labs)
    yield page.labs_left_out
    yield from (page.questions_heading, *page.questions, page.notes_heading, *page.notes)
    yield from (*page.how_to_read, page.purpose, page.details_heading)
    for table in page.details:
        yield from _table(table)
    yield page.footer


def _table(table: Table) -> Iterator[str]:
    yield from (table.heading, table.remark, *table.heads)
    for row in table.rows:
        yield from row
