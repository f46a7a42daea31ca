"""Worked examples of matters (事项算例): what an application of these facts would meet at the window."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.working_days import describe
from yimen.work.desk.engine.asking import papers_asked, units_asked
from yimen.work.desk.engine.conditions import unmet
from yimen.work.desk.engine.following import follow_days
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.ports import Application, acceptance_rules
from yimen.work.desk.rules.acceptance import missing_papers
from yimen.work.desk.rules.following import follow_by

_NOBODY = UUID(int=0)


def run_matter_example(matter: Matter, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Given answers, papers and a day: which papers are asked, what stands in the way, and the limit in words.

    ``given.known.<rule>`` is what that rule would have read from the registers.
    """
    answers, papers = dict(given.get("answers", {})), dict(given.get("papers", {}))
    asked = papers_asked(matter, answers)
    on = on or date(2026, 1, 5)
    application = Application(
        matter=given.get("matter", ""),
        on=on,
        area=given.get("area", ""),
        person=_NOBODY,
        born_on=date.fromisoformat(str(given["born_on"])) if given.get("born_on") else None,
        answers=answers,
        papers=papers,
    )
    findings = missing_papers(asked=asked, states=papers)
    findings += unmet(matter.conditions, answers=answers, born_on=application.born_on, on=on)
    for name in matter.rules:
        known = given.get("known", {}).get(name, {})
        findings += acceptance_rules.get(name).decide(replace(application, known=known))
    calendar = working_calendar(on=on)
    promised = calendar.add_working_days(on, matter.days.promised)
    return {
        "papers": [paper.key for paper in asked],
        "follow_by": _follow(matter, papers, on=on, due_on=promised.day),
        "asks": [one.key for one in units_asked(matter, answers)],
        "in_the_way": [finding.sentence for finding in findings if finding.refuses],
        "to_mind": [finding.sentence for finding in findings if not finding.refuses],
        "accepted": not any(finding.refuses for finding in findings),
        "due_on": promised.day,
        "due_in_words": describe(promised, today=on),
        "legal_due_on": calendar.add_working_days(on, matter.days.legal).day,
    }


def _follow(matter: Matter, papers: Mapping[str, str], *, on: date, due_on: date) -> dict[str, date]:
    """The day by which each paper that is not there follows (补交期限)."""
    calendar, rules = working_calendar(on=on), practice(on=on)
    return {
        key: follow_by(on=on, days=follow_days(matter, key, rules), due_on=due_on, calendar=calendar)
        for key, state in papers.items()
        if state == "tolerated"
    }
