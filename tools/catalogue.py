"""The catalogue of words: merged from its parts, compiled, and checked against the source.

``build`` merges parts/*.po into crm_app.mo; two parts that translate one string differently are an error. ``check``
fails unless every string of the source has a translation with the same placeholders. ``update`` writes what has none
to parts/untranslated.po, to be filled in; the next one moves what is filled in to its part.
"""

from __future__ import annotations

import argparse
import ast
import io
import os
import string
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FORMS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a string, and how many of its arguments are one."""
UNTRANSLATED = "untranslated.po"
# A day of its own in the header would make every build differ.
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def words_folder(root: Path) -> Path:
    """Return the folder of the Chinese catalogue in a checkout."""
    return root / "resources" / "locale" / "zh_CN" / "LC_MESSAGES"


def texts(part: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return a message's id or translation as a tuple: one text, or one for each plural form."""
    return (part or "",) if part is None or isinstance(part, str) else tuple(part)


def read_part(part: Path) -> Catalog:
    """Read one .po file; its header may be missing."""
    with part.open("rb") as file:
        return read_po(file, locale="zh_CN", charset="utf-8", abort_invalid=True)


def translations(root: Path) -> Catalog:
    """Merge the parts into one catalogue, leaving out what is empty or fuzzy; the first part to say a string stands."""
    return merge(root)[0]


def merge(root: Path) -> tuple[Catalog, list[str]]:
    """Return the merged catalogue, and a line for each string two parts disagree about."""
    merged = Catalog(locale="zh_CN", creation_date=ALWAYS, revision_date=ALWAYS, fuzzy=False)
    came_from: dict[str, Path] = {}
    disagreements = []
    for part in sorted((words_folder(root) / "parts").glob("*.po")):
        for message in read_part(part):
            if not message.id or message.fuzzy or not all(texts(message.string)):
                continue
            known = merged.get(message.id)
            if known is not None and texts(known.string)[0] != texts(message.string)[0]:
                source = texts(message.id)[0]
                disagreements.append(
                    f"{part.name} says {texts(message.string)[0]!r} for {source!r},"
                    f" and {came_from[source].name} says {texts(known.string)[0]!r}"
                )
                continue
            if known is None or len(texts(message.id)) > len(texts(known.id)):
                merged.add(message.id, message.string)
                came_from[texts(message.id)[0]] = part
    return merged, disagreements


def build(root: Path) -> Path:
    """Compile the merged catalogue beside its parts and return the file; it is replaced whole."""
    compiled = io.BytesIO()
    write_mo(compiled, translations(root))
    target = words_folder(root) / "crm_app.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    unfinished.write_bytes(compiled.getvalue())
    unfinished.replace(target)
    return target


def source_strings(root: Path) -> Catalog:
    """Extract every marked string of the package, each with the places it stands in.

    Babel's own extractor passes over what stands in an f-string or in another marked call; the syntax tree does not.
    """
    found = Catalog()
    for path in sorted((root / "crm_app").rglob("*.py")):
        for call in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            arguments = call.args[: FORMS[called(call)]]
            said = [one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if said:
                place = (path.relative_to(root).as_posix(), call.lineno)
                found.add(said[0] if len(said) == 1 else tuple(said), locations=[place])
    return found


def _marked(tree: ast.AST) -> list[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in FORMS)
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def called(call: ast.Call) -> str:
    """Return the bare name that is called; empty for a method."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def placeholders(text: str) -> set[str]:
    """Return the names of a format string's placeholders; a text with stray braces has itself for its only one."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def untranslated(found: Catalog, known: Catalog) -> Iterator[Message]:
    """Yield the strings of the source that the catalogue does not have, in each of the forms they are used in."""
    for message in found:
        if message.id and (known.get(message.id) is None or len(texts(known[message.id].id)) < len(texts(message.id))):
            yield message


def homes(root: Path, found: Catalog) -> dict[str, str]:
    """Return of each file and each folder of the source the part that most words of its own stand in.

    Words that several files use do not tell where those of a new file belong.
    """
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for part in (words_folder(root) / "parts").glob("*.po"):
        for message in read_part(part):
            known = found.get(message.id) if message.id and part.name != UNTRANSLATED else None
            files = {path for path, _line in known.locations} if known else set()
            for path in files if len(files) == 1 else ():
                parts[path][part.name] += 1
                parts[_folder(path)][part.name] += 1
    return {path: most.most_common(1)[0][0] for path, most in parts.items()}


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def home_of(home: dict[str, str], path: str) -> str:
    """Return the part a new word of a file belongs to; of a file with none of its own yet, that of its folder."""
    return home.get(path) or home.get(_folder(path), "")


def complaints(root: Path) -> Iterator[str]:
    """Yield one line for each string without a translation and each translation with other placeholders."""
    found, (known, disagreements) = source_strings(root), merge(root)
    home = homes(root, found)
    yield from disagreements
    for message in untranslated(found, known):
        path, line = message.locations[0]
        told = f" (it belongs to {home_of(home, path)})" if home_of(home, path) else ""
        yield f"{path}:{line}: no translation: {texts(message.id)[0]!r}{told}"
    for message in known:
        wanted = placeholders(texts(message.id)[-1]) if message.id else set()
        for translated in texts(message.string) if message.id else ():
            if placeholders(translated) != wanted:
                yield f"other placeholders: {texts(message.id)[0]!r} → {translated!r}"


def check(root: Path) -> int:
    """Print what is wrong, and the translations no longer used; return 1 when something is wrong."""
    wrong = [*complaints(root)]
    found = source_strings(root)
    for message in translations(root):
        if message.id and found.get(message.id) is None:
            print(f"no longer used: {texts(message.id)[0]!r}")
    print(*wrong, f"{len(found)} strings, {len(wrong)} wrong", sep="\n")
    return 1 if wrong else 0


def update(root: Path) -> int:
    """Move what is filled in to its part; keep what is not, or has no part to go to, in one of its own."""
    found = source_strings(root)
    missing = list(untranslated(found, translations(root)))
    part = words_folder(root) / "parts" / UNTRANSLATED
    filled = [one for one in read_part(part) if one.id and any(texts(one.string))] if part.exists() else []
    home = homes(root, found)
    kept = [one for one in filled if not _moved(root, one, found.get(one.id), home)]
    if not missing:
        if not kept:
            part.unlink(missing_ok=True)
        print("Every string is translated.")
        return 0
    part.parent.mkdir(parents=True, exist_ok=True)
    waiting = Catalog(locale="zh_CN", fuzzy=False)
    for one in kept:
        waiting.add(one.id, one.string, locations=one.locations, auto_comments=one.auto_comments)
    for message in missing:
        parts = sorted({home_of(home, path) for path, _line in message.locations} - {""})
        waiting.add(message.id, locations=message.locations, auto_comments=parts)
    with part.open("wb") as file:
        write_po(file, waiting, width=0, omit_header=True)
    print(f"{len(missing)} strings wait in {part.relative_to(root)}")
    return 0


def _moved(root: Path, one: Message, used: Message | None, home: dict[str, str]) -> bool:
    """Append a translation to the part it belongs to, and say whether there is one."""
    name = next(filter(None, (home_of(home, path) for path, _line in (used.locations if used else ()))), "")
    if not name or not all(texts(one.string)):
        return False
    words, text = Catalog(locale="zh_CN", fuzzy=False), io.BytesIO()
    words.add(one.id, one.string)
    write_po(text, words, width=0, omit_header=True)
    with (words_folder(root) / "parts" / name).open("ab") as file:
        file.write(b"\n" + text.getvalue().rstrip() + b"\n")
    print(f"{texts(one.id)[0]!r} is in {name} now")
    return True


def main(arguments: list[str]) -> int:
    """Run the one command that the arguments name."""
    parser = argparse.ArgumentParser(description="The catalogue of words.")
    parser.add_argument("command", choices=["build", "check", "update"])
    command = parser.parse_args(arguments).command
    if command == "build":
        build(ROOT)
        return 0
    return check(ROOT) if command == "check" else update(ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
