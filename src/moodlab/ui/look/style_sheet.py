"""The style sheet: what palette and fonts cannot say. Sizes in px scale, type is in pt."""

from typing import TYPE_CHECKING

from moodlab import assets
from moodlab.theme import CONTROL_HEIGHT, PRIMARY_HEIGHT, RADIUS, TYPE

if TYPE_CHECKING:
    from moodlab.ui.look.look import Look

MENU_WIDTH = 220

_SHEET = """
QMainWindow, QDialog, QScrollArea, QStackedWidget {{ background: {window}; border: none; }}
#page, #pageBody {{ background: {window}; }}
#navigation {{ background: {panel}; border: none; border-right: {line}px solid {hairline}; }}
#pageChooser {{ background: {panel}; border: none; border-bottom: {line}px solid {hairline}; }}
#navigation QListView {{ background: transparent; }}
QGroupBox {{ border: none; margin: 0; padding: 0; background: transparent; }}
#palette {{ background: {window}; border: {border}px solid {control_border}; }}
#exampleBar {{ background: {accent_soft}; color: {text}; padding: {s6}px {s40}px; }}

QLabel[role="title"] {{ font-size: {title}pt; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {heading}pt; font-weight: 600; color: {muted}; }}
QLabel[role="section"] {{ font-size: {section}pt; font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="quiet"] {{ font-size: {quiet}pt; color: {muted}; }}
QLabel[role="figure"] {{ font-size: {figure}pt; font-weight: 600; }}
QLabel[role="error"] {{ color: {error}; }}
QFrame[role="hairline"] {{ background: {hairline}; border: none; max-height: {line}px;
  min-height: {line}px; }}
#popover {{ background: {window}; border: {border}px solid {control_border};
  border-radius: {radius}px; }}
#correction {{ background: {accent_soft}; border-radius: {s5}px; padding: {s6}px {s12}px;
  margin-bottom: {s8}px; }}
QFrame[role="notice"] {{ background: {panel}; border: {line}px solid {hairline};
  border-radius: {radius}px; }}

QPushButton {{ background: {control}; color: {text}; border: {border}px solid {control_border};
  border-radius: {radius}px; padding: 0 {s14}px; min-height: {control_inner}px; font-weight: 600;
  font-size: {button}pt; }}
QPushButton:hover, QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:disabled {{ color: {muted}; border-color: {hairline}; background: {window}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent};
  border: {border}px solid {accent}; min-height: {primary_inner}px; padding: 0 {s20}px; }}
QPushButton[role="primary"]:disabled {{ background: {hairline}; color: {muted};
  border-color: {hairline}; }}
QPushButton[role="secondary"] {{ min-height: {primary_inner}px; }}
QPushButton[role="link"] {{ background: transparent; border: none; color: {accent};
  font-weight: 400; font-size: {quiet}pt; padding: 0 {s2}px; min-height: {s24}px;
  border-radius: {s4}px; }}
QPushButton[role="link"]::menu-indicator {{ image: none; width: 0; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="corner"] {{ background: transparent; border: none; color: {muted};
  font-weight: 400; font-size: {corner}pt; text-align: left; padding: 0 {s12}px;
  min-height: {s36}px; }}
QPushButton[role="corner"]:hover {{ color: {text}; background: {accent_soft}; }}
QPushButton[role="corner"][current="true"] {{ color: {text}; background: {accent_soft};
  font-weight: 600; }}
QPushButton[role="arrow"] {{ padding: 0; min-width: {control_inner}px; }}

QToolButton {{ background: {control}; color: {text}; border: {border}px solid {control_border};
  border-radius: {radius}px; padding: 0 {s12}px; min-height: {control_inner}px; }}
QPushButton[role="choice"] {{ padding: 0 {s28}px 0 {s10}px; text-align: left;
  font-weight: 400; font-size: {body}pt; }}
QPushButton::menu-indicator {{ image: url({icons}/chevron-down.svg); width: {s16}px;
  height: {s16}px; subcontrol-origin: padding; subcontrol-position: right center; right: {s8}px; }}
QToolButton:hover, QToolButton:checked {{ background: {accent_soft}; }}
QToolButton[role="pick"] {{ background: transparent; border: none; padding: 0 {s6}px; min-height: 0;
  image: url({icons}/chevron-down.svg); }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {panel}; }}
QCalendarWidget QToolButton {{ background: transparent; border: none; min-height: {s28}px; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {accent};
  selection-color: {on_accent}; }}

QLineEdit, QPlainTextEdit, QSpinBox, QComboBox {{ background: {control};
  color: {text}; border: {border}px solid {control_border}; border-radius: {radius}px;
  padding: 0 {s10}px; selection-background-color: {accent};
  selection-color: {on_accent}; }}
QLineEdit, QSpinBox, QComboBox {{ min-height: {control_inner}px; }}
QPlainTextEdit {{ padding: {s8}px {s10}px; }}
QLineEdit[invalid="true"], QComboBox[invalid="true"] {{ border-color: {error}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {muted};
  border-color: {hairline}; }}
QComboBox::drop-down {{ border: none; width: {s28}px; }}
QComboBox::down-arrow {{ image: url({icons}/chevron-down.svg); width: {s16}px; height: {s16}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {s24}px; }}
QSpinBox::up-arrow {{ image: url({icons}/chevron-up.svg);
  width: {s12}px; height: {s12}px; }}
QSpinBox::down-arrow {{ image: url({icons}/chevron-down.svg); width: {s12}px; height: {s12}px; }}
QComboBox QAbstractItemView {{ background: {window}; border: {line}px solid {control_border};
  padding: {s4}px; outline: none; selection-background-color: {accent_soft};
  selection-color: {text}; }}
QComboBox QAbstractItemView::item {{ min-height: {s32}px; padding: 0 {s8}px; }}

QCheckBox, QRadioButton {{ spacing: {s8}px; min-height: {s24}px; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {s18}px; height: {s18}px;
  border: {border}px solid {control_border}; background: {control}; border-radius: {s5}px; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url({icons}/tick-{tick}.svg); }}
QRadioButton::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url({icons}/dot-{tick}.svg); }}

QMenuBar {{ background: {panel}; color: {text}; border-bottom: {line}px solid {hairline};
  padding: 0 {s8}px; font-size: {menu}pt; }}
QMenuBar::item {{ background: transparent; padding: {s5}px {s10}px; border-radius: {s4}px; }}
QMenuBar::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu {{ background: {window}; color: {text}; border: {line}px solid {control_border};
  padding: {s6}px; font-size: {menu}pt; }}
QMenu::item {{ padding: {s6}px {s16}px {s6}px {s28}px; border-radius: {s5}px;
  min-width: {menu_width}px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: {line}px; background: {hairline}; margin: {s6}px {s8}px; }}
QMenu::indicator {{ width: {s12}px; height: {s12}px; left: {s8}px; }}
QMenu::indicator:checked {{ image: url({icons}/chosen.svg); }}
QToolTip {{ background: {panel}; color: {text}; border: {line}px solid {control_border};
  padding: {s4}px {s8}px; font-size: {quiet}pt; }}

QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {s12}px; }}
QScrollBar:horizontal {{ height: {s12}px; }}
QScrollBar::handle {{ background: {control_border}; border-radius: {s3}px; margin: {s3}px; }}
QScrollBar::handle:vertical {{ min-height: {s40}px; }}
QScrollBar::handle:horizontal {{ min-width: {s40}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QTableView, QTreeView, QListView {{ background: {window}; color: {text}; border: none;
  gridline-color: {hairline}; outline: none; selection-background-color: {accent_soft};
  selection-color: {text}; }}
QTableView::item {{ padding: 0 {s6}px; }}
QHeaderView::section {{ background: {window}; color: {muted}; border: none;
  border-bottom: {line}px solid {hairline}; padding: {s6}px {s8}px; font-weight: 600;
  font-size: {heading}pt; }}
QHeaderView::section:vertical {{ color: {text}; font-weight: 400; font-size: {button}pt;
  padding: 0 {s8}px 0 0; }}
QTableCornerButton::section {{ background: {window}; border: none;
  border-bottom: {line}px solid {hairline}; }}
QProgressBar {{ background: {hairline}; border: none; border-radius: {s3}px;
  max-height: {s6}px; min-height: {s6}px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {s3}px; }}
"""


def style_sheet(look: "Look") -> str:
    """Return the application's style sheet for `look`."""
    colors = look.theme
    border = colors.control_border_width
    sizes = {
        f"s{n}": look.px(n) for n in (2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40)
    }
    type_sizes = {
        "title": TYPE.title, "heading": TYPE.heading, "quiet": TYPE.quiet, "figure": TYPE.figure,
        "body": TYPE.body,
        "corner": TYPE.corner, "section": TYPE.section, "button": TYPE.button, "menu": TYPE.button,
    }  # fmt: skip
    return _SHEET.format(
        window=colors.window, panel=colors.panel, text=colors.text, muted=colors.muted,
        hairline=colors.hairline, control=colors.control, control_border=colors.control_border,
        accent=colors.accent, on_accent=colors.on_accent, accent_soft=colors.accent_soft,
        error=colors.error, border=border, line=max(1, look.px(1)), radius=look.px(RADIUS),
        # Qt draws corners square whose radius is more than half of the box.
        round=look.px(18) // 2 + border,
        control_inner=look.px(CONTROL_HEIGHT) - 2 * border,
        primary_inner=look.px(PRIMARY_HEIGHT) - 2 * border,
        menu_width=look.px(MENU_WIDTH),
        icons=assets.path("icons").as_posix(), tick="dark" if colors.is_dark else "light",
        **sizes, **{name: f"{look.pt(size):.2f}" for name, size in type_sizes.items()},
    )  # fmt: skip
