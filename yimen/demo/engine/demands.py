"""What departments ask of communities, and what of it is let in (工作事项准入)."""

from datetime import datetime, timedelta
from uuid import UUID

from yimen.demo.engine.story import Story
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.steering.workload import api as workload

# Who asks, what, which kind, hours each time and how often, held against which entry of the lists, and the answer.
DEMANDS = (
    ("区统计部门（演示）", "人口变动情况抽样核对", "task", 6, 2, "population_check", True, "协助事项清单内，给了经费和时间"),
    ("区某局（演示）", "每月手填一张已有数据的报表", "report", 3, 12, "duplicate_reports", False, "数据系统里有，不再填表"),
    ("区某局（演示）", "为居民开具居住证明", "task", 2, 12, "certificates", False, "属于二十项证明，由有权部门出具"),
    ("区某中心（演示）", "下载手机软件并每日打卡", "software", 1, 60, "", None, ""),
)  # fmt: skip


def ask_of_communities(story: Story, street: str, *, officer: str, chief: str, mark: str = "") -> None:
    """Put it on the agenda: some day for each demand, answered two days later by somebody else."""
    communities = list(story.staff.windows)
    for order, demand in enumerate(DEMANDS):
        day = story.working_days[(order + 1) * len(story.working_days) // (len(DEMANDS) + 1)]
        story.plan(
            story.at(day, 9, 40),
            officer,
            lambda at, by, d=demand: _ask(story, street, communities, d, chief, mark, at, by),
        )


def _ask(
    story: Story,
    street: str,
    communities: list[str],
    demand: tuple,
    chief: str,
    mark: str,
    at: datetime,
    by: Actor,
) -> None:
    unit, title, kind, hours, times, listed, admit, reason = demand
    on = day_of(at)
    asked = workload.enter_demand(
        by=by,
        at=at,
        area=street,
        unit_name=unit + mark,
        title=title + mark,
        kind=kind,
        communities=communities[:5],
        since=on,
        until=on + timedelta(days=90),
        hours=hours,
        times=times,
        content=f"请社区配合。{mark}",
        basis=f"部门文件（演示）{mark}",
    )
    story.told["demands"] += 1
    if admit is not None:
        story.plan(
            story.in_working_days(at, 2),
            chief,
            lambda at, by: _decide(story, asked.public_id, listed, bool(admit), reason + mark, at, by),
        )


def _decide(
    story: Story, demand: UUID, listed: str, admit: bool, reason: str, at: datetime, by: Actor
) -> None:
    until = day_of(at) + timedelta(days=90) if admit else None
    workload.decide_demand(
        by=by, at=at, demand=demand, admit=admit, listed=listed, reason=reason, until=until
    )
    story.told["demands decided"] += 1
