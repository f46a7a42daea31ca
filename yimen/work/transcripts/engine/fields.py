"""From what is known of a case to the lines of its card (抄录卡), in the order of the other system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yimen.work.transcripts.rules import day_as


@dataclass(frozen=True)
class Known:
    """What is known of a case and of who asked (已知内容): ``facts`` by source, ``masked`` those that are shown in part,
    ``answers`` by question: a text, or a day."""

    facts: Mapping[str, str] = field(default_factory=dict)
    masked: frozenset[str] = frozenset()
    accepted_on: date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CardLine:
    """One line of the card (抄录卡上的一行). What is ``masked`` cannot be copied, what is ``by_hand`` has nothing to copy."""

    label: str
    text: str
    source: str
    masked: bool = False

    @property
    def by_hand(self) -> bool:
        return not self.text

    @property
    def copied(self) -> str:
        return "" if self.masked else self.text


def shown_fields(system: Any, known: Known) -> list[CardLine]:
    """The fields of a system with their values, in its own order (外部字段)."""
    return [
        CardLine(
            one.label,
            _value(one, known, dates=system.dates),
            one.source,
            masked=one.source in known.masked,
        )
        for one in system.fields
    ]


def _value(one: Any, known: Known, *, dates: str) -> str:
    if one.source == "fixed":
        return one.text
    if one.source == "typed":
        return ""
    value = known.facts.get(one.source, "")
    if one.source == "accepted_on":
        value = known.accepted_on
    elif one.source == "answer":
        value = known.answers.get(one.key, "")
    return day_as(dates, value) if isinstance(value, date) else str(value or "")
