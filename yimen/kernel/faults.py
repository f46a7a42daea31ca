"""What is wrong with something a person typed (输入差错).

A parser in kernel or standards answers either the value or a `Fault`: ::

    parsed = parse_money(typed)
    if isinstance(parsed, Fault):
        form.add_error("amount", parsed.sentence)

A `Fault` is about the text alone. Whether a deed is allowed or possible is not said here: that is a finding or a refusal.
"""

from dataclasses import dataclass
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Fault:
    """One reason why a text cannot be read.

    `code` is stable and meant for programs ("wrong_check"), `sentence` is Chinese and meant for the person who typed:
    it says what is wrong and, where possible, how to mend it. A sentence never repeats the whole typed text, because
    it may end up in a log.
    """

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class FaultError(ValueError):
    """Raised by `value_of` where a fault can only be a mistake of ours, for instance in a definition file."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


def value_of(parsed: Value | Fault) -> Value:
    """Answer the parsed value, or raise `FaultError` when it is a fault."""
    if isinstance(parsed, Fault):
        raise FaultError(parsed)
    return parsed
