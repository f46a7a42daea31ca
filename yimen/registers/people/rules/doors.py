"""What can be noted at a door, and what can be taken back."""

from collections.abc import Collection
from datetime import date

from yimen.kernel.findings import Finding

SELF, LET, VACANT, SHARED, UNCHECKED = "self", "let", "vacant", "shared", "unchecked"
LIVED_IN = (SELF, LET, SHARED)


def why_not_verify(*, use: str, living: int) -> Finding | None:
    """Why a door cannot be called as it stands (核实无误): nobody said how it is used, or it is empty with people in it."""
    if use == UNCHECKED:
        return Finding("people.use_unsaid", "请先选看到的是自住、出租、空置还是群租。", "use")
    if use == VACANT and living:
        return Finding(
            "people.empty_with_people",
            f"这里还登记着 {living} 人居住，不能记为空置；人搬走了请点“搬出”。",
            "use",
        )
    return None


def use_after_leaving(use: str, *, staying: int) -> str:
    """How a dwelling is used when some have left (搬出后的使用情况): empty when nobody is left."""
    if not staying:
        return VACANT
    return use if use in LIVED_IN else SELF


def why_not_leave(leaving: Collection, living: Collection) -> Finding | None:
    """Only who is noted as living here can leave (搬出)."""
    if not leaving:
        return Finding("people.nobody_leaves", "请勾选搬走的人。", "people")
    if set(leaving) - set(living):
        return Finding(
            "people.not_living_here", "勾选的人里有人已经不住在这里了，请看一眼现在的名单。", "people"
        )
    return None


def why_not_undo(
    *, mine: bool, noted_on: date, today: date, undone: bool, latest: bool, as_left: bool
) -> Finding | None:
    """Why a note at a door cannot be taken back (撤销): only the same day, by who made it, while nothing came after it."""
    if undone:
        return Finding("people.undone_already", "这一条已经撤销过了。")
    if not mine:
        return Finding("people.not_my_note", "只有登记的人自己能撤销；有误请另行登记。")
    if noted_on != today:
        return Finding("people.too_late_to_undo", "只能当天撤销；现在请按实际情况另行登记。")
    if not latest or not as_left:
        return Finding("people.changed_since", "之后又有了新的登记，不能撤销；请按实际情况另行登记。")
    return None
