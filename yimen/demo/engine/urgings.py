"""What the leader and the section urge, and how it came out (督办)."""

from datetime import date, datetime, timedelta

from yimen.demo.engine.staff import EAST
from yimen.demo.engine.story import Story
from yimen.kernel.actor import Actor
from yimen.work.directives import api as directives

# How many working days ago, who gives it to whom, what, for how many days, and what came of it.
URGINGS = (
    (
        30,
        "leader",
        "chief",
        "urge",
        "一站式服务还有两个社区没有开起来",
        "说明原因，月底前开窗。",
        6,
        "closed",
    ),
    (12, "leader", "chief", "remark", "差评里说等得太久的，逐件回复", "每件写明怎么改的。", 5, "answered"),
    (9, "chief", "head", "urge", "容缺的材料过期没有补", "逐件联系，能免交的免交。", 3, "late"),
    (2, "chief", "officer", "urge", "殷家社区办件进度落后", "到社区看一次，报一个原因。", 4, "open"),
)


def urge(story: Story, street: str) -> None:
    """Put it on the agenda: each given on its day, answered a day later, closed the day after where it is."""
    for back, giver, owner, kind, title, text, days, fate in URGINGS:
        given_on = story.working_days[-1 - back]
        area = EAST if owner == "head" else street
        story.plan(
            story.at(given_on, 16, 20),
            giver,
            lambda at, by, k=kind, w=(area, owner, title, text, days, fate, giver): _give(
                story, k, w, at, by
            ),
        )


def _give(story: Story, kind: str, what: tuple, at: datetime, by: Actor) -> None:
    area, owner, title, text, days, fate, giver = what
    on = at.date()
    made = directives.give_directive(
        by=by,
        at=at,
        area=area,
        owner=story.staff.accounts[owner],
        kind=kind,
        title=title,
        text=text,
        due_on=on + timedelta(days=days),
        about="/plans/",
        about_title="年度计划",
    )
    story.told["directives"] += 1
    if fate in ("answered", "closed"):
        day = _next(story, on)
        story.plan(story.at(day, 10, 5), owner, lambda at, by: _answer(made.public_id, at, by))
        if fate == "closed":
            story.plan(story.at(day, 17, 0), giver, lambda at, by: _close(made.public_id, at, by))


def _next(story: Story, on: date) -> date:
    return next(day for day in story.working_days if day > on)


def _answer(directive, at: datetime, by: Actor) -> None:
    directives.answer_directive(
        by=by, at=at, directive=directive, text="已逐件核实，原因和整改日期列在办件里。"
    )


def _close(directive, at: datetime, by: Actor) -> None:
    directives.close_directive(by=by, at=at, directive=directive)
