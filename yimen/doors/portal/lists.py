"""Declared lists of the resident's own pages."""

from yimen.foundations.ui.api import Column, ListScreen
from yimen.registers.places.api import area_name


class LooksAtMe(ListScreen):
    """Who looked at my file (谁看过我的档案): the right to know of the Personal Information Protection Law, article 44."""

    name = "portal.looks"
    title = "谁看过我的档案"
    subtitle = "工作人员每次打开您的档案，都会在这里留下姓名、时间和事由"
    columns = (
        Column("actor_name", "谁"),
        Column("at", "什么时候"),
        Column("why", "为什么"),
        Column("area", "在哪里", value=lambda look: area_name(look.area) if look.area else ""),
    )
    order = ("-id",)
    per_page = 30
    export_permission = None
    empty_title = "还没有人看过您的档案"
    empty_hint = "有工作人员打开时，会记在这里。"
