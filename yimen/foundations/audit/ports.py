"""What upper apps plug into audit: how the numbers they derive are proven (核对)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yimen.kernel.registry import Registry

EXAMPLES = 5


@dataclass(frozen=True)
class Found:
    """What one proof found: how many rows were compared, how many differ, and the ids of the first few."""

    compared: int
    different: int = 0
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """How a derived number is shown to follow from the rows it was derived from (核对项).

    Two statements, each answering rows ``(name, value)``: ``kept`` what stands there, ``truth`` what the facts say. A name
    is an id or a cell and never says who somebody is; it may be shown, and the values too where ``tells`` says so. Every
    name must occur once on each side, and what counts nothing on neither: leave zeros out. Where SQL does not know how it
    was derived, ``check`` is called with a cursor instead. Both run in one read-only snapshot, and must not fill the memory.
    """

    key: str
    title: str
    kept: str = ""
    truth: str = ""
    check: Callable[[Any], Found] | None = None
    tells: bool = True


proofs: Registry[Proof] = Registry(
    Proof,
    name="核对项",
    required=("title",),
    check=lambda proof: (
        ()
        if bool(proof.check) != bool(proof.kept and proof.truth)
        else ("要么给出两条语句，要么给出一个函数",)
    ),
)
