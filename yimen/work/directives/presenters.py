"""What the pages of directives show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.registers.places.api import full_area_name
from yimen.work.directives.choices import TONES
from yimen.work.directives.forms import AnswerForm, CloseForm, PutOffForm, ReturnForm, WithdrawForm
from yimen.work.directives.queries import DirectiveFile
from yimen.work.directives.rules import why_not_deed

# What the owner does, then what the giver does: deed, words on its button, its form.
OWNERS = (("answer", "答复", AnswerForm),)
GIVERS = (
    ("close", "办结", CloseForm),
    ("return", "退回再办", ReturnForm),
    ("put_off", "改期", PutOffForm),
    ("withdraw", "撤销", WithdrawForm),
)
STATES = {
    "answer": "answered", "close": "closed", "return": "returned", "put_off": "put_off", "withdraw": "withdrawn",
}  # fmt: skip


@dataclass(frozen=True)
class DeedForm:
    """One thing that can be done now (可办的操作)."""

    deed: str
    title: str
    form: Any
    opened: bool


@dataclass(frozen=True)
class DirectivePage:
    """One directive as its page shows it (督办)."""

    file: DirectiveFile
    area: str
    late: bool
    tone: str
    answer: DeedForm | None
    others: Sequence[DeedForm]


def directive_page(
    file: DirectiveFile, *, today: date, bound: Mapping[str, Any] | None = None
) -> DirectivePage:
    """The page of one directive; ``bound`` are forms that were sent and refused, by deed."""
    bound = bound or {}
    row = file.directive

    def offered(deeds: Sequence[tuple[str, str, Any]]) -> list[DeedForm]:
        return [
            DeedForm(deed, title, bound.get(deed) or form(auto_id=f"id_{deed}_%s"), deed in bound)
            for deed, title, form in deeds
            # What was typed and refused is shown again, though the deed is not possible any more.
            if deed in bound or not why_not_deed(STATES[deed], standing=row.standing)
        ]

    own = offered(OWNERS) if file.answers else []
    return DirectivePage(
        file=file,
        area=full_area_name(row.area),
        late=row.is_late(today),
        tone="late" if row.is_late(today) else TONES[row.standing],
        answer=own[0] if own else None,
        others=offered(GIVERS) if file.gives else [],
    )
