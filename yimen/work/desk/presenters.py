"""Page models of the desk: labels, tabs and deeds with their why-not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse

from yimen.foundations.ui.api import Bulk
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.choices import PaperState, ShareState, StepKind
from yimen.work.desk.forms import (
    ArchiveForm,
    DecideForm,
    DeliverForm,
    PapersForm,
    PauseForm,
    RegisterForm,
    WhyForm,
)
from yimen.work.desk.permissions import ACCEPT_CASE, ARCHIVE_CASE, DECIDE_CASE, HANDLE_CASE
from yimen.work.desk.queries import CaseView
from yimen.work.desk.rules.undoing import Slip, why_not_undo, why_not_void

LISTS = (
    ("", "全部"),
    ("late", "已超期"),
    ("soon", "快到期"),
    ("waiting", "等居民"),
    ("running", "办理中"),
    ("decide", "等我决定"),
    ("deliver", "待送达"),
    ("archive", "待归档"),
)
_TONES = {
    StepKind.DECLINED: "warn",
    StepKind.VOIDED: "warn",
    StepKind.UNDELIVERED: "warn",
    StepKind.PAUSED: "warn",
    StepKind.DECIDED: "good",
    StepKind.DELIVERED: "good",
}
_ICONS = {
    StepKind.RECEIVED: "inbox",
    StepKind.NOTICE: "file-text",
    StepKind.ACCEPTED: "clipboard-check",
    StepKind.PAPERS: "files",
    StepKind.PAUSED: "player-pause",
    StepKind.HANDED_OVER: "arrow-right",
    StepKind.HANDED_BACK: "arrow-back-up",
    StepKind.ASKED_UNITS: "users",
    StepKind.DECIDED: "circle-check",
    StepKind.DELIVERED: "send",
    StepKind.ARCHIVED: "folder",
}


def list_tabs(current: str) -> list[dict[str, Any]]:
    """The tabs over the lists of cases."""
    return [
        {
            "label": label,
            "url": reverse("desk:list", args=[kind]) if kind else reverse("desk:cases"),
            "current": kind == current,
        }
        for kind, label in LISTS
    ]


_TOGETHER = {
    "deliver": (("deliver", "送达", HANDLE_CASE, "send"),),
    "running": (
        ("register", "完成登记", HANDLE_CASE, "check"),
        ("hand_over", "上交街道", HANDLE_CASE, "arrow-right"),
        ("hand_back", "退回社区", HANDLE_CASE, "arrow-back-up"),
    ),
}
_TOGETHER["late"] = _TOGETHER["soon"] = _TOGETHER["running"]


def list_bulk(kind: str, *, by: Actor) -> list[Bulk]:
    """What can be done with several cases of a work list (批量操作), for who may do it somewhere."""
    return [
        Bulk(label, reverse("desk:several", args=[deed]), icon)
        for deed, label, permission, icon in _TOGETHER.get(kind, ())
        if by.can_somewhere(permission)
    ]


@dataclass(frozen=True)
class Deed:
    """One thing that can be done with the case: its form, its button, or why it cannot be done."""

    key: str
    label: str
    url: str
    form: forms.Form
    why_not: str
    tone: str = "plain"
    confirm: str = ""
    open: bool = False


@dataclass(frozen=True)
class StoryLine:
    title: str
    text: str
    at: datetime
    by: str
    tone: str
    icon: str
    url: str


@dataclass(frozen=True)
class PaperLine:
    """One paper of the case: what we have of it, where its original lies, and its file."""

    title: str
    state: str
    missing: bool
    original: str
    pages: int
    url: str
    add_url: str


@dataclass(frozen=True)
class CasePage:
    """The page of one case."""

    view: CaseView
    today: date
    next_deed: Deed | None
    deeds: Sequence[Deed]
    story: Sequence[StoryLine]
    lateness: str
    desk_area: str
    area: str
    panels: Sequence[Any] = ()
    shares: Any = None
    cards: Sequence[Any] = ()
    looks: Sequence[Any] = ()
    origin: Any = None
    extra: dict[str, Any] = field(default_factory=dict)
    paper_lines: Sequence[PaperLine] = ()

    @property
    def papers_url(self) -> str:
        """All papers as one PDF, where there is a file."""
        there = any(line.url for line in self.paper_lines)
        return reverse("desk:all_papers", args=[self.case.public_id]) if there else ""

    @property
    def case(self):
        return self.view.case


_DEEDS = (
    # key, label, permission, at its window (True) or where it lies now, form, tone
    ("supply", "补交材料", ACCEPT_CASE, True, None, "primary"),
    ("register", "完成登记", HANDLE_CASE, False, RegisterForm, "primary"),
    ("decide", "作出决定", DECIDE_CASE, False, DecideForm, "primary"),
    ("deliver", "送达", HANDLE_CASE, True, DeliverForm, "primary"),
    ("archive", "归档", ARCHIVE_CASE, True, ArchiveForm, "primary"),
    ("resume", "恢复办理", HANDLE_CASE, False, forms.Form, "primary"),
    ("hand_over", "上交街道", HANDLE_CASE, False, WhyForm, "plain"),
    ("hand_back", "退回社区", HANDLE_CASE, False, WhyForm, "plain"),
    ("pause", "中止计时", HANDLE_CASE, False, PauseForm, "plain"),
    ("withdraw", "申请人撤回", ACCEPT_CASE, True, WhyForm, "harm"),
    ("void", "收错了，作废", ACCEPT_CASE, True, WhyForm, "harm"),
    ("undeliver", "送达点错了，撤销", HANDLE_CASE, True, WhyForm, "plain"),
)
_CONFIRM = {
    "withdraw": "撤回以后不能再恢复，确定是申请人要求撤回吗？",
    "void": "作废以后不能再恢复，这个编号也不再使用。确定是收错了吗？",
}
_FORMS = {key: form for key, _, _, _, form, _ in _DEEDS}


def deed_form(key: str, view: CaseView, data=None) -> forms.Form:
    """The form of one deed, asking what this matter needs; several stand on one page, each with ids of its own."""
    ids = f"id_{key}_%s"
    if key == "supply":
        return papers_form(view, data, auto_id=ids)
    if key == "decide":
        awaited = any(share.state == ShareState.OPEN for share in view.shares)
        return DecideForm(data, asks_amount=view.matter.result_amount, awaited=awaited, auto_id=ids)
    return _FORMS[key](data, auto_id=ids)


def papers_form(view: CaseView, data=None, **more) -> PapersForm:
    """The papers of the case as a form, with what we have of each."""
    asked = {paper.key: paper for paper in view.matter.papers}
    rows = [paper for paper in view.papers if paper.key in asked]
    initial = {f"paper-{row.key}": row.state for row in rows}
    return PapersForm(data, papers=[asked[row.key] for row in rows], initial=initial, **more)


def present_case(
    view: CaseView,
    *,
    by: Actor,
    today: date,
    area_name,
    panels=(),
    origin=None,
    cards=(),
    bound: tuple[str, forms.Form] | None = None,
) -> CasePage:
    """Shape a case for its page. ``bound`` is the form that came back with a mistake: (deed, form)."""
    case, deeds = view.case, []
    owed = [row for row in view.papers if row.state in (PaperState.MISSING, PaperState.TOLERATED)]
    for key, label, permission, at_window, _, tone in _DEEDS:
        if not by.can(permission, area=case.area if at_window else case.desk_area):
            continue
        why_not = view.why_not[key]
        came_back = bound is not None and bound[0] == key
        if not came_back and (
            _never_here(key, view)
            or _too_late_to_undo(key, view, by=by, today=today)
            or (key == "supply" and not owed)
        ):
            continue
        shown = bound[1] if came_back else deed_form(key, view)
        if key == "deliver" and not came_back:
            shown.initial["receiver"] = case.person_name
        if key in ("decide", "register") and not came_back:
            shown.initial["result"] = view.matter.result
        deeds.append(
            Deed(
                key=key,
                label=label,
                url=reverse("desk:deed", args=[case.public_id, key]),
                form=shown,
                why_not=why_not,
                tone=tone,
                confirm=_CONFIRM.get(key, ""),
                open=came_back,
            )
        )
    ready = [deed for deed in deeds if not deed.why_not and deed.tone == "primary"]
    return CasePage(
        view=view,
        today=today,
        next_deed=ready[0] if ready else None,
        deeds=[deed for deed in deeds if not ready or deed is not ready[0]],
        story=[_line(step, elsewhere=view.elsewhere) for step in view.steps],
        lateness=_lateness(case, today),
        desk_area=area_name(case.desk_area),
        area=area_name(case.area),
        panels=panels,
        origin=origin,
        shares=_shares(view, by=by),
        cards=cards,
        paper_lines=_paper_lines(view, by=by),
    )


@dataclass(frozen=True)
class SharesCard:
    """What other units were asked about a case, and the way to ask (协办)."""

    rows: Sequence[Any]
    ask: str
    open: int


def _shares(view: CaseView, *, by: Actor) -> SharesCard | None:
    case = view.case
    may = by.can(HANDLE_CASE, area=case.desk_area) and not view.why_not["ask"]
    if not (view.shares or may):
        return None
    ask = reverse("desk:ask_units", args=[case.public_id]) if may else ""
    return SharesCard(view.shares, ask, sum(one.state == ShareState.OPEN for one in view.shares))


def _paper_lines(view: CaseView, *, by: Actor) -> list[PaperLine]:
    case = view.case
    may_add = by.can(ACCEPT_CASE, area=case.area) and not view.why_not["supply"]
    copied = {paper.key for paper in view.matter.papers if paper.keep == "copy"} if may_add else set()
    return [
        PaperLine(
            title=row.title,
            state=row.get_state_display(),
            missing=row.state == PaperState.MISSING,
            original=row.get_original_display(),
            pages=view.pages.get(row.file, 0),
            url=reverse("desk:paper_file", args=[case.public_id, row.key]) if row.file else "",
            add_url=reverse("desk:case_tray", args=[case.public_id, row.key]) if row.key in copied else "",
        )
        for row in view.papers
    ]


def _never_here(key: str, view: CaseView) -> bool:
    """Buttons that make no sense for this matter are left out; the rest say why they cannot be used."""
    if view.matter.way == "notice" and key == "decide":
        return True
    if view.matter.way != "notice" and key == "register":
        return True
    if key == "resume":
        return not view.case.paused
    if key in ("pause", "hand_over", "hand_back"):
        return bool(view.why_not[key])
    if key == "deliver":
        return view.case.state in ("delivered", "archived", "withdrawn", "voided")
    return key == "withdraw" and view.case.state not in ("received", "accepted")


def _too_late_to_undo(key: str, view: CaseView, *, by: Actor, today: date) -> bool:
    """Undoing is offered only while it is possible: for the rest of the day, to who made the slip."""
    case, delivery = view.case, view.delivery
    if key == "void":
        slip = Slip(on=day_of(case.received_at), by=case.received_by)
        steps = [step.kind for step in view.steps]
        return bool(view.why_not[key] or why_not_void(slip, steps=steps, by=by.key, today=today))
    if key == "undeliver":
        if delivery is None or view.why_not[key]:
            return True
        slip = Slip(on=day_of(delivery.delivered_at), by=delivery.delivered_by)
        return bool(why_not_undo(slip, by=by.key, today=today, what="送达"))
    return False


def _lateness(case, today: date) -> str:
    if case.state != "accepted" or case.paused or case.due_on is None:
        return ""
    days = (today - case.due_on).days
    if days > 0:
        return f"已超期 {days} 天"
    return "今天到期" if days == 0 else ""


def _line(step, *, elsewhere: bool = False) -> StoryLine:
    """One step; another window of the street sees what the resident herself may read, and no letter."""
    kind = StepKind(step.kind)
    return StoryLine(
        title=kind.label,
        text=step.said if elsewhere else step.note or step.said,
        at=step.at,
        by=step.done_by_name,
        tone=_TONES.get(kind, ""),
        icon=_ICONS.get(kind, "circle-dot"),
        url=reverse("documents:letter", args=[step.letter]) if step.letter and not elsewhere else "",
    )
