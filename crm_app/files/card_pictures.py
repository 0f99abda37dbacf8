"""Asks the reader child for the text on the picture of a business card, where the optional reading is installed."""

from __future__ import annotations

import contextlib
import itertools
from importlib.util import find_spec

from crm_app.errors import BadInput
from crm_app.files import asking
from crm_app.i18n import N_, _

SECONDS = 90.0
"""The models take seconds to load, and longer on a busy laptop."""
MEMORY = 3 * 1024 * 1024 * 1024
"""Bytes of address space: a card takes 0.4 GB with two threads, and each thread more maps its own."""
LONGEST = 1600
"""Pixels of the long side that are read: a card's smallest print is sharp at this."""
MOST_LINES = 200
_LONGEST_LINE = 500
_LIBRARIES = ("rapidocr", "onnxruntime")

_SENTENCES = {
    "empty": N_("“{name}” is empty."),
    "no_picture": N_("“{name}” is no picture this program can read. Photograph the card as JPEG or PNG."),
    "too_many_pixels": N_("“{name}” is too large a picture to be read. Photograph the card alone."),
    "too_big": N_("There is not memory enough to read “{name}”. Close other programs, or type what it shows."),
    "too_long": N_("Reading “{name}” took too long and was stopped. Type what it shows."),
    "damaged": N_("“{name}” is damaged, so it cannot be read. Photograph the card again."),
    "nothing": N_("No text was found in “{name}”. Photograph the card straight, in good light, or type what it shows."),
    "died": N_("“{name}” could not be read. Type what it shows, or photograph the card again."),
}


def installed() -> bool:
    """Say whether the libraries are there; nothing is imported."""
    return all(find_spec(name) is not None for name in _LIBRARIES)


def read(content: bytes, name: str) -> str:
    """Return the text of a picture, a line a line; raise BadInput with a sentence for whatever is wrong with it."""
    asked = {"do": "card", "longest": LONGEST}
    try:
        with contextlib.closing(asking.ask(asked, content, seconds=SECONDS, memory=MEMORY)) as answers:
            # No more than it may say, however long it goes on.
            answered = list(itertools.islice(answers, 2))
    except asking.Trouble as trouble:
        raise _trouble(str(trouble), name) from trouble
    match answered:
        case [{"lines": list(lines)}] if all(isinstance(line, str) for line in lines):
            text = "\n".join(line[:_LONGEST_LINE] for line in lines[:MOST_LINES]).strip()
            if text:
                return text
            raise _trouble("nothing", name)
    raise _trouble("died", name)


def _trouble(code: str, name: str) -> BadInput:
    return BadInput(_(_SENTENCES.get(code, _SENTENCES["died"])).format(name=name))
