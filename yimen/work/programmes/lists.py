"""The declared lists of duties."""

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.api import Column, DateFilter, ListScreen, words
from yimen.registers.people.api import FIND
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.programmes.queries import with_absences


def _put_off(duty):
    return f"推迟 {duty.put_off_times} 次，原定 {words(duty.first_due_on)}" if duty.put_off_times else ""


def _away(duty):
    return f"A岗不在，至{words(duty.away)}" if duty.away else ""


class DutyList(ListScreen):
    """Duties by the day they are due (待办清单)."""

    name = "programmes.duties"
    title = "待办"
    columns = (
        Column("title", "要做什么", link=lambda duty: reverse("programmes:duty", args=[duty.public_id])),
        Column("creditor_name", "对谁", private=lambda duty: "name" if duty.person else ""),
        Column("due_on", "到期", hint=_put_off),
        Column("debtor", "谁去做", value=lambda duty: duty.debtor_name or "本辖区同事", hint=_away),
        Column("area", "辖区", value=lambda duty: area_name(duty.area)),
        Column("state", "状态", value="get_state_display"),
    )
    filters = (DateFilter("due_on", "到期"),)
    order = ("due_on", "id")
    empty_title = "这里没有待办"
    empty_hint = "从随手记里选“要再看”，或者在居民档案里点“记待办”，就会出现在这里。"

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        """Who finds no residents sees no names (领导看数不看人); who is away is said."""
        if not (by and by.can_somewhere(FIND)):
            for duty in rows:
                duty.creditor_name = mask_name(duty.creditor_name) if duty.person else duty.creditor_name
        return with_absences(rows, on=today_acted())
