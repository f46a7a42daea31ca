"""What the bearer of a receipt may ask by its word, and who is told of it (凭查询码)."""

from datetime import date, datetime

from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.work.desk.engine.numbers import tracking_hash
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.engine.steps import NoCase
from yimen.work.desk.models import Case
from yimen.work.desk.rules.urging import why_not_urge


def case_of_word(word: str, *, by: Actor) -> Case:
    """The case whose receipt bears this word (查询码); refuses a word that no receipt bears."""
    case = Case.objects.within(by).filter(tracking_hash=tracking_hash(word)).first()
    if case is None:
        raise NoCase("没有找到这个查询码，请核对回执上的 13 位字母和数字。")
    return case


def why_not_urge_now(case: Case, *, on: date) -> Finding | None:
    """The reason against urging about ``case`` today: once a working day, while it is in our hands."""
    again_on = working_calendar(on=on).next_working_day(case.urged_on).day if case.urged_on else None
    return why_not_urge(state=case.state, paused=case.paused, again_on=again_on, on=on)


def tell_desk(case: Case, *, by: Actor, at: datetime, title: str, text: str) -> None:
    """Tell the post at whose desk the case lies what its applicant did (居民催办、撤回提醒)."""
    rules = practice(on=day_of(at))
    at_street = level(case.desk_area) is Level.STREET
    tell_role(
        by=by,
        at=at,
        role=rules.urged_role_street if at_street else rules.urged_role_community,
        role_area=case.desk_area,
        title=title,
        text=f"办件 {case.spoken_number}：{text}",
        link=f"/desk/cases/{case.public_id}/",
        area=case.area,
    )
