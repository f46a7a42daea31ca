"""The door of definitions: what policy says, versioned (制度定义)."""

from yimen.foundations.definitions.choices import OpenCases, Source
from yimen.foundations.definitions.engine.examples import ExampleResult
from yimen.foundations.definitions.engine.shelf import Definition, Pin
from yimen.foundations.definitions.operations import (
    CannotPublish,
    CannotUseDefinitions,
    publish,
    sync_definitions,
)
from yimen.foundations.definitions.queries import (
    NoDefinition,
    NoVersion,
    current,
    current_all,
    find_current,
    pinned,
    run_examples,
    run_published_examples,
    version,
    versions_of,
    working_calendar,
)
from yimen.foundations.definitions.rules.comparing import compare
from yimen.foundations.definitions.rules.expressions import (
    BadExpression,
    check_expression,
    evaluate,
    holds,
    names_in,
)
from yimen.foundations.definitions.rules.grammar import Example, Grammar

__all__ = [
    "BadExpression",
    "CannotPublish",
    "CannotUseDefinitions",
    "Definition",
    "Example",
    "ExampleResult",
    "Grammar",
    "NoDefinition",
    "NoVersion",
    "OpenCases",
    "Pin",
    "Source",
    "check_expression",
    "compare",
    "current",
    "current_all",
    "evaluate",
    "find_current",
    "holds",
    "names_in",
    "pinned",
    "publish",
    "run_examples",
    "run_published_examples",
    "sync_definitions",
    "version",
    "versions_of",
    "working_calendar",
]
