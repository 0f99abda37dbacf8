"""The one stylesheet; widgets choose from it by ``setProperty("role", …)``, never by a sheet of their own.

Labels: display, title, heading, alarm, secret, strong, muted, echo, error, evidence.
Buttons: primary, quiet, link, name, chip. Fields and choices in rows: bare. Frames: card, line, band, mark.
Menus: ticks.
"""

from __future__ import annotations

from string import Template

from crm_app import paths
from crm_app.ui.theme import tokens
from crm_app.ui.theme.tokens import Palette

_SHEET = Template("""
QToolTip { background: $toast; color: $on_toast; border: 0; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${DISPLAY}px; font-weight: 700; }
QLabel[role="title"] { font-size: ${TITLE}px; font-weight: 700; }
QLabel[role="heading"] { font-size: ${LARGE}px; font-weight: 700; }
QLabel[role="alarm"] { font-size: ${LARGE}px; font-weight: 700; color: $overdue; }
QLabel[role="secret"] { font-family: monospace; font-size: ${DISPLAY}px; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="muted"] { color: $muted; font-size: ${SMALL}px; }
QLabel[role="echo"] { color: $on_soft; font-size: ${SMALL}px; }
QLabel[role="evidence"] { background: $accent_soft; color: $on_soft; border-radius: 4px; padding: 0 4px; }
QLabel[role="error"] { color: $overdue; font-size: ${SMALL}px; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {
  background: $base; color: $text; border: 1px solid $edge; border-radius: ${RADIUS}px; padding: 0 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit, QComboBox, QSpinBox { min-height: ${FIELD}px; max-height: ${FIELD}px; }
QPlainTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $accent; padding: 0 7px; }
QPlainTextEdit:focus { padding: 3px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: $overdue; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $window; color: $muted; border-color: $border; }
QLineEdit[role="quiet"] { border-color: $border; }
QLineEdit[role="bare"], QComboBox[role="bare"] { background: transparent; border-color: transparent; }
QLineEdit[role="bare"]:hover, QComboBox[role="bare"]:hover { border-color: $border; background: $base; }
QLineEdit[role="bare"]:focus, QComboBox[role="bare"]:focus { border-color: $accent; background: $base; }
QComboBox[role="bare"]:disabled { color: $good; }
QLineEdit[role="filter"] {
  border-color: $border; padding: 0 4px; min-height: 22px; max-height: 22px; font-size: ${SMALL}px; }
QLineEdit[role="filter"]:focus { border: 2px solid $accent; padding: 0 3px; }
QLineEdit[role="filter"][wrong="true"] { border-color: $overdue; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron-$name.svg"); width: 16px; height: 16px; }
QComboBox[role="bare"]:disabled::down-arrow { image: none; width: 0; }
QPushButton, QToolButton {
  background: $raised; color: $text; border: 1px solid $edge; border-radius: ${RADIUS}px;
  padding: 0 12px; min-height: ${FIELD}px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $border; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 11px; }
QPushButton:disabled { color: $edge; border-color: $border; background: $window; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 700; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton[role="quiet"], QToolButton { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[role="quiet"]:hover, QToolButton:hover { background: $hover; }
QPushButton[role="quiet"]:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 7px; }
QToolButton:disabled { background: transparent; border-color: transparent; color: $edge; }
QToolButton:checked { background: $accent_soft; color: $on_soft; }
QPushButton[role="link"] { background: transparent; border-color: transparent; color: $accent; padding: 0 4px; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 0 3px; }
QPushButton[role="name"] {
  background: transparent; border-color: transparent; padding: 0 4px; text-align: left; font-weight: 500; }
QPushButton[role="name"]:hover { color: $accent; }
QLineEdit QToolButton { min-height: 0; padding: 0; border: 0; background: transparent; }
QToolButton[role="choice"] { border: 1px solid $edge; background: $base; padding: 0 10px; }
QToolButton[role="choice"]:checked { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="chip"] { background: $accent_soft; color: $on_soft; border-color: transparent; padding: 0 8px; }
QPushButton[role="filter"] {
  background: $accent_soft; color: $on_soft; border-color: transparent; padding: 0 8px; font-size: ${SMALL}px;
  min-height: 20px; max-height: 20px; }
QCheckBox { spacing: 8px; min-height: ${FIELD}px; }
QCheckBox::indicator, QListWidget::indicator {
  width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px; background: $base; }
QCheckBox::indicator:checked, QListWidget::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/tick-$name.svg"); }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:disabled { border-color: $border; background: $window; }
QRadioButton { spacing: 8px; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $edge; border-radius: 8px; background: $base; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QRadioButton::indicator:focus { border-color: $accent; }
QAbstractItemView {
  background: $base; color: $text; border: 1px solid $border; border-radius: ${RADIUS}px; outline: 0;
  selection-background-color: $accent_soft; selection-color: $on_soft; }
QTableView { gridline-color: transparent; }
QHeaderView { background: $base; }
QHeaderView::section {
  background: $base; color: $muted; border: 0; border-bottom: 1px solid $border; padding: 0 8px;
  font-size: ${SMALL}px; min-height: 28px; }
QHeaderView::section:hover { color: $text; background: $hover; }
FilterHeader::up-arrow, FilterHeader::down-arrow { image: none; width: 0; height: 0; }
QTableCornerButton::section { background: $base; border: 0; border-bottom: 1px solid $border; }
QListWidget::item, QListView::item { min-height: ${ROW}px; padding: 0 8px; }
QListView[role="tiles"] { border: 0; background: transparent; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 6px 12px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 700; }
QTabBar::tab:hover { color: $text; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QFrame[role="card"] { background: $base; border: 1px solid $border; border-radius: ${RADIUS}px; }
QFrame[role="band"] { background: $hover; border: 0; }
QFrame[role="mark"] { background: $accent; border: 0; }
QFrame[role="line"] { background: $border; border: 0; min-height: 1px; max-height: 1px; }
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget[role="clear"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: 0; width: 0; height: 0; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: $hover; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QToolButton[role="more"]::menu-indicator { image: none; width: 0; }
QMenu { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $on_soft; }
QMenu::item:disabled { color: $edge; }
QMenu[role="ticks"]::item { padding-left: 16px; }
QMenu[role="ticks"]::indicator {
  left: 10px; width: 14px; height: 14px; border: 1px solid $edge; border-radius: 4px; background: $base; }
QMenu[role="ticks"]::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/tick-$name.svg"); }
QFrame#rail { background: $base; border: 0; border-right: 1px solid $border; }
QFrame#rail QToolButton {
  text-align: left; padding: 0 10px; min-height: 34px; max-height: 34px; color: $text; }
QFrame#rail QToolButton[narrow="true"] { padding: 0; }
QFrame#rail QToolButton:disabled { background: transparent; border-color: transparent; color: $edge; }
QToolButton:checked { background: $accent_soft; color: $on_soft; font-weight: 700; }
QFrame#rail QToolButton:focus { padding: 0 9px; }
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
  border: 2px solid $accent; padding: 0 3px; }
QFrame#notice { background: $danger_soft; border: 1px solid $overdue; border-radius: ${RADIUS}px; }
QFrame#toast { background: $toast; border: 0; border-radius: ${RADIUS}px; }
QFrame#toast QLabel { color: $on_toast; }
QFrame#toast QPushButton {
  background: transparent; border: 1px solid $on_toast; color: $on_toast; min-height: 22px; max-height: 22px; }
QListView#suggestions { background: $raised; border: 1px solid $edge; }
""")


def stylesheet(palette: Palette) -> str:
    """Return the application's stylesheet in a palette."""
    plain = {k: v for k, v in vars(palette).items() if isinstance(v, str)}
    sizes = {name: getattr(tokens, name) for name in ("SMALL", "BODY", "LARGE", "TITLE", "DISPLAY", "RADIUS", "ROW")}
    # A border of one pixel stands outside Qt's min-height.
    # A stylesheet takes pictures only as files, so these few come in the two looks.
    icons = (paths.resources() / "icons").as_posix()
    return _SHEET.substitute(plain, **sizes, FIELD=tokens.CONTROL - 2, icons=icons)
