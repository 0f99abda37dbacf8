"""The one stylesheet; widgets choose from it by ``setProperty("role", …)``, never by a sheet of their own.

Labels: display, title, heading, alarm, secret, strong, muted, echo, error, value, evidence.
Buttons: primary, quiet, link, back, name, chip, choice, more, picture, section, toggle. Frames: card, line, band, mark.
Fields and choices in rows: bare. Areas: clear, page, paper. Menus: ticks. Tables: padded.

It is written in pixels of the design: from 3 px on they follow the font size. What has the keyboard has a border of
2 px in the accent, and gives up a pixel of padding for it, so that nothing moves.
"""

from __future__ import annotations

import re
from string import Template

from crm_app import paths
from crm_app.ui.theme.sizes import Sizes
from crm_app.ui.theme.tokens import Palette

RADIUS = 6
_BAR = 9
"""The width of a scroll bar is the mouse's, not the letters'."""
_ITEM_AIR = 3
"""What Qt leaves at the sides of an item's text beside its padding."""
_PIXELS = re.compile(r"(?<![\w}.])(\d+)px")
_LEAST_SCALED = 3

_WORDS = """
QToolTip { background: $toast; color: $on_toast; border: 1px solid $toast; padding: 4px 8px; font-size: ${SMALL}px; }
/* A stranger's name is no markup, wherever it is told. */
QToolTip { qproperty-textFormat: PlainText; }
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${DISPLAY}px; font-weight: 700; }
QLabel[role="title"] { font-size: ${TITLE}px; font-weight: 700; }
QLabel[role="heading"] { font-size: ${LARGE}px; font-weight: 700; }
QLabel[role="alarm"] { font-size: ${LARGE}px; font-weight: 700; color: $overdue; }
QLabel[role="secret"] { font-family: monospace; font-size: ${DISPLAY}px; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="muted"] { color: $muted; font-size: ${SMALL}px; }
QLabel[role="echo"] { color: $on_soft; font-size: ${SMALL}px; }
QLabel[role="value"] { padding: 0 4px; }
QLabel[role="evidence"] { background: $accent_soft; color: $on_soft; border-radius: 4px; padding: 0 4px; }
QLabel[role="error"] { color: $overdue; font-size: ${SMALL}px; }
QLabel[role="keys"] { color: $muted; font-size: ${SMALL}px; border: 1px solid $border; border-radius: 4px;
  padding: 0 4px; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $base; color: $text; border: 1px solid $edge; border-radius: ${RADIUS}px; padding: 0 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${FIELD}px; max-height: ${FIELD}px; icon-size: 16px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: 0 7px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { min-height: ${FOCUSED}px; max-height: ${FOCUSED}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px; }
QTextEdit[role="reading"] { background: $raised; border-color: $border; }
QTextEdit[role="reading"]:focus { border-color: $accent; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $overdue; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: $window; color: $muted; border-color: $border; }
QLineEdit[role="quiet"] { border-color: $border; background: $window; }
QLineEdit[role="quiet"]:focus { border-color: $accent; background: $base; }
QLineEdit[role="bare"], QComboBox[role="bare"] { background: transparent; border-color: transparent; }
QLineEdit[role="bare"]:hover, QComboBox[role="bare"]:hover { border-color: $border; background: $base; }
QLineEdit[role="bare"]:focus, QComboBox[role="bare"]:focus { border-color: $accent; background: $base; }
QComboBox[role="bare"]:disabled { color: $good; }
QLineEdit[role="filter"] {
  background: $window; border-color: $window; border-radius: 4px; padding: 0 4px; min-height: 22px; max-height: 22px;
  font-size: ${SMALL}px; }
QLineEdit[role="filter"]:hover { border-color: $edge; }
QLineEdit[role="filter"][set="true"] { background: $accent_soft; border-color: $accent_soft; color: $on_soft; }
QLineEdit[role="filter"]:focus {
  background: $base; color: $text; border: 2px solid $accent; padding: 0 3px; min-height: 20px; max-height: 20px; }
QLineEdit[role="filter"][wrong="true"] { border-color: $overdue; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron-$name.svg"); width: 16px; height: 16px; }
QComboBox[role="bare"]::down-arrow:disabled { image: none; }
QComboBox QAbstractItemView {
  background: $raised; border: 1px solid $edge; border-radius: 0; padding: 4px; outline: 0; }
QComboBox QAbstractItemView::item { min-height: ${ROW}px; padding: 0 8px; border-radius: 4px; }
QComboBox QAbstractItemView::item:hover, QComboBox QAbstractItemView::item:selected {
  background: $accent_soft; color: $on_soft; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; background: transparent; width: 20px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up-$name.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-$name.svg"); width: 12px; height: 12px; }
QDateTimeEdit::drop-down { border: 0; width: 24px; }
QDateTimeEdit::down-arrow { image: url("$icons/chevron-$name.svg"); width: 16px; height: 16px; }
QCalendarWidget QAbstractItemView { border-radius: 0; }
"""

_BUTTONS = """
QPushButton, QToolButton {
  background: $raised; color: $text; border: 1px solid $edge; border-radius: ${RADIUS}px;
  padding: 0 12px; min-height: ${FIELD}px; icon-size: 16px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $border; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: ${FOCUSED}px; }
QPushButton:disabled { color: $edge; border-color: $border; background: $window; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 700; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton[half="left"] { border-top-right-radius: 0; border-bottom-right-radius: 0; padding: 0 8px 0 12px; }
QPushButton[half="left"]:focus { padding: 0 7px 0 11px; }
QPushButton[half="right"] { background: $accent;
  border-top-left-radius: 0; border-bottom-left-radius: 0; border-left-color: $on_accent; padding: 0 4px; }
QPushButton[half="right"]:focus { padding: 0 3px; }
QPushButton::menu-indicator { image: url("$icons/chevron-$name.svg"); width: 16px; height: 16px;
  subcontrol-origin: padding; subcontrol-position: right center; right: 4px; }
QPushButton[half="right"]::menu-indicator { image: none; width: 0; }
QPushButton[role="quiet"], QToolButton { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[role="quiet"]:hover, QToolButton:hover { background: $hover; }
QPushButton[role="quiet"]:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 7px; }
QPushButton[role="quiet"]:disabled, QToolButton:disabled {
  background: transparent; border-color: transparent; color: $edge; }
QToolButton:checked { background: $accent_soft; color: $on_soft; font-weight: 700; }
QPushButton[role="link"] { background: transparent; border-color: transparent; color: $accent; padding: 0 4px; }
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 0 3px; }
QPushButton[role="back"] { background: transparent; border-color: transparent; color: $accent; padding: 0 4px 0 0; }
QPushButton[role="back"]:hover { background: $hover; }
QPushButton[role="back"]:focus { border: 2px solid $accent; padding: 0 3px 0 0; }
QPushButton[role="name"] {
  background: transparent; border-color: transparent; padding: 0 4px; text-align: left; font-weight: 500; }
QPushButton[role="name"][off="true"] { color: $muted; font-weight: 400; }
QPushButton[role="name"]:hover { color: $accent; }
QPushButton[role="name"]:focus { border-color: $accent; padding: 0 3px; }
QToolButton[role="picture"] { min-height: 0; padding: 0; border: 0; }
QLineEdit QToolButton, QLineEdit QToolButton:focus { min-height: 0; padding: 0; border: 0; background: transparent; }
QToolButton[role="small"] { padding: 0 3px; min-height: 22px; }
QToolButton[role="small"]:focus { padding: 0 2px; min-height: 20px; }
QPushButton[role="words"] {
  background: transparent; border-color: transparent; color: $text; padding: 0 4px; text-align: left; }
QPushButton[role="words"]:hover { color: $accent; }
QToolButton[role="section"] { padding: 0 4px 0 0; font-weight: 700; min-height: 22px; }
QToolButton[role="section"]:focus { border: 2px solid $accent; padding: 0 3px 0 0; min-height: 20px; }
QPushButton[role="words"]:focus { border: 2px solid $accent; padding: 0 3px; }
QFrame[role="fact"] { border: 1px solid transparent; border-radius: 4px; }
QFrame[role="fact"]:hover { background: $hover; }
QFrame[role="fact"]:focus { border-color: $accent; }
QToolButton[role="choice"] { border: 1px solid $edge; background: $base; padding: 0 10px; }
QToolButton[role="choice"]:hover { background: $hover; }
QToolButton[role="choice"]:focus { border: 2px solid $accent; padding: 0 9px; }
QToolButton[role="choice"]:checked { background: $accent; color: $on_accent; border-color: $accent; }
QToolButton[role="choice"]:checked:focus { border-color: $text; }
QPushButton[role="chip"] { background: $accent_soft; color: $on_soft; border-color: transparent; padding: 0 8px; }
QPushButton[role="chip"]:focus { border-color: $accent; padding: 0 7px; }
QPushButton[role="filter"] {
  background: $accent_soft; color: $on_soft; border-color: transparent; padding: 0 8px; font-size: ${SMALL}px;
  min-height: 20px; max-height: 20px; }
QPushButton[role="filter"]:focus { border-color: $accent; padding: 0 7px; min-height: 18px; max-height: 18px; }
QPushButton[role="chip"]:hover, QPushButton[role="filter"]:hover { background: $hover; }
QToolButton[role="more"] { max-height: ${FIELD}px; }
QToolButton[role="more"]:focus { max-height: ${FOCUSED}px; }
QToolButton[role="more"]::menu-indicator { image: none; width: 0; }
QToolButton[role="picture"] { background: transparent; border: 0; }
QPushButton[role="toggle"] {
  background: transparent; border-color: $border; color: $muted; padding: 0 10px; min-height: 24px; max-height: 24px;
  border-radius: 12px; font-size: ${SMALL}px; }
QPushButton[role="toggle"]:checked { background: $accent_soft; color: $on_soft; border-color: transparent; }
QPushButton[role="toggle"]:focus { border: 2px solid $accent; padding: 0 9px; min-height: 22px; max-height: 22px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox { spacing: 8px; min-height: ${FIELD}px; outline: none; }
QCheckBox::indicator, QAbstractItemView::indicator {
  width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px; background: $base; }
QCheckBox::indicator:hover { border-color: $muted; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/tick-$name.svg"); }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:disabled { border-color: $border; background: $window; }
QRadioButton { spacing: 8px; min-height: ${FIELD}px; outline: none; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $edge; border-radius: 8px; background: $base; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QRadioButton::indicator:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QRadioButton::indicator:checked:focus { border: 5px solid $text; width: 6px; height: 6px; }
"""

_LISTS = """
QAbstractItemView {
  background: $base; color: $text; border: 1px solid $border; border-radius: ${RADIUS}px; outline: 0;
  selection-background-color: $accent_soft; selection-color: $on_soft; }
QTableView { gridline-color: transparent; }
QTableView[role="padded"] { border: 0; }
QTableView[role="padded"]::item { padding: 0 ${PADDED}px; }
QTreeView::item { min-height: ${ROW}px; padding: 0 4px; }
QTreeView::item:hover { background: $hover; }
QTreeView::item:selected { background: $chosen; color: $text; }
QTreeView::item:selected:active { background: $accent_soft; color: $on_soft; }
QListWidget[role="sections"]::item:disabled { color: $muted; padding: 6px 8px 0 8px; }
QHeaderView { background: $base; border: 0; border-radius: 0; }
QHeaderView::section {
  background: $base; color: $muted; border: 0; border-bottom: 1px solid $border; padding: 0 ${INSET}px;
  font-size: ${SMALL}px; min-height: 28px; }
QHeaderView::section:vertical { border: 0; }
QHeaderView::section:hover { color: $text; background: $hover; }
FilterHeader::up-arrow, FilterHeader::down-arrow { image: none; width: 0; height: 0; }
QTableCornerButton::section { background: $base; border: 0; border-bottom: 1px solid $border; }
QListWidget::item, QListView::item { min-height: ${ROW}px; padding: 0 8px; border-radius: 4px; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $chosen; color: $text; }
QListWidget::item:selected:active { background: $accent_soft; color: $on_soft; }
QListWidget::item:focus { border: 2px solid $accent; padding: 0 6px; }
QListView[role="tiles"], QListView[role="board"] { border: 0; background: transparent; }
QListWidget[role="rail"] { padding: 4px; }
QTabBar { background: transparent; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 6px 10px; border: 2px solid transparent;
  border-bottom-color: transparent; border-radius: 0; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 700; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected:focus { border-color: $accent; border-radius: ${RADIUS}px; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QListView#suggestions { background: $raised; border: 1px solid $edge; }
"""

_FRAMES = """
QFrame[role="card"] { background: $base; border: 1px solid $border; border-radius: ${RADIUS}px; }
QFrame[role="line"] { background: $border; border: 0; min-height: 1px; max-height: 1px; }
QFrame[role="band"] { background: $hover; border: 0; }
QFrame[role="mark"] { background: $accent; border: 0; }
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget[role="clear"] { background: transparent; }
QScrollArea:focus { border: 2px solid $accent; border-radius: ${RADIUS}px; }
/* Its ring has room before it is there: a page that was laid out without it would lie on it. */
QScrollArea[role="paper"] { border: 2px solid transparent; }
QScrollArea[role="paper"]:focus { border-color: $accent; }
/* A whole page that the arrows scroll needs no ring, as no document wears one. */
QScrollArea[role="page"]:focus { border: 0; }
QScrollBar:vertical { background: transparent; width: ${BAR}px; margin: 0; border: 0; }
QScrollBar:horizontal { background: transparent; height: ${BAR}px; margin: 0; border: 0; }
QScrollBar::handle { background: $scroll; border-radius: 2px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: 0; width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QGroupBox { border: none; margin: 0; padding: 0; }
QSplitter::handle { background: $border; }
QSplitter[role="open"]::handle { background: transparent; }
QSplitter::handle:hover, QSplitter[role="open"]::handle:hover { background: $edge; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: $skeleton; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QMenu { background: $raised; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $on_soft; }
QMenu::item:disabled { color: $edge; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator:non-exclusive {
  left: 10px; width: 14px; height: 14px; border: 1px solid $edge; border-radius: 4px; background: $base; }
QMenu::indicator:non-exclusive:checked {
  background: $accent; border-color: $accent; image: url("$icons/tick-$name.svg"); }
QMenu[role="ticks"]::item { padding-left: 16px; }
"""

_SHELL = """
QFrame#rail { background: $base; border: 0; border-right: 1px solid $border; }
QFrame#rail QToolButton {
  text-align: left; padding: 0 10px; min-height: 34px; max-height: 34px; color: $text; }
QFrame#rail QToolButton[narrow="true"] { padding: 0; }
QFrame#rail QToolButton:disabled { background: transparent; border-color: transparent; color: $edge; }
QFrame#rail QToolButton:focus { padding: 0 9px; min-height: 32px; max-height: 32px; }
QFrame#rail QToolButton[narrow="true"]:focus { padding: 0; }
QFrame#topbar { background: $base; border: 0; border-bottom: 1px solid $border; }
QFrame#statusline { background: $base; border: 0; border-top: 1px solid $border; }
QFrame#statusline QLabel { color: $muted; font-size: ${SMALL}px; }
QFrame#statusline QPushButton { min-height: 20px; max-height: 20px; font-size: ${SMALL}px; }
QFrame#statusline QPushButton[role="plain"], QFrame#statusline QPushButton[role="warning"] {
  background: transparent; border-color: transparent; padding: 0 4px; color: $muted; }
QFrame#statusline QPushButton[role="warning"] { color: $overdue; font-weight: 700; }
QFrame#statusline QPushButton[role="plain"]:hover, QFrame#statusline QPushButton[role="warning"]:hover {
  background: $hover; }
QFrame#statusline QPushButton[role="plain"]:focus, QFrame#statusline QPushButton[role="warning"]:focus {
  border: 2px solid $accent; padding: 0 3px; min-height: 18px; max-height: 18px; }
QFrame#notice { background: $danger_soft; border: 1px solid $overdue; border-radius: ${RADIUS}px; }
QFrame#sample { background: $warn_soft; border: 0; border-radius: ${RADIUS}px; }
QFrame#sample QLabel { color: $gap; }
QFrame#toast { background: $toast; border: 0; border-radius: ${RADIUS}px; }
QFrame#toast QLabel { color: $on_toast; }
QFrame#toast QPushButton {
  background: transparent; border: 1px solid $on_toast; color: $on_toast; min-height: 22px; max-height: 22px; }
QFrame#toast QPushButton:hover { background: $on_toast; color: $toast; }
QFrame#toast QPushButton:focus { border: 2px solid $on_toast; padding: 0 11px; min-height: 20px; max-height: 20px; }
"""

SHEET = "".join((_WORDS, _FIELDS, _BUTTONS, _LISTS, _FRAMES, _SHELL))


def stylesheet(palette: Palette, sizes: Sizes) -> str:
    """Return the application's stylesheet in a palette, at these sizes."""
    plain = {k: v for k, v in vars(palette).items() if isinstance(v, str)}
    words = dict(zip(("SMALL", "BODY", "LARGE", "TITLE", "DISPLAY"), sizes.type, strict=True))
    # A border of one pixel, or the ring's two, stands outside Qt's min-height.
    heights = {"ROW": sizes.row, "FIELD": sizes.control - 2, "FOCUSED": sizes.control - 4}
    # The heads of a table stand in line with its cells, which follow the density; Qt adds its own air to an item's.
    inset = sizes.spacing[1]
    heights |= {"INSET": inset, "PADDED": max(0, inset - _ITEM_AIR)}
    # A stylesheet takes pictures only as files, so these few come in the two looks.
    icons = (paths.resources() / "icons").as_posix()
    return Template(_scaled(sizes)).substitute(plain, **words, **heights, RADIUS=RADIUS, BAR=_BAR, icons=icons)


def _scaled(sizes: Sizes) -> str:
    def scale(found: re.Match[str]) -> str:
        pixels = int(found[1])
        return f"{sizes.px(pixels) if pixels >= _LEAST_SCALED else pixels}px"

    return _PIXELS.sub(scale, SHEET)
