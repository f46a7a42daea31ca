"""The list of the component gallery."""

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, FlagFilter, ListScreen, TextFilter


class SampleList(ListScreen):
    """A list of made-up cases (样例清单)."""

    name = "ui.samples"
    title = "样例清单"
    columns = (
        Column("number", "编号", link=lambda row: f"#{row.number}"),
        Column("name", "申请人", hint="where", width=24),
        Column("matter", "事项", width=40),
        Column("state", "状态", tone="tone"),
        Column("due_on", "期限"),
        Column("money", "金额（元）"),
    )
    filters = (
        ChoiceFilter(
            "state",
            "状态",
            choices=(("待受理", "待受理"), ("办理中", "办理中"), ("已超期", "已超期"), ("已办结", "已办结")),
        ),
        FlagFilter("mine", "只看我的"),
        TextFilter("name", "姓名", hint="姓名开头"),
        DateFilter("due_on", "期限"),
    )
    per_page = 6
    empty_hint = "从窗口受理一件，就会出现在这里。"


class EmptyList(SampleList):
    """The same list with nothing in it."""

    name = "ui.samples_empty"
    title = "空的清单"
