"""Chase what others owe to a case: papers that were to follow (催补容缺材料)."""

from collections import Counter
from datetime import datetime

from yimen.foundations.audit.api import operation, unchanged
from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.models import Case

LINK = "/desk/lists/owed/"


@operation("desk.papers.chased")
def chase_papers(*, by: Actor, at: datetime) -> int:
    """Remind the window of papers that follow (催补容缺材料): some working days before the day, on the first one after it,
    and then who is above; answers how many cases have papers that did not come in time.

    On working days only. The titles name nobody, and the list stands behind each message.
    """
    unchanged()
    today = day_of(at)
    calendar, rules = working_calendar(on=today), practice(on=today)
    if not calendar.is_working_day(today):
        return 0
    ahead = calendar.add_working_days(today, rules.papers_warning_working_days).day
    owing = Case.objects.within(by).filter(papers_due_on__lte=ahead).values_list("area", "papers_due_on")
    days = Counter(owing.iterator())
    late = {(area, day): calendar.working_days_between(day, today).count for area, day in days if day < today}
    tell = {"by": by, "at": at}
    for (area, day), number in sorted(days.items()):
        if day == ahead:
            title, text = (
                "容缺的材料快到补交期限",
                f"有 {number} 件的材料要在{day.month}月{day.day}日前补齐，请提醒申请人。",
            )
        elif late.get((area, day)) == 1:
            title, text = (
                "容缺的材料过期没有补",
                f"有 {number} 件的材料应在{day.month}月{day.day}日前补齐，还没有来，请联系申请人。",
            )
        else:
            continue
        role = rules.papers_reminder_role
        tell_role(**tell, role=role, role_area=area, title=title, text=text, link=LINK, area=area)
    for step in rules.papers_escalation:
        counts: Counter[str] = Counter()
        for (area, day), passed in late.items():
            if passed >= step.late_working_days:
                counts[street_of(area)] += days[area, day]
        for street, number in sorted(counts.items()):
            text = f"截至今天，有 {number} 件容缺的材料过期 {step.late_working_days} 个工作日以上没有补。"
            tell_role(
                **tell,
                role=step.role,
                role_area=street,
                title="容缺的材料过期没有补",
                text=text,
                link=step.link,
                area=street,
            )
    return sum(days[key] for key in late)
