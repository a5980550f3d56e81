"""What a person chose for the page: sections left out, one sheet, large print, the day list."""

from collections.abc import Iterable
from dataclasses import dataclass

from moodlab.domain.errors import Refused
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

# By the word that commands and preferences use.
SECTIONS = {
    "name": QT_TRANSLATE_NOOP("report", "Name and date of birth"),
    "labs": QT_TRANSLATE_NOOP("report", "Blood results"),
    "treatments": QT_TRANSLATE_NOOP("report", "Treatments"),
    "events": QT_TRANSLATE_NOOP("report", "Events"),
    "questions": QT_TRANSLATE_NOOP("report", "Questions for the visit"),
    "notes": QT_TRANSLATE_NOOP("report", "Notes ticked for my doctor"),
    "days-when": QT_TRANSLATE_NOOP("report", "Days when"),
    "draws": QT_TRANSLATE_NOOP("report", "Days before each draw"),
    "doses": QT_TRANSLATE_NOOP("report", "Days of each dose"),
    "weeks": QT_TRANSLATE_NOOP("report", "Completeness by week"),
    "questionnaires": QT_TRANSLATE_NOOP("report", "Questionnaire totals"),
}


@dataclass(frozen=True, slots=True)
class PageOptions:
    """`without` holds the words of `SECTIONS` that are left out, in every format."""

    without: frozenset[str] = frozenset()
    is_one_sheet: bool = False
    is_large: bool = False
    has_appendix: bool = False

    def has(self, section: str) -> bool:
        """Whether a section is on the page."""
        return section not in self.without


def refuse_odd_options(options: PageOptions) -> None:
    """Raise Refused for an unknown section, and for what does not go together."""
    if unknown := sorted(options.without - set(SECTIONS)):
        raise Refused(
            translate("report", "{name} is no section. There are: {known}.").format(
                name=unknown[0], known=", ".join(SECTIONS)
            )
        )
    if options.is_one_sheet and (options.is_large or options.has_appendix):
        raise Refused(translate("report", "Large print and the day list need more than one sheet."))


def read_sections(stored: str) -> frozenset[str]:
    """Return the sections that a preference names; what is unknown is passed over."""
    return frozenset(stored.split()) & set(SECTIONS)


def write_sections(sections: Iterable[str]) -> str:
    """Return sections as a preference."""
    return " ".join(sorted(sections))
