"""The questionnaires that can be filled in."""

from collections.abc import Iterator
from functools import partial

from moodlab.domain.tracking.instruments import INSTRUMENTS
from moodlab.i18n import translate
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_questionnaires(around: Around) -> Iterator[Entry]:
    for instrument in INSTRUMENTS:
        yield Entry(
            f"questionnaire {instrument.name}",
            instrument.name,
            translate("palette", "Fill it in"),
            partial(around.main.go_to, "questionnaires", f"fill {instrument.name}"),
            also=instrument.name.replace("-", ""),
        )


PROVIDER = Provider(_read_questionnaires)
