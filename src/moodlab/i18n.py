"""Where text becomes another language, without Qt.

``pyside6-lupdate`` finds ``translate("context", "text")`` by the function's name, so the text can
stand in any layer. The text itself is a literal; values go in with ``.format`` afterwards.
"""

from collections.abc import Callable

_translator: Callable[[str, str], str] | None = None


def translate(context: str, text: str) -> str:
    """Return `text` in the chosen language, or as it stands where no language is installed."""
    return text if _translator is None else _translator(context, text)


def install_translator(translator: Callable[[str, str], str] | None) -> None:
    """Choose where `translate` looks texts up; ``None`` returns to English."""
    global _translator  # one language per process, set once at start
    _translator = translator
