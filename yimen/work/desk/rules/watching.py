"""Rules of watching over one's own work."""

import random
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from yimen.kernel.findings import Finding

Drawn = TypeVar("Drawn")
BAD_GRADES = (1, 2)


def draw(cases: Sequence[Drawn], *, percent: int, least: int, seed: str) -> list[Drawn]:
    """A sample of ``cases`` (抽样): the same seed draws the same, so that anybody can repeat the draw."""
    size = min(len(cases), max(least, -(-len(cases) * percent // 100)))
    return random.Random(seed).sample(list(cases), size)


def why_not_check(*, checker: str, handled_by: Sequence[str], faulty: bool, note: str) -> Finding | None:
    """The reason against a verdict: one's own case, or a fault that is not named."""
    if checker in handled_by:
        return Finding("desk.check_own_case", "您办过这件事，请换一位同事抽查。")
    if faulty and not note.strip():
        return Finding("desk.check_fault", "发现问题要写明是什么问题。", "note")
    return None


def why_not_mended(*, planned: bool, mended: bool, done: str) -> Finding | None:
    """The reason against noting what was done: nothing was promised, it is noted already, or no words."""
    if not planned:
        return Finding("desk.mended_unplanned", "这条差评没有定整改期限，不用登记整改结果。")
    if mended:
        return Finding("desk.mended_already", "整改结果已经登记过了。")
    if not done.strip():
        return Finding("desk.mended_words", "请写明怎么整改的。", "done")
    return None


def why_not_answer(*, found: str, planned: bool, mend_by: date | None, today: date) -> Finding | None:
    """The reason against an answer to a bad rating: nothing found out, or a promise without a date."""
    if not found.strip():
        return Finding("desk.answer_found", "请写明核实到的情况。", "found")
    if planned and (mend_by is None or mend_by <= today):
        return Finding("desk.answer_date", "限期整改要写明今天以后的日期。", "mend_by")
    return None
