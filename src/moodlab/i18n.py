"""Where text becomes another language, without Qt. English is the only language so far.

``pyside6-lupdate`` finds texts by the names of these functions, so a text can stand in any layer.
It is a literal, always; values go in with ``.format`` afterwards.
"""


class Marked(str):
    """A text of a table, with the context that `translate_marked` looks it up in."""

    __slots__ = ("context",)
    context: str


def QT_TRANSLATE_NOOP(context: str, text: str) -> Marked:  # noqa: N802 - lupdate knows this name
    """Mark a literal that is translated later, where a table's entry is shown."""
    marked = Marked(text)
    marked.context = context
    return marked


def translate(context: str, text: str) -> str:
    """Return a literal in the chosen language."""
    return text


def translate_marked(text: Marked) -> str:
    """Return a text that `QT_TRANSLATE_NOOP` marked in the chosen language."""
    return translate(text.context, str(text))
