"""The letters of a case: which facts each is told. The text itself is a definition."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.api import find_current
from yimen.foundations.documents.api import IssuingUnit, issue_letter, letters_of
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.work.desk.choices import PaperState
from yimen.work.desk.engine.grammar import Window
from yimen.work.desk.engine.numbers import tracking_hash, tracking_words
from yimen.work.desk.models import Case, CasePaper
from yimen.work.desk.rules.acceptance import COUNTED
from yimen.work.desk.rules.following import in_words


class NoWindow(NotPossible):
    code = "desk.no_window"
    sentence = "还没有登记 {area} 的受理窗口（名称、地址、电话），请管理员在“制度定义 · 受理窗口”中补上。"


def window_of(area: str, *, on: date) -> tuple[str, Window]:
    """The window of an area, or of its street: (area of the window, what is known of it)."""
    for place in (area, street_of(area)):
        found = find_current("window", place, on=on)
        if found:
            return place, found.body
    raise NoWindow(area=area)


def tracking_path(case: Case, *, by: Actor) -> str:
    """The address on the receipt's code, under which the resident follows her case.

    The receipt she holds stays good when the house changes its keys: a later letter bears the same word, made with the key
    of then, or read from the earlier letter when that key is gone.
    """
    words = tracking_words(case.public_id)
    made = next((word for word in words if tracking_hash(word) == case.tracking_hash), None)
    if made is None:
        told = next((one.tracking_url for one in letters_of(case.public_id, by=by) if one.tracking_url), "")
        return told or f"/t/{words[0]}"
    return f"/t/{made}"


def write_letter(
    *, by: Actor, at: Any, case: Case, letter: str, public_id: UUID | None = None, **facts: Any
) -> UUID:
    """Issue one letter of ``case`` with the facts that all of them share; answers its public id."""
    area, window = window_of(case.desk_area, on=day_of(at))
    shared: Mapping[str, Any] = {
        "applicant": case.person_name,
        "matter": case.matter_title,
        "case_number": case.spoken_number,
        "received_on": day_of(case.received_at),
        "handler": by.name,
        "phone": window.phone,
        "address": window.address,
        "review_office": window.review_office,
        "court": window.court,
    }
    issued = issue_letter(
        by=by,
        at=at,
        letter=letter,
        subject=case.public_id,
        area=case.area,
        facts={**shared, **facts},
        unit=IssuingUnit(area=area, name=window.name, mark=window.mark),
        tracking_url=tracking_path(case, by=by),
        public_id=public_id,
    )
    return issued.public_id


def write_receipt(
    *, by: Actor, at: Any, case: Case, matter: Any, receipt: UUID, papers: Iterable[CasePaper]
) -> None:
    """The letter that says it is accepted (受理通知书), and by when what is missing follows (容缺补交).

    Last: the next letter of this window waits from here on."""
    papers = list(papers)
    later = [paper for paper in papers if paper.state == PaperState.TOLERATED]
    in_hand = [
        f"{paper.title}（{paper.get_state_display()}）"
        for paper in papers
        if paper.state in COUNTED and paper not in later
    ]
    days = [(paper.title, paper.due_on) for paper in later if paper.due_on]
    follows = {"tolerated": in_words(days), "supply_by": max(day for _, day in days)} if days else {}
    write_letter(
        by=by,
        at=at,
        case=case,
        letter=matter.letters.acceptance,
        public_id=receipt,
        papers=in_hand or ["暂无，见容缺补交" if later else "无需提交材料，以本人承诺为准"],
        standing="主要材料符合法定形式，其余容缺补交" if later else "材料齐全、符合法定形式",
        days=matter.days.promised,
        due_on=case.due_on,
        **({"to": matter.passed_on.to} if matter.passed_on else {}),
        **follows,
    )
