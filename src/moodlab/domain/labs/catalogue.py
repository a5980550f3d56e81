"""All tests that a journal knows: the built-in ones, and those of the person's own."""

import re
from collections.abc import Iterable
from decimal import Decimal

from moodlab.domain.errors import Refused
from moodlab.domain.ids import derived_id
from moodlab.domain.labs.analytes import ANALYTES, Analyte
from moodlab.domain.labs.units import Conversion
from moodlab.i18n import translate

MOST_OWN = 2000
LONGEST_LABEL = 100
_LONGEST_ID = 60
_MOST_NAMED = 20
AS_PRINTED = "as printed"
_BY_CODE = "code_"


def _fold_name(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


class Catalogue:
    """Finds tests by id, name or LOINC code. It never changes; `with_analyte` returns another."""

    def __init__(self, own: Iterable[Analyte] = ()) -> None:
        self.own = tuple(own)
        self.by_id = {analyte.id: analyte for analyte in (*self.own, *ANALYTES)}
        self._by_loinc: dict[str, Analyte] = {}
        self._by_name: dict[str, Analyte] = {}
        # What is built in stands first: its names and codes keep their meaning.
        for analyte in (*ANALYTES, *self.own):
            for code in (analyte.loinc, *analyte.other_loincs):
                if code:
                    self._by_loinc.setdefault(code, analyte)
            for name in (analyte.id, analyte.label, *analyte.other_names):
                self._by_name.setdefault(_fold_name(name), analyte)

    @property
    def analytes(self) -> tuple[Analyte, ...]:
        """Every test, the built-in ones first."""
        return (*ANALYTES, *self.own)

    def find(self, name: str) -> Analyte:
        """Return the test called `name`, ``hs-CRP`` or ``hscrp``. Raises Refused if none."""
        analyte = self.meant_by(name)
        if analyte is None:
            raise Refused(
                translate(
                    "labs",
                    "There is no test called “{name}”. Known tests: {known}. Add your own in the"
                    " window, on the page Labs, with “Another test…”.",
                ).format(name=name, known=self._known_in_words())
            )
        return analyte

    def _known_in_words(self) -> str:
        named = [analyte.label for analyte in self.analytes[: len(ANALYTES) + _MOST_NAMED]]
        more = len(self.own) - _MOST_NAMED
        if more > 0:
            named.append(translate("labs", "and {n} more").format(n=more))
        return ", ".join(named)

    def meant_by(self, name: str) -> Analyte | None:
        """Return the test called `name`, or None."""
        return self._by_name.get(_fold_name(name))

    def coded(self, loinc: str) -> Analyte | None:
        """Return the test with this LOINC code, or None."""
        return self._by_loinc.get(loinc)

    def with_analyte(self, analyte: Analyte) -> "Catalogue":
        """Return a catalogue with one more test, or with another version of an own one.

        Raises Refused beyond `MOST_OWN`: no person has so many different tests.
        """
        others = tuple(own for own in self.own if own.id != analyte.id)
        if len(others) >= MOST_OWN:
            raise Refused(
                translate(
                    "labs",
                    "You already have {most} tests of your own, the most that MoodLab keeps.",
                ).format(most=MOST_OWN)
            )
        return Catalogue((*others, analyte))

    def is_own(self, analyte: Analyte) -> bool:
        """Whether a test is the person's own, and not built in."""
        return analyte in self.own


BUILT_IN = Catalogue()


def is_coded(analyte: Analyte) -> bool:
    """Whether a test of one's own is known by a code, and not by its name."""
    return analyte.id.startswith(_BY_CODE) or analyte.id.startswith("loinc_")


def own_analyte(
    label: str,
    units: Iterable[Conversion] = (),
    *,
    loinc: str = "",
    code: str = "",
    apart: str = "",
) -> Analyte:
    """Return a test of the person's own, its id made from the LOINC code, a laboratory's own
    ``system|code``, or else from the label.

    `apart` sets tests of one name apart, such as results in a unit that does not convert. Raises
    Refused for an empty or very long label.
    """
    name = " ".join(label.split())
    if not name or len(name) > LONGEST_LABEL:
        raise Refused(
            translate("labs", "Enter a test name of up to {most} characters.").format(
                most=LONGEST_LABEL
            )
        )
    if code and not loinc:
        return Analyte(f"{_BY_CODE}{derived_id(code, apart)}", name, "", tuple(units))
    words = f"loinc {loinc}" if loinc else f"own {name}"
    slug = re.sub(r"[\W_]+", "_", f"{words} {apart}".casefold()).strip("_")
    if len(slug) > _LONGEST_ID:
        slug = f"own_{derived_id(name, loinc, apart)}"
    elif not loinc and slug != f"own {name} {apart}".casefold().strip().replace(" ", "_"):
        # Signs were lost: antibody A+ is not antibody A−.
        slug += "_" + derived_id(name.casefold())[:8]
    return Analyte(slug, name, loinc, tuple(units))


def unit_as_printed(unit: str) -> Conversion:
    """Return the canonical unit of an own test: just as it was printed."""
    return Conversion(" ".join(unit.split()), Decimal(1), AS_PRINTED)
