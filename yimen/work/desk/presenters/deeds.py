"""What can be done with a case: its forms and buttons, or why a button cannot be pressed."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.choices import Outcome, ShareState
from yimen.work.desk.forms import (
    AnswerUrgeForm,
    ArchiveForm,
    DecideForm,
    DeliverForm,
    ExtendForm,
    JoinForm,
    PapersForm,
    PauseForm,
    RegisterForm,
    WhyForm,
)
from yimen.work.desk.permissions import ACCEPT_CASE, ARCHIVE_CASE, DECIDE_CASE, EXTEND_CASE, HANDLE_CASE
from yimen.work.desk.queries import CaseView
from yimen.work.desk.rules.following import OWED
from yimen.work.desk.rules.undoing import Slip, why_not_undo, why_not_void


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


_DEEDS = (
    # key, label, permission, at its window (True) or where it lies now, form, tone
    ("answer_urge", "答复催办", HANDLE_CASE, False, AnswerUrgeForm, "primary"),
    ("supply", "补交材料", ACCEPT_CASE, True, None, "primary"),
    ("register", "完成登记", HANDLE_CASE, False, RegisterForm, "primary"),
    ("decide", "作出决定", DECIDE_CASE, False, DecideForm, "primary"),
    ("deliver", "送达", HANDLE_CASE, True, DeliverForm, "primary"),
    ("archive", "归档", ARCHIVE_CASE, True, ArchiveForm, "primary"),
    ("resume", "恢复办理", HANDLE_CASE, False, forms.Form, "primary"),
    ("hand_over", "上交街道", HANDLE_CASE, False, WhyForm, "plain"),
    ("hand_back", "退回社区", HANDLE_CASE, False, WhyForm, "plain"),
    ("pause", "中止计时", HANDLE_CASE, False, PauseForm, "plain"),
    ("extend", "延期", EXTEND_CASE, False, ExtendForm, "plain"),
    ("join", "并入另一件一起办", HANDLE_CASE, False, JoinForm, "plain"),
    ("part", "拆开单办", HANDLE_CASE, False, WhyForm, "plain"),
    ("withdraw", "申请人撤回", ACCEPT_CASE, True, WhyForm, "harm"),
    ("void", "收错了，作废", ACCEPT_CASE, True, WhyForm, "harm"),
    ("undeliver", "送达点错了，撤销", HANDLE_CASE, True, WhyForm, "plain"),
)
_CONFIRM = {
    "extend": "只能延一次，会出具延期告知书。负责人已经签字批准了吗？",
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
        return DecideForm(
            data, asks_amount=view.matter.result_amount, awaited=awaited, owed=_owed(view), auto_id=ids
        )
    if key == "extend":
        days = view.matter.days
        return ExtendForm(data, most=days.extend_most, source=days.extend_source, auto_id=ids)
    if key in ("register", "deliver"):
        return _FORMS[key](data, owed=_owed(view), auto_id=ids)
    return _FORMS[key](data, auto_id=ids)


def _owed(view: CaseView) -> list[str]:
    """The papers that have not come, by title; of a case that was refused none is awaited."""
    if view.case.outcome == Outcome.REFUSED:
        return []
    return [row.title for row in view.papers if row.state in OWED]


def papers_form(view: CaseView, data=None, **more) -> PapersForm:
    """The papers of the case as a form, with what we have of each."""
    asked = {paper.key: paper for paper in view.matter.papers}
    rows = [paper for paper in view.papers if paper.key in asked]
    initial = {f"paper-{row.key}": row.state for row in rows}
    return PapersForm(data, papers=[asked[row.key] for row in rows], initial=initial, **more)


def offered_deeds(
    view: CaseView, *, by: Actor, today: date, bound: tuple[str, forms.Form] | None = None
) -> list[Deed]:
    """The deeds that ``by`` may do with the case. ``bound`` is the form that came back with a mistake: (deed, form)."""
    case, deeds = view.case, []
    owed = _owed(view)
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
    return deeds


def _never_here(key: str, view: CaseView) -> bool:
    """Buttons that make no sense for this matter are left out; the rest say why they cannot be used."""
    if view.matter.way == "notice" and key == "decide":
        return True
    if view.matter.way != "notice" and key == "register":
        return True
    if key in ("decide", "register") and view.case.state not in ("received", "accepted"):
        return True
    if key == "resume":
        return not view.case.paused
    if key == "supply":
        return bool(view.case.settled_on and view.why_not[key])
    if key == "extend" and view.case.extended_days:
        return view.case.state != "accepted"
    if key == "join" and view.matter.result_amount:
        return True
    if key in ("answer_urge", "join", "part", "pause", "extend", "hand_over", "hand_back"):
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
