"""What a lab calls a result, and which of its words about one result is the last.

A lab goes from registered to preliminary, final, corrected and withdrawn, never back; between two
words of one stage the moment decides. So the order in which they arrive does not matter.
"""

from moodlab.domain.labs.results import LabResult
from moodlab.i18n import translate

WITHDRAWN = frozenset({"entered-in-error", "cancelled"})
_STAGES = {
    "registered": 0, "preliminary": 1, "corrected": 3, "amended": 3, "appended": 3,
    "entered-in-error": 4, "cancelled": 4,
}  # fmt: skip
_FINAL = 2


def stage_of(status: str) -> int:
    """Return how far along a status is; an unknown one counts as final."""
    return _STAGES.get(status, _FINAL)


def compare_words(one: LabResult, other: LabResult) -> int:
    """Return 1 where `one` is the lab's later word, -1 where it is the earlier, 0 if unknown."""
    stages = stage_of(one.status), stage_of(other.status)
    if stages[0] != stages[1]:
        return 1 if stages[0] > stages[1] else -1
    if not one.issued or not other.issued or one.issued == other.issued:
        return 0
    return 1 if one.issued > other.issued else -1


def withdrawn_words(status: str) -> str:
    """Return what the lab says with a status that withdraws a result."""
    if status == "cancelled":
        return translate("import", "The lab says that the test was cancelled.")
    return translate("import", "The lab says that it was entered in error.")


def said_by_lab(result: LabResult) -> str:
    """Return what the lab says about its own result; empty where it is just final."""
    words = [result.remark]
    if stage_of(result.status) != _FINAL:
        said = translate("labs", "The lab calls it {status}.").format(status=result.status)
        words.insert(0, said)
    return " ".join(text for text in words if text)
