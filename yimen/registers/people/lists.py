"""The declared list screens of people."""

from django.urls import reverse

from yimen.foundations.ui.api import Column, ListScreen, TextFilter
from yimen.kernel.clock import day_of
from yimen.registers.places.api import area_name


class PapersMissing(ListScreen):
    """Residents put on file without a paper (证件待补): to be completed when they come again, or merged."""

    name = "people.papers_missing"
    title = "证件待补"
    columns = (
        Column("name", "姓名", link=lambda person: reverse("people:file", args=[person.public_id])),
        Column("address", "住址"),
        Column("community", "社区", value=lambda person: area_name(person.community)),
        Column("phone_tail", "电话尾号"),
        Column("registered_on", "建档", value=lambda person: day_of(person.registered_at)),
        Column(
            "complete",
            "补证件",
            value=lambda person: "登记证件",
            link=lambda person: reverse("people:document", args=[person.public_id]),
            exported=False,
        ),
    )
    filters = (TextFilter("name", "姓名"),)
    order = ("-id",)
    empty_title = "没有证件待补的居民"
    empty_hint = "没带证件也能建档办事；建了以后会列在这里，带来时补登。"
