"""What upper apps plug in: the kinds of definition (定义种类) with their grammar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.foundations.definitions.rules.grammar import Grammar
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Kind:
    """One kind of definition: folder name, grammar, Chinese title.

    ``run_example(body, given, on)`` answers what comes out of the given facts under that body; the keys an example
    expects are looked up in it. ``check(body)`` answers sentences about what the grammar alone cannot see (a named rule
    that nobody registered); it is asked when everything is plugged in.
    """

    name: str
    grammar: type[Grammar]
    title: str
    run_example: Callable[[Any, Mapping[str, Any], date | None], Mapping[str, Any]] | None = None
    check: Callable[[Any], list[str]] | None = None


kinds: Registry[Kind] = Registry(Kind, name="定义种类", key="name", required=("title", "grammar"))
