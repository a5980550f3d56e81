"""How a chart writes the figures that it works out: as the page does, or as the window is set to.

Lab values, doses and everything else that a person or a lab wrote stays as it was written.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_WRITE: ContextVar[Callable[[str], str]] = ContextVar("write", default=str)


def written(figure: str) -> str:
    """Return a figure as it is to stand there."""
    return _WRITE.get()(figure)


@contextmanager
def writing(write: Callable[[str], str]) -> Iterator[None]:
    """Have charts write their figures through `write` for a while, in this thread only."""
    token = _WRITE.set(write)
    try:
        yield
    finally:
        _WRITE.reset(token)
