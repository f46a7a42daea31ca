"""What every definition is built from: the strict base model and the worked example (算例)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Reference = tuple[str, str]


class Grammar(BaseModel):
    """The base of every grammar and of every part of one: unknown keys are rejected, values never change.

    A grammar that refers to other definitions overrides ``references`` with ``(kind, key)`` pairs; a version then pins
    the versions of those that are in force when it takes effect.

    ``labels`` are the Chinese names of its fields, and of values that are words of the machine as ``field.value``: with them
    a definition is read to people, and the difference between two versions is told.
    """

    labels: ClassVar[Mapping[str, str]] = {}
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @property
    def references(self) -> tuple[Reference, ...]:
        return ()


class Heading(Grammar):
    """The lines any definition file may start with; they say when and why, and are no part of the body.

    ``effective_on`` 生效日期; ``change`` 本次修改说明; ``open_cases`` whether open work keeps the old version or moves.
    """

    effective_on: date | None = None
    change: str = ""
    open_cases: Literal["keep", "move"] = "keep"


class Example(Grammar):
    """A worked example (算例): with these facts, this comes out. Only the keys named in ``expect`` are compared."""

    name: str = Field(min_length=1)
    given: Mapping[str, Any] = {}
    expect: Mapping[str, Any] = Field(min_length=1)
    on: date | None = None
    source: str = ""
