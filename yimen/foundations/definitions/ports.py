"""What upper apps plug in: the kinds of definition (定义种类) with their grammar, and how people read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.foundations.definitions.rules.grammar import Grammar
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Everyday:
    """A part of a definition that changes in everyday life (常改项目): who may publish changes it in a form.

    ``path`` leads to it through the body. Of a list of tables ``columns`` are what is typed; the other fields of a line stay as
    they are, ``fixed`` lines are neither added nor taken out, and ``note(definition, line)`` tells what else holds for one.
    ``words(definition)`` are the Chinese names of what stands in braces in its texts: people read and type ［办件编号］.
    """

    path: tuple[str, ...]
    columns: tuple[str, ...] = ()
    fixed: bool = False
    note: Callable[[Any, Any], str] | None = None
    words: Callable[[Any], Mapping[str, str]] | None = None


def everyday(*names: str) -> tuple[Everyday, ...]:
    """Everyday parts that need nothing but their names, as in ``"days.promised"``."""
    return tuple(Everyday(tuple(name.split("."))) for name in names)


@dataclass(frozen=True)
class Kind:
    """One kind of definition: folder name, grammar, Chinese title.

    ``run_example(body, given, on)`` answers what comes out of the given facts under that body; the keys an example
    expects are looked up in it. ``check(body)`` answers sentences about what the grammar alone cannot see (a named rule
    that nobody registered); it is asked when everything is plugged in. ``asks(body)`` answers what it asks of residents or
    counts about them, in its own words: none of that may be what nobody may collect (不得收集). ``everyday`` are the parts that
    change in everyday life; everything else needs thought about rules or letters.
    """

    name: str
    grammar: type[Grammar]
    title: str
    run_example: Callable[[Any, Mapping[str, Any], date | None], Mapping[str, Any]] | None = None
    check: Callable[[Any], list[str]] | None = None
    asks: Callable[[Any], Iterable[str]] | None = None
    everyday: tuple[Everyday, ...] = ()


kinds: Registry[Kind] = Registry(Kind, name="定义种类", key="name", required=("title", "grammar"))


@dataclass(frozen=True)
class Line:
    """One line of a reading (一行): a label with its text; ``refers`` names another definition as (kind, key)."""

    label: str
    text: str
    refers: tuple[str, str] | None = None


@dataclass(frozen=True)
class Part:
    """A part of a reading (一段): lines with labels, then sentences; ``numbered`` sentences are counted."""

    title: str
    lines: tuple[Line, ...] = ()
    sentences: tuple[str, ...] = ()
    numbered: bool = False


@dataclass(frozen=True)
class Reading:
    """A definition as people read it (释读): a matter as 办事指南, a letter as its text."""

    title: str
    summary: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Reader:
    """How one kind is read: ``read(definition, title=…)`` answers a Reading. Other kinds are read field by field."""

    kind: str
    read: Callable[..., Reading]


readers: Registry[Reader] = Registry(Reader, name="定义释读", key="kind", required=("read",))
