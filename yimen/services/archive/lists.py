"""The declared lists of the archive."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, FlagFilter, ListScreen, TextFilter
from yimen.kernel.text import narrow
from yimen.registers.people.api import FIND
from yimen.registers.places.api import area_name
from yimen.services.archive.choices import Stage, Verdict
from yimen.services.archive.queries import only_lent
from yimen.standards.masking import mask_name

_TONES = {Stage.MADE: "warn", Stage.SENT: "info", Stage.RECEIVED: "good"}


def masked(rows: list, by) -> list:
    """Who works on no case sees no names (领导看数不看人)."""
    if not (by and by.can_somewhere(FIND)):
        for row in rows:
            row.person_name = mask_name(row.person_name)
    return rows


def _digits(rows, typed):
    return rows.filter(
        case_number__startswith="".join(mark for mark in narrow(typed) if mark.isdigit()) or "-"
    )


class HandoverLists(ListScreen):
    """Every list within reach, the latest month first (移交清单)."""

    name = "archive.lists"
    title = "移交清单"
    subtitle = "每月最后一天自动生成；社区签字，档案员逐件核对、签字。"
    columns = (
        Column(
            "month",
            "月份",
            value="month_words",
            link=lambda one: reverse("archive:list", args=[one.public_id]),
        ),
        Column("area", "移交单位", value=lambda one: area_name(one.area)),
        Column("lines", "件数"),
        Column("stage", "进度", value="get_stage_display", tone=lambda one: _TONES[Stage(one.stage)]),
        Column("open_count", "未处理差异", value=lambda one: one.open_count if one.received_at else None),
        Column("sent_by_name", "移交人"),
        Column("received_by_name", "接收人"),
        Column("received_at", "接收时间"),
    )
    filters = (
        ChoiceFilter("stage", "进度", choices=Stage.choices),
        DateFilter("month", "月份"),
    )
    order = ("-month", "-id")
    empty_hint = "每月最后一天，有办结件的社区会自动生成清单；要提前交，点“现在做清单”。"


class HandoverLines(ListScreen):
    """The lines of one list, as a sheet (移交清单明细)."""

    name = "archive.lines"
    title = "移交清单"
    columns = (
        Column("line", "序号"),
        Column("case_number", "办件编号", value="spoken_number", width=20),
        Column("matter_title", "事项", width=24),
        Column("person_name", "申请人", private="name"),
        Column("ending", "结果"),
        Column("ended_on", "办结日期"),
        Column("papers", "材料份数"),
        Column("on_paper", "其中留存纸质"),
        Column("letters", "文书份数"),
        Column("kept", "保管期限"),
        Column("verdict", "核对", value="get_verdict_display"),
        Column("note", "差异说明", width=30),
        Column("archive_number", "档号", width=32),
        Column("cleared", "差异处理", value="get_cleared_display"),
    )
    filters = (ChoiceFilter("verdict", "核对", choices=Verdict.choices),)
    order = ("line",)

    @classmethod
    def dress(cls, rows, *, by):
        return masked(rows, by)


class Differences(ListScreen):
    """What differed and is not cleared up, oldest first (移交差异)."""

    name = "archive.differences"
    title = "移交差异"
    subtitle = "签字时没有收到或材料不全的；找到了由档案员在原条目上收，收不到就转下次移交。"
    columns = (
        Column(
            "case_number",
            "办件编号",
            value="spoken_number",
            link=lambda one: reverse("archive:difference", args=[one.public_id]),
        ),
        Column("month", "清单", value=lambda one: one.list.month_words),
        Column("area", "移交单位", value=lambda one: area_name(one.area)),
        Column("matter_title", "事项"),
        Column("person_name", "申请人", private="name"),
        Column("verdict", "差异", value="get_verdict_display", tone=lambda one: "warn"),
        Column("note", "说明"),
    )
    filters = (ChoiceFilter("verdict", "差异", choices=Verdict.choices[2:]),)
    order = ("id",)
    empty_title = "没有未处理的差异"
    empty_hint = "移交时都收到了，或已经处理完。"

    @classmethod
    def dress(cls, rows, *, by):
        return masked(rows, by)


class ArchiveFiles(ListScreen):
    """The register of the archive (档案目录)."""

    name = "archive.files"
    title = "档案目录"
    subtitle = "按档号、办件编号、姓名、事项、年度或盒子找；点开会登记一次查阅。"
    columns = (
        Column(
            "archive_number", "档号", link=lambda one: reverse("archive:file", args=[one.public_id]), width=32
        ),
        Column("matter_title", "事项"),
        Column("person_name", "申请人", private="name"),
        Column("ended_on", "办结日期"),
        Column(
            "place",
            "存放位置",
            value=lambda one: one.place or ("未入盒" if one.has_paper else "无纸质"),
            width=30,
        ),
        Column("kept", "保管期限"),
        Column("keep_until", "保管到"),
        Column("case_number", "办件编号", value="spoken_number", shown=False, width=20),
        Column("archived_on", "归档日期", shown=False),
    )
    filters = (
        TextFilter("archive_number", "档号"),
        TextFilter("case_number", "办件编号", apply=_digits),
        TextFilter("person_name", "姓名"),
        TextFilter("matter_title", "事项", lookup="contains"),
        TextFilter(
            "year",
            "年度",
            apply=lambda rows, typed: rows.filter(year=typed) if _is_year(typed) else rows.none(),
        ),
        TextFilter("place", "库房、柜架、盒号", lookup="contains"),
        FlagFilter("lent", "原件借出", apply=lambda rows, on: only_lent(rows)),
    )
    order = ("-id",)
    empty_hint = "移交清单签字接收后，档案会在这里；从办件页单件归档的也在。"


def _is_year(typed: str) -> bool:
    return len(typed) == 4 and typed.isdecimal() and typed.isascii()


class DueForReview(ArchiveFiles):
    """Files whose time of keeping is over, the oldest first (期满待鉴定); nothing is destroyed by itself."""

    name = "archive.review"
    title = "期满待鉴定"
    subtitle = "保管期限已满，等鉴定小组决定续存或销毁；系统不会自动删除。"
    filters = (TextFilter("matter_title", "事项", lookup="contains"),)
    order = ("id",)
    empty_title = "没有期满的档案"
    empty_hint = "永久保管的不在这里；定期保管的到期以后会出现。"


class Boxes(ListScreen):
    """The boxes of the archive, by label (档案盒)."""

    name = "archive.boxes"
    title = "档案盒"
    columns = (
        Column("label", "盒号", link=lambda one: reverse("archive:box", args=[one.public_id])),
        Column("room", "库房"),
        Column("shelf", "柜架"),
        Column("held", "已放"),
        Column("capacity", "可放"),
    )
    filters = (TextFilter("label", "盒号"), TextFilter("room", "库房"), TextFilter("shelf", "柜架"))
    order = ("label", "id")
    empty_hint = "点“新建档案盒”，写上盒号和放在哪个库房、哪个柜架。"


class Loans(ListScreen):
    """Originals that are out, the one due first on top (借出未还)."""

    name = "archive.loans"
    title = "借出未还"
    columns = (
        Column(
            "file",
            "档号",
            value="file.archive_number",
            link=lambda one: reverse("archive:file", args=[one.file.public_id]) + "?why=核对借阅",
        ),
        Column("borrower", "借阅人", private="name"),
        Column("unit", "单位"),
        Column("why", "事由"),
        Column("lent_at", "借出"),
        Column("due_on", "应还"),
    )
    order = ("due_on", "id")
    empty_title = "没有借出的原件"
    empty_hint = "在档案页上登记借阅；归还后从这里消失。"
