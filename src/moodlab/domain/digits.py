"""Digits of any script as 0 to 9: a Persian or Arabic keyboard types its own."""

# The Arabic signs for a decimal point and between thousands.
_SIGNS = {"\u066b": ".", "\u066c": ","}


def western_digits(text: str) -> str:
    """Return `text` with each decimal digit as 0 to 9; superscripts and fractions stay."""
    if text.isascii():
        return text
    return "".join(
        str(int(letter)) if letter.isdecimal() else _SIGNS.get(letter, letter) for letter in text
    )
