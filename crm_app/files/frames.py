"""Length-prefixed JSON: four bytes, big-endian, then that many bytes of UTF-8. Never pickle."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

LONGEST = 64 * 1024 * 1024
"""Bytes in one frame; a longer one is refused by both sides."""

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


def read_frame(stream: IO[bytes]) -> Any:
    """Return the next document, or None at a clean end; raise BrokenFrame."""
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
        return json.loads(body.decode("utf-8", "replace"))
    except ValueError as error:
        raise BrokenFrame("the frame is no JSON") from error
