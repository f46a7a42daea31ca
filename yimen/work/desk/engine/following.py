"""The papers of a case that follow (容缺后补): by which day, and which are still owed."""

from collections.abc import Iterable
from datetime import date

from yimen.foundations.definitions.api import working_calendar
from yimen.work.desk.choices import Outcome, PaperState, State
from yimen.work.desk.engine.grammar import Matter, Practice
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.engine.steps import CannotDo
from yimen.work.desk.models import Case, CasePaper
from yimen.work.desk.rules.following import OWED, follow_by, why_not_before_papers


def follow_days(matter: Matter, key: str, rules: Practice) -> int:
    """Within how many working days this paper follows: as its matter says, else as is usual here."""
    named = next((paper.follow_days for paper in matter.papers if paper.key == key), 0)
    return named or rules.papers_follow_working_days


def give_days(case: Case, matter: Matter, papers: Iterable[CasePaper], *, on: date) -> list[CasePaper]:
    """Give each paper that follows its day (补交期限); answers those that got one now. A day once told stays."""
    given = []
    for paper in papers:
        if paper.state == PaperState.TOLERATED and paper.due_on is None:
            days = follow_days(matter, paper.key, practice(on=on))
            paper.due_on = follow_by(on=on, days=days, due_on=case.due_on, calendar=working_calendar(on=on))
            given.append(paper)
    return given


def nearest(papers: Iterable[CasePaper]) -> date | None:
    """The first day by which one of these follows."""
    return min((paper.due_on for paper in papers if paper.state in OWED and paper.due_on), default=None)


def owed_papers(case: Case) -> list[CasePaper]:
    """What was to follow and has not come (未补交材料)."""
    return list(CasePaper.objects.filter(case=case, state__in=OWED).order_by("id"))


def papers_due(case: Case) -> date | None:
    """The day of `Case.papers_due_on` as it should read: only while the case is under way, and not once it was refused."""
    under_way = case.state in (State.ACCEPTED, State.DECIDED) and case.outcome != Outcome.REFUSED
    return nearest(owed_papers(case)) if under_way else None


def must_not_owe(case: Case, *, without: str, deed: str) -> str:
    """Refuse while papers have not come (容缺未补), unless ``without`` says why; answers what the step notes of it."""
    owed = [paper.title for paper in owed_papers(case)]
    if finding := why_not_before_papers(owed=owed, without=without, deed=deed):
        raise CannotDo(finding.sentence, findings=[finding])
    return f"没有等补交{'、'.join(owed)}：{without.strip()}" if owed else ""
