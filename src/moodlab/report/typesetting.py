"""What typst makes of a template and data: a PDF that lasts and can be read aloud, or pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moodlab import assets
from moodlab.i18n import translate

# Millimetres, by the name that typst has for each.
PAPERS = {"a4": ("a4", 210.0, 297.0), "letter": ("us-letter", 215.9, 279.4)}
# PDF/A-2a keeps for decades, PDF/UA-1 reads aloud; typst writes both at once.
STANDARDS = ["a-2a", "ua-1"]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A finished PDF, and sentences about what could not be printed as it stands."""

    content: bytes
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A typeset document, from which both the preview and the file are rendered.

    `warnings` are sentences about characters that could not be printed as they stand.
    """

    warnings: tuple[str, ...]
    _compiler: Any
    _inputs: Mapping[str, str]
    _moment: datetime

    def to_pdf(self) -> PrintedPage:
        """Return the PDF, or an untagged one and a warning if it can't meet the standards."""
        import typst

        try:
            return PrintedPage(self._compile("pdf", pdf_standards=STANDARDS), self.warnings)
        except typst.TypstError:
            # An untagged page is better than none: the person may be leaving for the appointment.
            untagged = translate(
                "page",
                "The page was saved without the marks that screen readers and archives need.",
            )
            return PrintedPage(self._compile("pdf"), (*self.warnings, untagged))

    def to_png(self, dpi: float) -> list[bytes]:
        """Return each sheet as PNG bytes."""
        pictures = self._compile("png", ppi=dpi)
        return [pictures] if isinstance(pictures, bytes) else list(pictures)

    def _compile(self, kind: str, **options: Any) -> Any:
        return self._compiler.compile(
            format=kind, sys_inputs=dict(self._inputs), timestamp=self._moment, **options
        )


def make_compiler(template: str, inputs: Mapping[str, str]) -> Any:
    """Return typst's compiler of a template in ``resources/report``, with our fonts only."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(assets.path("fonts"))],
    )
    return typst.Compiler(
        str(assets.path("report", template)), font_paths=fonts, sys_inputs=dict(inputs)
    )
