"""What a measurement is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A name, our way, and the least that the same work could cost; ``floor_is`` says in words what that is."""

    name: str
    ours: Callable[[], object]
    floor: Callable[[], object]
    floor_is: str
