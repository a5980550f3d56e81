"""Blood tests: the results of one over time, or a new result where there is none yet."""

from collections.abc import Iterator
from functools import partial

from moodlab.i18n import translate
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_tests(around: Around) -> Iterator[Entry]:
    for test in around.session.journal.labs.catalogue().analytes:
        yield Entry(
            f"test {test.id}",
            test.label,
            translate("palette", "Its results in Labs"),
            partial(around.main.go_to, "labs", f"test {test.id}"),
            also=test.id.replace("_", " "),
        )


PROVIDER = Provider(_read_tests)
