"""Page models of people: what a page shows, ready for its template."""

from dataclasses import dataclass, field
from typing import Any

from yimen.registers.people.api import MinimalCard, PersonCard, PersonFile, Timeline


@dataclass(frozen=True)
class SearchPage:
    """The search with its results (找人)."""

    text: str
    cards: list[PersonCard] = field(default_factory=list)
    more: bool = False
    asked: bool = False
    id_number: str = ""
    stranger: MinimalCard | None = None
    looked: bool = False
    carried: str = ""
    may_register: bool = False
    fault: str = ""
    same_street: bool = False
    actions: tuple[dict[str, str], ...] = ()

    @property
    def count_line(self) -> str:
        return (
            f"找到 {len(self.cards)} 人以上，请再输入一个字或加上住址"
            if self.more
            else f"找到 {len(self.cards)} 人"
        )


@dataclass(frozen=True)
class NewPage:
    """Putting a resident on file (建档)."""

    form: Any
    similar: list[PersonCard] = field(default_factory=list)
    known: PersonCard | None = None
    from_card: bool = False
    serve: Any = None


@dataclass(frozen=True)
class NumberPart:
    """What an id number told while it was being typed: birth and sex filled, a fault, or a file known already."""

    form: Any
    fault: str = ""
    hint: str = ""
    known: PersonCard | None = None
    elsewhere: str = ""


@dataclass(frozen=True)
class FilePage:
    """A resident's file (一人一档)."""

    file: PersonFile
    age: int | None
    timeline: Timeline
    why: str
    reasons: tuple[str, ...]
    actions: list[dict[str, str]]
    may_edit: bool
    may_correct: bool
    may_merge: bool
    may_show_number: bool
    shown_number: str = ""
    shown_document: Any = None

    @property
    def subtitle(self) -> str:
        """女 · 68岁 · 鄞州区潘火街道东莺社区 · 东方丽都3幢501室."""
        age = f"{self.age}岁" if self.age is not None else ""
        return " · ".join(
            part for part in (self.file.sex_label, age, self.file.full_area, self.file.address) if part
        )


@dataclass(frozen=True)
class EditPage:
    """One small form about a person (更改)."""

    title: str
    subtitle: str
    back: str
    form: Any
    submit: str
    tone: str = "primary"
    hint: str = ""
    text: str = ""
    searching: bool = False
    choosing: str = ""
    candidates: list[PersonCard] = field(default_factory=list)
    confirm: str = ""


@dataclass(frozen=True)
class HouseholdView:
    """A household (住户)."""

    house: Any
    place: str
    may_edit: bool
