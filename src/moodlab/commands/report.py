"""``report``: the page as PDF, text, HTML or JSON."""

from pathlib import Path

from moodlab.commands.command import (
    Answer,
    Place,
    argument,
    choose,
    command,
    flag,
    option,
    read_day,
)
from moodlab.commands.saving import overwrite_flag, save_file
from moodlab.domain.days import span_text
from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.report.leaving_out import leave_out
from moodlab.report.model import (
    ReportModel,
    build_report,
    choose_period,
    explain_period,
    reading_for,
)
from moodlab.report.options import SECTIONS, PageOptions, refuse_odd_options
from moodlab.store.journal import Journal

PAPERS = ("a4", "letter")
LANGUAGES = ("en",)


@command(
    "report",
    [
        argument("out"),
        option("--from", "DAY", "First day (default: since the last appointment, or 84 days)."),
        option("--to", "DAY", "Last day (default: today)."),
        option("--paper", "PAPER", "Paper size: a4 or letter (a4)."),
        option("--language", "LANGUAGE", "Language of the page: en."),
        option("--pages", "1", "Only the first sheet: 1."),
        option("--without", "SECTIONS", f"Leave out, with commas between: {', '.join(SECTIONS)}."),
        option("--around", "DAY", "Compare the four weeks before and from this day."),
        flag("--large", "Large print (14 pt)."),
        flag("--appendix", "Add the list of all days."),
        overwrite_flag(),
    ],
)
def report(
    place: Place,
    out: str,
    paper: str | None,
    language: str | None,
    overwrite: bool,
    large: bool,
    appendix: bool,
    **texts: str | None,
) -> Answer:
    """Save the page to OUT: .pdf, .txt, .html or .json."""
    target = Path(out)
    kind = target.suffix.lower()
    if kind not in (".pdf", ".txt", ".html", ".json"):
        raise Refused(
            translate("report", "{name} does not end in .pdf, .txt, .html or .json.").format(
                name=target.name
            )
        )
    sheet = choose("--paper", paper, PAPERS)
    tongue = choose("--language", language, LANGUAGES)
    options = _read_options(texts["pages"], texts["without"], large=large, appendix=appendix)
    with place.open_journal(read_only=True) as journal:
        model, about = _build(journal, texts["from"], texts["to"], tongue, options, texts["around"])
    content, warnings = _write(kind, model, sheet)
    save_file(target, content, overwrite=overwrite)
    saved = translate("report", "Saved {name}: {span}.").format(
        name=target, span=span_text(model.period)
    )
    return Answer(
        " ".join(filter(None, (saved, about, *warnings))),
        {
            "report": str(target),
            "from": model.period.first.isoformat(),
            "to": model.period.last.isoformat(),
            "warnings": list(warnings),
        },
    )


def _build(
    journal: Journal,
    first: str | None,
    last: str | None,
    language: str,
    options: PageOptions,
    around: str | None,
) -> tuple[ReportModel, str]:
    """Return the report, and a sentence where its days are not those since the appointment."""
    today, events = journal.today_where_last_written(), journal.events.read_events()
    period = choose_period(today, events, read_day(journal, first), read_day(journal, last))
    about = explain_period(today, events, period) if first is None else ""
    diary = journal.read_diary(reading_for(period))
    model = build_report(
        diary,
        period,
        language=language,
        from_first_entry=first is None,
        options=options,
        around=read_day(journal, around),
    )
    return leave_out(model), about


def _read_options(
    pages: str | None, without: str | None, *, large: bool, appendix: bool
) -> PageOptions:
    if pages not in (None, "1"):
        raise Refused(translate("report", "--pages takes 1: the first sheet alone."))
    named = (without or "").replace(",", " ").lower().split()
    options = PageOptions(frozenset(named), pages == "1", large, appendix)
    refuse_odd_options(options)
    return options


def _write(kind: str, model: ReportModel, paper: str) -> tuple[bytes, tuple[str, ...]]:
    if kind == ".pdf":
        from moodlab.report.pdf import write_pdf

        document = write_pdf(model, paper)
        return document.content, document.warnings
    if kind == ".txt":
        from moodlab.report.text import write_text

        return write_text(model).encode(), ()
    if kind == ".html":
        from moodlab.report.html import write_html

        return write_html(model).encode(), ()
    from moodlab.report.json import write_json

    return write_json(model).encode(), ()
