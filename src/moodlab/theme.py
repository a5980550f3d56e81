"""How MoodLab looks, as plain data: window, charts and page all read this table.

Qt-free. Colours are ``#RRGGBB``; contrast of each against its background is held by a test (text at
least 7:1, controls and marks at least 3:1). Nothing is ever told by colour alone.
"""

from typing import NamedTuple


class Theme(NamedTuple):
    """One column of the colour table."""

    name: str
    window: str
    panel: str  # navigation, quiet surfaces
    text: str
    muted: str
    hairline: str  # decorative separators
    control: str  # the fill of a control at rest
    control_border: str
    accent: str
    on_accent: str
    accent_soft: str  # the selected row of a list, a hovered control
    focus: str
    data_line: str
    data_point: str
    band: str
    grid: str
    gap_hatch: str
    lab: str
    range_band: str
    error: str
    saved: str
    control_border_width: int = 1
    # 0 to 10 in the calendar: one hue, even steps of lightness, the further from the window the
    # higher. Empty: cells are not filled.
    ramp: tuple[str, ...] = ()

    @property
    def is_dark(self) -> bool:
        """Whether the window is darker than its text."""
        return int(self.window[1:3], 16) < 128


LIGHT = Theme(
    name="light",
    window="#FFFFFF", panel="#F6F5F1", text="#1A1A1A", muted="#595959",
    hairline="#E3E1DC", control="#FFFFFF", control_border="#767676",
    accent="#0B57D0", on_accent="#FFFFFF", accent_soft="#E8F0FE", focus="#0B57D0",
    data_line="#0072B2", data_point="#1A1A1A", band="#C9DFF0", grid="#E8E6E1",
    gap_hatch="#8A8A8A", lab="#B84A00", range_band="#ECEBE7",
    error="#B3261E", saved="#1B6E3C",
    ramp=("#F3F7FC", "#D9E3F1", "#BFCFE6", "#A5BCDA", "#8AA9CF", "#6E96C4", "#4F85B9", "#2A73AC",
          "#016199", "#024F7E", "#033E64"),
)  # fmt: skip

DARK = Theme(
    name="dark",
    window="#1E1E1E", panel="#262626", text="#F2F2F2", muted="#B8B8B8",
    hairline="#3A3A3A", control="#262626", control_border="#8C8C8C",
    accent="#A8C7FA", on_accent="#0A2A5E", accent_soft="#22345A", focus="#A8C7FA",
    data_line="#7CC4F5", data_point="#F2F2F2", band="#24455C", grid="#333333",
    gap_hatch="#8C8C8C", lab="#F0B33C", range_band="#2E2E2E",
    error="#F2B8B5", saved="#4FD1A5",
    ramp=("#2D3540", "#32465D", "#33577B", "#376997", "#417BB0", "#508DC7", "#649FDB", "#7DB2EB",
          "#99C5F8", "#B8D7FE", "#DAE9FF"),
)  # fmt: skip

MORE_CONTRAST = Theme(
    name="more_contrast",
    window="#FFFFFF", panel="#FFFFFF", text="#000000", muted="#262626",
    hairline="#000000", control="#FFFFFF", control_border="#000000",
    accent="#003A9B", on_accent="#FFFFFF", accent_soft="#DCE7FF", focus="#003A9B",
    data_line="#00487A", data_point="#000000", band="#A9CCE8", grid="#9A9A9A",
    gap_hatch="#4A4A4A", lab="#7A2E00", range_band="#DADADA",
    error="#8C1D18", saved="#0B4A26", control_border_width=2,
)  # fmt: skip

PRINT = Theme(
    name="print",
    window="#FFFFFF", panel="#FFFFFF", text="#1A1A1A", muted="#595959",
    hairline="#BDBBB5", control="#FFFFFF", control_border="#767676",
    accent="#1A1A1A", on_accent="#FFFFFF", accent_soft="#F0F0F0", focus="#1A1A1A",
    data_line="#0072B2", data_point="#1A1A1A", band="#C9DFF0", grid="#DEDCD7",
    gap_hatch="#8A8A8A", lab="#B84A00", range_band="#E9E8E4",
    error="#1A1A1A", saved="#1A1A1A",
)  # fmt: skip

SCREEN_THEMES = (LIGHT, DARK, MORE_CONTRAST)
BY_NAME = {theme.name: theme for theme in (*SCREEN_THEMES, PRINT)}

FONT_FAMILY = "Inter"
WEIGHTS = (400, 600)

# The 8 px grid, in pixels at 100 % text size.
GRID = 8
PAGE_MARGIN = 5 * GRID
NAVIGATION_WIDTH = 25 * GRID
CONTROL_HEIGHT = 36
PRIMARY_HEIGHT = 44
RATING_CELL = 40
RADIUS = 8


class TypeScale(NamedTuple):
    """Type sizes in points at 100 % (96 dpi: 12 pt = 16 px)."""

    title: float = 17.0
    heading: float = 9.0  # small capitals above a group
    body: float = 11.0
    label: float = 11.0
    quiet: float = 9.0
    figure: float = 16.0
    section: float = 12.0
    button: float = 10.5
    tiny: float = 7.5
    corner: float = 10.0


TYPE = TypeScale()
