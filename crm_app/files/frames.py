"""Length-prefixed JSON: four bytes, big-endian, then that many bytes of UTF-8. Never pickle.

Raw bytes follow a frame that announces them: ``{"raw": length}``.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

LONGEST = 64 * 1024 * 1024
"""Bytes in one frame; a longer one is refused by both sides."""
LONGEST_RAW = 256 * 1024 * 1024
"""Raw bytes behind one frame: the largest attachment, with room to spare."""

_PREFIX = struct.Struct(">I")


class BrokenFrame(Exception):
    """The stream ended inside a frame, or what stands in it is no JSON."""


def write_frame(stream: IO[bytes], document: Any) -> None:
    """Write one frame and flush it; raise BrokenFrame where it is too long."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if len(body) > LONGEST:
        raise BrokenFrame("the frame is too long")
    stream.write(_PREFIX.pack(len(body)) + body)
    stream.flush()


def read_frame(stream: IO[bytes], *, as_sent: bool = False) -> Any:
    """Return the next document, or None at a clean end; raise BrokenFrame.

    Half characters become “�”, except ``as_sent``: the child is told the names of files by them.
    """
    prefix = stream.read(_PREFIX.size)
    if not prefix:
        return None
    if len(prefix) != _PREFIX.size:
        raise BrokenFrame("the stream ended inside a length")
    (length,) = _PREFIX.unpack(prefix)
    if length > LONGEST:
        raise BrokenFrame("the frame is too long")
    body = stream.read(length)
    if len(body) != length:
        raise BrokenFrame("the stream ended inside a frame")
    try:
        return json.loads(body.decode("utf-8", "surrogatepass" if as_sent else "replace"))
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("the frame is no JSON") from error


def write_raw(stream: IO[bytes], content: bytes) -> None:
    """Write a frame that announces bytes, and the bytes."""
    write_frame(stream, {"raw": len(content)})
    stream.write(content)
    stream.flush()


def read_raw(stream: IO[bytes], announced: Any) -> bytes:
    """Return the bytes a frame announced; raise BrokenFrame where it announces none, too many, or lied."""
    length = announced.get("raw") if isinstance(announced, dict) else None
    if not isinstance(length, int) or not 0 <= length <= LONGEST_RAW:
        raise BrokenFrame("no bytes were announced")
    content = stream.read(length)
    if len(content) != length:
        raise BrokenFrame("the stream ended inside bytes")
    return content
