"""``sheet``: the blank week sheet as a PDF, to fill in by hand."""

from pathlib import Path

from moodlab.commands.command import Answer, Place, argument, choose, command, option, read_day
from moodlab.commands.saving import overwrite_flag, save_file
from moodlab.domain.days import Period, span_text
from moodlab.domain.errors import Refused
from moodlab.domain.tracking.week import asked_in, week_from
from moodlab.i18n import translate

PAPERS = ("a4", "letter")
LANGUAGES = ("en", "de")


@command(
    "sheet",
    [
        argument("out"),
        option("--from", "DAY", "Print seven dates from this day on (default: room for them)."),
        option("--paper", "PAPER", "Paper size: a4 or letter (a4)."),
        option("--language", "LANGUAGE", "Language of the sheet: en or de."),
        overwrite_flag(),
    ],
)
def sheet(
    place: Place,
    out: str,
    paper: str | None,
    language: str | None,
    overwrite: bool,
    **texts: str | None,
) -> Answer:
    """Save a blank week sheet to OUT, a PDF, with what you track and no entries."""
    target = Path(out)
    if target.suffix.lower() != ".pdf":
        raise Refused(translate("week", "{name} does not end in .pdf.").format(name=target.name))
    size = choose("--paper", paper, PAPERS)
    tongue = choose("--language", language, LANGUAGES)
    with place.open_journal(read_only=True) as journal:
        day = read_day(journal, texts["from"])
        week = None if day is None else week_from(day)
        today = journal.today()
        metrics = asked_in(journal.read_metrics(), week or Period(today, today))
    first = None if week is None else week.first
    # It brings typst, which nothing else here needs.
    from moodlab.report.week_sheet import typeset_week

    document = typeset_week(metrics, first, paper=size, language=tongue).to_pdf()
    save_file(target, document.content, overwrite=overwrite)
    saved = (
        translate("week", "Saved {name}: a blank week.").format(name=target)
        if week is None
        else translate("week", "Saved {name}: a blank week, {span}.").format(
            name=target, span=span_text(week)
        )
    )
    return Answer(
        " ".join((saved, *document.warnings)),
        {
            "sheet": str(target),
            "from": first and first.isoformat(),
            "metrics": [metric.id for metric in metrics],
            "warnings": list(document.warnings),
        },
    )
