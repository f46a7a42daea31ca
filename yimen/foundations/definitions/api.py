"""The door of definitions: what policy says, versioned (制度定义)."""

from yimen.foundations.definitions.choices import OpenCases, Source
from yimen.foundations.definitions.engine.examples import ExampleResult
from yimen.foundations.definitions.engine.shelf import Definition, Pin
from yimen.foundations.definitions.engine.wording import Change, label_at, read_body, words_of
from yimen.foundations.definitions.operations import (
    CannotPublish,
    CannotUseDefinitions,
    publish,
    sync_definitions,
)
from yimen.foundations.definitions.permissions import PUBLISH
from yimen.foundations.definitions.queries import (
    DoesNotFit,
    NoDefinition,
    NoVersion,
    changes,
    current,
    current_all,
    examples_of,
    examples_under,
    find_current,
    find_nearest,
    generation,
    makers_of,
    pinned,
    read,
    run_examples,
    run_published_examples,
    title_of,
    version,
    versions_of,
    why_not_asked,
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
    "PUBLISH",
    "BadExpression",
    "CannotPublish",
    "CannotUseDefinitions",
    "Change",
    "Definition",
    "DoesNotFit",
    "Example",
    "ExampleResult",
    "Grammar",
    "NoDefinition",
    "NoVersion",
    "OpenCases",
    "Pin",
    "Source",
    "changes",
    "check_expression",
    "compare",
    "current",
    "current_all",
    "evaluate",
    "examples_of",
    "examples_under",
    "find_current",
    "find_nearest",
    "generation",
    "holds",
    "label_at",
    "makers_of",
    "names_in",
    "pinned",
    "publish",
    "read",
    "read_body",
    "run_examples",
    "run_published_examples",
    "sync_definitions",
    "title_of",
    "version",
    "versions_of",
    "why_not_asked",
    "words_of",
    "working_calendar",
]
