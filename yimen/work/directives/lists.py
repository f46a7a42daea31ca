"""The declared list of directives."""

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.registers.places.api import area_name
from yimen.work.directives.choices import TONES, DirectiveKind, Standing


def _overdue(one):
    today = today_acted()
    return ("超期", "late") if today and one.is_late(today) else None


class DirectiveList(ListScreen):
    """What is wanted of whom, what is due first on top (督办清单)."""

    name = "directives.directives"
    title = "督办"
    columns = (
        Column(
            "title",
            "什么事",
            link=lambda one: reverse("directives:directive", args=[one.public_id]),
            hint="about_title",
        ),
        Column("kind", "类别", value="get_kind_display"),
        Column("area", "区域", value=lambda one: area_name(one.area)),
        Column("owner_name", "责任人"),
        Column("giver_name", "交办人"),
        Column("due_on", "期限", mark=_overdue),
        Column(
            "standing",
            "办理情况",
            value="get_standing_display",
            tone=lambda one: TONES[Standing(one.standing)],
        ),
    )
    filters = (
        ChoiceFilter("standing", "办理情况", choices=Standing.choices),
        ChoiceFilter("kind", "类别", choices=DirectiveKind.choices),
        TextFilter("title", "什么事", hint="开头几个字"),
    )
    order = ("due_on", "id")
    empty_title = "这里没有督办"
    empty_hint = "在超期的办件、落后的数或者任何一张清单上按“督办”，就会出现在这里。"
