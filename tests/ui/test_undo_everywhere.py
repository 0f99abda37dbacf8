"""Whatever a form saves is told with its name beside “Undo”, and one undo leaves every row as it was before."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtWidgets import QWidget

import crm_app
from crm_app.domain.kinds import AnyMoney, Day, Fuzzy, Money, Option, Text, Whole
from crm_app.domain.records import RECORDS
from crm_app.services import projects
from crm_app.services.book import Book
from crm_app.ui.widgets.editors import Editor
from tests.ui.desk import Desk, book, keyed_forms, named_drafts, start, type_in
from tests.ui.every_form import Walk

__all__ = ["book", "start"]

ALSO = {
    "trip:": {},
    "trip": {"start_on": "2023-07-20"},
    "cards": {"person.enterprise": "甲一电池(示例)有限公司"},
    "log:": {"enterprise": "甲一电池(示例)有限公司"},
    "visit:": {"form.enterprise": "甲一电池(示例)有限公司"},
    "result:": {"form.year": "2022"},
}
"""By how a draft's key begins what a form wants beside what is typed in it anyway, to be saved."""
PLAIN = {"修改设置", "修改材料文字", "修改统计口径"}
"""Steps that name nothing: there is one of it in a book."""
ELSEWHERE = {"StageDialog": "asks more than can be guessed: tests/ui/projects take a move back by Ctrl+Z"}
"""Forms that are taken back elsewhere."""
FINAL = {
    "create_book": "before it there is no book",
    "_take_in_new_lists": "what the program brings is not typed by anybody",
    "fill": "the sample is left whole",
    "_bring": "a final paper keeps its bytes; the drafts before it can be taken back",
}
"""Use cases whose step is not taken back, and why."""


def rows(book: Book) -> dict[tuple[str, bytes], dict[str, Any]]:
    """Return every row of the book that is not deleted."""
    found = {}
    with book._writer.connect() as connection:
        for table in RECORDS:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE deleted_at IS NULL').mappings():
                found[table, row["id"]] = dict(row)
    return found


def answer(editor: Editor, first_project: str) -> None:
    """Type something into a field that is to be filled in."""
    kind = editor.field.kind
    match kind:
        case Day() | Fuzzy():
            editor.set_typed("2023-07-11")
        case Money() | AnyMoney():
            editor.set_typed("100万元")
        case Option():
            editor.set_typed(kind.show(next(iter(kind.options))))
        case Whole() | Text():
            editor.set_typed(first_project if editor.field.name == "projects" else "100")
        case _:
            editor.set_typed("示例")


def lacking(form: QWidget) -> list[Editor]:
    """Return the fields that a form says are to be filled in."""
    told = form.findChildren(Editor)
    return [one for one in told if one.message.isVisible() and one.message.property("role") == "error"]


def more_for(key: str, walk: Walk) -> Mapping[str, str]:
    found = next((more for begins, more in ALSO.items() if key.startswith(begins)), {})
    return {name: text for name, text in found.items() if name not in walk.typed}


def test_what_any_form_saves_is_named_beside_undo_and_taken_back_whole(start: Callable[[], Desk], book: Book) -> None:
    desk, keyed = start(), keyed_forms(book)
    desk.named = named_drafts(book, keyed)
    project = projects.list_projects(book)[0].project.name
    said: list[tuple[str, bool]] = []
    desk.session.said.connect(lambda words, undo: said.append((words, undo)))
    for key, walk in keyed:
        if walk.form in ELSEWHERE:
            continue
        before = rows(book)
        said.clear()
        form = desk.find(walk, key)
        desk.rest()
        form.window().activateWindow()
        type_in(form, walk)
        type_in(form, replace(walk, typed=more_for(key, walk)))
        for _time in range(3):
            desk.save(form, walk)
            desk.rest()
            if said or not shiboken6.isValid(form):
                break
            for editor in lacking(form):
                answer(editor, project)
        assert [undo for _words, undo in said] == [True], (walk.form, key, said, "one toast, and none over it")
        assert rows(book) != before
        words = said[0][0]
        assert words in PLAIN or "：" in words, f"it says nothing of what it was: {words}"
        if shiboken6.isValid(form) and form.isWindow():
            shiboken6.delete(form)
        desk.session.undo()
        desk.rest()
        assert rows(book) == before, (walk.form, key)
        assert said[-1] == (f"撤销：{words}", False)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _functions(layer: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the functions of a layer, each with the name of its file or package."""
    above = Path(crm_app.__file__).parent / layer
    for file in sorted(above.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        first = file.relative_to(above).parts[0].removesuffix(".py")
        yield from ((first, node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _is_unit(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "unit" and ast.unparse(call.func.value) == "book"


def test_every_step_can_be_taken_back_but_those_that_say_why() -> None:
    final = {
        function.name
        for _file, function in _functions("services")
        for call in _calls(function)
        if _is_unit(call) and any(word.arg == "final" for word in call.keywords)
    }
    assert final == set(FINAL)


def test_what_the_window_writes_goes_the_way_that_tells_it_and_offers_undo() -> None:
    """Past ``session.write`` nobody would be told, and the other pages would not hear of it."""
    functions = list(_functions("services"))
    use_cases = {f"{file}.{one.name}" for file, one in functions if any(map(_is_unit, _calls(one)))}
    # Those that hand it on to another function beside them.
    use_cases |= {
        f"{file}.{one.name}"
        for file, one in functions
        for call in _calls(one)
        if f"{file}.{ast.unparse(call.func)}" in use_cases
    }
    assert {"visits.write_visit", "imports.forget"} <= use_cases
    called = [
        (ast.unparse(inner.func), function.name)
        for _file, function in _functions("ui")
        for call in _calls(function)
        if isinstance(call.func, ast.Attribute) and "background" in ast.unparse(call.func.value)
        for inner in _calls(call)
    ]
    assert [(name, by) for name, by in called if name in use_cases] == []
