"""``find``: where a text stands in notes, events, questions and treatments."""

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.commands.records import shown
from moodlab.commands.records.shown import Shown
from moodlab.domain.days import short_date
from moodlab.domain.history.finding import Hit, nothing_found
from moodlab.i18n import translate


@command("find", [argument("text")])
def find(place: Place, text: str) -> Answer:
    """Find a text in notes, events, questions, treatments and notes of blood results."""
    with place.open_journal(read_only=True) as journal:
        found = journal.find(text)
    rows = [_show(hit) for hit in found.hits]
    lines = [words for words, _ in rows] or [nothing_found(text)]
    more = found.total - len(found.hits)
    if more:
        lines.append(translate("find", "and {n} earlier ones").format(n=more))
    return Answer(
        "\n".join(lines),
        {"text": text, "count": found.total, "rows": shown.data_of(rows)},
        only_tells=True,
    )


def _show(hit: Hit) -> Shown:
    before, match, after = hit.excerpt
    form = translate("find", "{day}  {kind}: {text}")
    return form.format(day=short_date(hit.day), kind=hit.kind, text=hit.excerpt.text), {
        "day": hit.day.isoformat(),
        "kind": hit.table,
        "id": hit.key,
        "part": hit.column,
        "before": before,
        "match": match,
        "after": after,
    }
