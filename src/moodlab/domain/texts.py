"""How long a text of a record may be. What is longer is likelier a wrong column or a paste."""

from moodlab.domain.errors import Refused
from moodlab.i18n import translate

LONGEST_WORDS = 200
LONGEST_NOTE = 1000


def refuse_long(text: str, most: int = LONGEST_WORDS) -> None:
    """Raise Refused for a text of more than `most` characters."""
    if len(text) > most:
        raise Refused(
            translate("events", "That is {count} characters, and {most} fit. Shorten it.").format(
                count=len(text), most=most
            )
        )
