"""Page models of people: what a page shows, ready for its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from yimen.kernel.clock import day_of
from yimen.registers.people.api import (
    Door,
    Doubles,
    Freshness,
    Merged,
    MergePreview,
    MinimalCard,
    OwnCopy,
    PersonCard,
    PersonFile,
    Share,
    Timeline,
)
from yimen.registers.people.choices import Extent, ShownField
from yimen.registers.people.engine.field_privacy import Shown
from yimen.registers.people.ports import FileDeed, file_cards
from yimen.registers.people.rules.restrictions import WHILE_RESTRICTED
from yimen.registers.people.rules.showing import told_address, told_birth, told_phone


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
    may_compare: bool = False
    may_list: bool = False
    fault: str = ""
    same_street: bool = False
    tied: tuple[Any, ...] = ()
    actions: tuple[dict[str, str], ...] = ()

    @property
    def count_line(self) -> str:
        return (
            f"找到 {len(self.cards)} 人以上，请再输入一个字或加上住址"
            if self.more
            else f"找到 {len(self.cards)} 人"
        )


@dataclass(frozen=True)
class DoorFormPage:
    """A small form about one door (门口登记): few fields, large buttons, what may be a double beside it."""

    door: Door
    form: Any
    title: str
    submit: str
    back: str
    address: str
    doubles: Doubles = field(default_factory=Doubles)
    searching: bool = False
    text: str = ""
    found: list[PersonCard] = field(default_factory=list)


@dataclass(frozen=True)
class FreshnessPage:
    """How fresh the register is (核实新鲜度): by community, in it by grid; ``total`` is of all that is within reach."""

    days: int
    since: date
    communities: list[tuple[str, str, Freshness, list[tuple[str, str, Freshness]]]]
    total: Freshness

    @property
    def empty(self) -> bool:
        return not self.communities


def summed(area: str, lines: Iterable[Freshness]) -> Freshness:
    """Several grids as one."""
    lines = list(lines)
    names = ("dwellings", "households", "people")
    return Freshness(area, *(sum((getattr(one, name) for one in lines), Share()) for name in names))


@dataclass(frozen=True)
class DeclarationPage:
    """One declaration (住户申报): what was told, who lives there now, whom the newcomer may be already."""

    declaration: Any
    door: Door
    doubles: Doubles
    form: Any
    refusing: Any


@dataclass(frozen=True)
class SheetPage:
    """The sheet with a code for the stairs (扫码申报张贴纸)."""

    title: str
    place: str
    code: str
    until: date
    back: str
    url: str


@dataclass(frozen=True)
class NewPage:
    """Putting a resident on file (建档)."""

    form: Any
    doubles: Doubles = field(default_factory=Doubles)
    known: PersonCard | None = None
    from_card: bool = False
    serve: Any = None


@dataclass(frozen=True)
class AlikePart:
    """Whom the one being put on file may be already, asked while it is typed (疑似重复)."""

    form: Any
    doubles: Doubles


@dataclass(frozen=True)
class NumberPart:
    """What an id number told while it was being typed: birth and sex filled, a fault, or a file known already."""

    form: Any
    fault: str = ""
    hint: str = ""
    known: PersonCard | None = None
    elsewhere: str = ""


@dataclass(frozen=True)
class GlassPage:
    """Opening a file in an emergency (紧急查阅)."""

    form: Any
    minutes: int
    title: str
    back: str
    id_number: str = ""


@dataclass(frozen=True)
class ReviewPage:
    """One emergency look, to be reviewed (复核)."""

    look: Any
    form: Any
    card: PersonCard | None
    own: bool

    @property
    def card_title(self) -> str:
        """Which card of special data was opened; "" for a file."""
        found = file_cards.find(self.look.card) if self.look.card else None
        return found.title if found else self.look.card


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
    shown: Shown
    opened: str = ""
    opened_value: str = ""
    opened_document: Any = None
    emergency: Any = None
    may_break: bool = False
    slips: frozenset[Any] = frozenset()
    fault: str = ""
    while_restricted: str = WHILE_RESTRICTED

    @property
    def subtitle(self) -> str:
        """女 · 68岁 · 鄞州区潘火街道东莺社区 · 东方丽都3幢501室."""
        age = f"{self.age}岁" if self.age is not None else ""
        address = self._address(self.file.address)
        return " · ".join(part for part in (self.file.sex_label, age, self.file.full_area, address) if part)

    @property
    def phone(self) -> str:
        if self.opened == ShownField.PHONE:
            return self.opened_value
        return told_phone(self.file.phone, self.shown.extent(ShownField.PHONE))

    @property
    def birth(self) -> str:
        return told_birth(self.file.birth_on, self._extent(ShownField.BIRTH_ON))

    @property
    def addresses(self) -> list[tuple[Any, str]]:
        """The rows of where she lives and is registered, each with its address as this post sees it."""
        return [(line, self._address(line.address)) for line in self.file.addresses]

    @property
    def asks(self) -> dict[str, SafeString]:
        """The buttons by which a masked fact is asked for, one for each purpose (查看事由)."""
        return {
            field: purpose_buttons(offered)
            for field, offered in self.shown.purposes.items()
            if offered
            and field != self.opened
            and (self.may_show_number if field == ShownField.ID_NUMBER else self._known(field))
        }

    def _known(self, field: str) -> bool:
        return (
            any(line.address for line in self.file.addresses)
            if field == ShownField.ADDRESS
            else bool(getattr(self.file, field))
        )

    def _extent(self, field: str) -> str:
        return Extent.WHOLE if field == self.opened else self.shown.extent(field)

    def _address(self, address: str) -> str:
        return told_address(address, self._extent(ShownField.ADDRESS))


@lru_cache(maxsize=64)
def purpose_buttons(offered: tuple[tuple[str, str], ...]) -> SafeString:
    """A button for each purpose: the file is opened all day, and they are always the same."""
    return format_html_join(
        "", '<button class="btn btn-sm" type="submit" name="purpose" value="{}">{}</button>', offered
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


@dataclass(frozen=True)
class ComparedLine:
    """One fact of two files beside each other; ``agrees`` None where one of them does not say."""

    label: str
    one: str
    other: str
    agrees: bool | None


@dataclass(frozen=True)
class ComparePage:
    """Two files side by side (并排核对)."""

    one: PersonFile
    other: PersonFile
    lines: list[ComparedLine]
    why: str
    answer: str
    answered: Any
    may_merge: bool
    preview: MergePreview | None = None
    form: Any = None
    swapped: bool = False


@dataclass(frozen=True)
class ChoosePage:
    """Which other file to compare with, and what was merged into this one before (选另一份档案)."""

    file: PersonFile
    form: Any
    text: str
    candidates: list[PersonCard]
    merges: list[Merged]


@dataclass(frozen=True)
class RightsPage:
    """What a resident may ask of her own file (本人权利)."""

    file: PersonFile
    requests: list[Any]
    form: Any
    copy_form: Any
    lift_form: Any
    page_form: Any
    end_form: Any
    own_page: Any
    may_lift: bool
    lifters: str
    while_restricted: str = WHILE_RESTRICTED


@dataclass(frozen=True)
class AnswerPage:
    """A request to be answered, or answered (答复权利请求)."""

    request: Any
    form: Any
    may_answer: bool


@dataclass(frozen=True)
class LooksPage:
    """Who looked at a file, on paper (谁看过我的档案)."""

    file: PersonFile
    looks: tuple[Any, ...]
    on: date


@dataclass(frozen=True)
class CopyPage:
    """A copy of a person's own data, on paper (本人信息副本)."""

    copy: OwnCopy
    on: date
    by: str
    asked_by: str


@dataclass(frozen=True)
class SlipPage:
    """The slip that opens a resident's own page, on paper (本人页面凭条); it may lie about, so the name is masked."""

    file: PersonFile
    name: str
    code: str
    url: str
    minutes: int
    days: int


@dataclass(frozen=True)
class UndoPage:
    """A merge that may be taken back, with what was written since (撤销合并)."""

    merged: Merged
    since: list[FileDeed]
    form: Any


def compared_lines(
    one: PersonFile, other: PersonFile, agrees: Mapping[str, bool | None]
) -> list[ComparedLine]:
    """What stands on two files, fact by fact (并排核对); ``agrees`` knows of numbers and telephones that are shown masked."""
    same_paper = agrees.get("number") or agrees.get("old_number") or agrees.get("id_number")
    told = [
        ("姓名", one.name, other.name, agrees.get("name")),
        ("曾用名", "、".join(one.former_names), "、".join(other.former_names), None),
        ("性别", one.sex_label, other.sex_label, agrees.get("sex")),
        ("出生日期", _day(one.birth_on), _day(other.birth_on), agrees.get("birth_on")),
        ("死亡日期", _day(one.died_on), _day(other.died_on), None),
        ("电话", one.phone_masked, other.phone_masked, agrees.get("phone")),
        ("住址", one.address, other.address, agrees.get("address")),
        ("社区", one.full_area, other.full_area, one.community == other.community),
        ("居住类别", one.residence_label, other.residence_label, None),
        ("户主", one.householder, other.householder, agrees.get("family")),
        ("证件", _papers(one), _papers(other), same_paper),
        ("档案号", one.number, other.number, None),
        ("建档", _day(day_of(one.registered_at)), _day(day_of(other.registered_at)), None),
    ]
    return [ComparedLine(*line) for line in told if line[1] or line[2]]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _papers(file: PersonFile) -> str:
    return "、".join(f"{line.label} {line.masked}" for line in file.documents if line.until is None)
