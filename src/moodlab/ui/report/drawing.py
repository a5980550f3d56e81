"""What the Report page has the Worker do: read, set, draw and save, beside the window."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from moodlab.domain.days import Period, span_text
from moodlab.i18n import translate
from moodlab.report.files import save_atomically
from moodlab.report.leaving_out import describe_contents, leave_out
from moodlab.report.model import (
    SHORTEST_SUMMARY,
    ReportModel,
    build_report,
    choose_period,
    reading_for,
)
from moodlab.report.options import PageOptions
from moodlab.store.journal import Journal
from moodlab.ui.report.period_choice import DAYS, OWN, SINCE, ChosenPeriod
from moodlab.ui.widgets.paper.drawn_sheets import DrawnSheets, render
from moodlab.ui.worker import Progress


@dataclass(frozen=True, slots=True)
class DrawnPage(DrawnSheets):
    """The page as it was drawn: what is saved is what `sheets` show, at `dpi`."""

    period: Period
    text: str
    contents: str
    model: ReportModel

    @property
    def about(self) -> str:
        """Which days it is about, or that they are too few for a summary."""
        days = len(self.period)
        if days < SHORTEST_SUMMARY:
            return translate(
                "report", "Not enough days for a summary page. You can save a day list instead."
            )
        return translate("report", "{span}, {days} days").format(
            span=span_text(self.period), days=days
        )

    @property
    def sheets_text(self) -> str:
        """How many sheets it takes."""
        count = len(self.sheets)
        if count == 1:
            return translate("report", "1 sheet")
        return translate("report", "{n} sheets: the page and its details").format(n=count)

    def suggested_name(self, kind: str) -> str:
        """Return a file name that says what it is, without saying who it is about."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return f"symptom-summary_{first}_{last}.{kind}"

    def save(self, target: Path, kind: str) -> tuple[str, ...]:
        """Save as ``pdf``, ``txt`` or ``html`` and return warnings. Raises NotSaved. Slow."""
        if kind == "html":
            from moodlab.report.html import write_html

            save_atomically(target, write_html(self.model).encode(), overwrite=True)
            return ()
        if kind == "txt":
            # The dialog asked about an existing file.
            save_atomically(target, self.text.encode(), overwrite=True)
            return ()
        printed = self.document.to_pdf()
        save_atomically(target, printed.content, overwrite=True)
        return tuple(printed.warnings)


def describe_saved(target: Path, warnings: tuple[str, ...]) -> str:
    """Return what to say after saving: where it is, and who can read it."""
    kind = (
        translate("report", "The PDF is not encrypted.")
        if target.suffix == ".pdf"
        else translate("report", "The file is not encrypted.")
    )
    saved = translate("report", "Saved {name}.").format(name=target.name)
    readable = translate("report", "Anyone who has the file can read it.")
    return " ".join((saved, kind, readable, *warnings))


def draw_page(
    journal: Journal,
    progress: Progress,
    choice: ChosenPeriod,
    today: date,
    paper: str,
    dpi: float,
    options: PageOptions,
) -> DrawnPage:
    """Make the page. Slow, and the first time it loads what draws."""
    from moodlab.report.pdf import typeset
    from moodlab.report.text import write_text

    period = _resolve(choice, journal, today)
    diary = journal.read_diary(reading_for(period))
    built = build_report(diary, period, from_first_entry=choice.preset != OWN, options=options)
    model = leave_out(built)
    progress(1, 3)
    document = typeset(model, paper)
    progress(2, 3)
    sheets = render(document, dpi)
    contents = describe_contents(model)
    return DrawnPage(document, dpi, sheets, model.period, write_text(model), contents, model)


def _resolve(choice: ChosenPeriod, journal: Journal, today: date) -> Period:
    events = journal.events.read_events()
    if choice.preset == OWN:
        return choose_period(today, events, choice.first, choice.last)
    if choice.preset == SINCE:
        return choose_period(today, events)
    return Period.ending(today, DAYS[choice.preset])
