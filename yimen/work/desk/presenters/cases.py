"""The page of one case: its story, its papers, who else was asked, and its deeds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from yimen.kernel.actor import Actor
from yimen.kernel.clock import spoken_day
from yimen.work.desk.choices import PaperState, ShareState, StepKind
from yimen.work.desk.permissions import ACCEPT_CASE, HANDLE_CASE
from yimen.work.desk.ports import FROM_CASE
from yimen.work.desk.presenters.deeds import Deed, offered_deeds
from yimen.work.desk.queries import CaseView, Connected
from yimen.work.desk.rules.following import OWED

_TONES = {
    StepKind.DECLINED: "warn",
    StepKind.VOIDED: "warn",
    StepKind.UNDELIVERED: "warn",
    StepKind.PAUSED: "warn",
    StepKind.URGED: "warn",
    StepKind.EXTENDED: "warn",
    StepKind.DECIDED: "good",
    StepKind.DELIVERED: "good",
}
_ICONS = {
    StepKind.RECEIVED: "inbox",
    StepKind.NOTICE: "file-text",
    StepKind.ACCEPTED: "clipboard-check",
    StepKind.PAPERS: "files",
    StepKind.PAUSED: "player-pause",
    StepKind.URGED: "bell",
    StepKind.JOINED: "users",
    StepKind.LEADS: "users",
    StepKind.LED_ON: "link",
    StepKind.ARISES: "link",
    StepKind.EXTENDED: "calendar",
    StepKind.HANDED_OVER: "arrow-right",
    StepKind.HANDED_BACK: "arrow-back-up",
    StepKind.ASKED_UNITS: "users",
    StepKind.DECIDED: "circle-check",
    StepKind.DELIVERED: "send",
    StepKind.ARCHIVED: "folder",
}


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
    due: str
    late: bool
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
    pair: Any = None
    connected: Sequence["ConnectedLine"] = ()
    lead_on: str = ""

    @property
    def papers_url(self) -> str:
        """All papers as one PDF, where there is a file."""
        there = any(line.url for line in self.paper_lines)
        return reverse("desk:all_papers", args=[self.case.public_id]) if there else ""

    @property
    def case(self):
        return self.view.case

    @property
    def urged(self) -> int:
        """How often its applicant urged us (催办次数)."""
        return sum(step.kind == StepKind.URGED for step in self.view.steps)


def present_case(
    view: CaseView,
    *,
    by: Actor,
    today: date,
    area_name,
    panels=(),
    origin=None,
    cards=(),
    pair=None,
    bound: tuple[str, forms.Form] | None = None,
) -> CasePage:
    """Shape a case for its page. ``bound`` is the form that came back with a mistake: (deed, form)."""
    case, deeds = view.case, offered_deeds(view, by=by, today=today, bound=bound)
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
        paper_lines=_paper_lines(view, by=by, today=today),
        pair=pair,
        connected=[_connected(one, today=today, area_name=area_name) for one in view.connected],
        lead_on=_lead_on(view, by=by),
    )


@dataclass(frozen=True)
class ConnectedLine:
    """A case that this one led to, or from which it was opened (由此另办): how it stands, or only whose window has it."""

    came_first: bool
    case: Any
    words: str
    state: str = ""
    tone: str = "info"
    where: str = ""
    due_on: date | None = None


def _connected(one: Connected, *, today: date, area_name) -> ConnectedLine:
    case = one.case
    if case is None:
        return ConnectedLine(one.came_first, None, one.words)
    late = _lateness(case, today)
    return ConnectedLine(
        came_first=one.came_first,
        case=case,
        words=one.words,
        state="等居民补充" if case.paused else late or case.get_state_display(),
        tone="late" if late else "warn" if case.paused else "good" if case.settled_on else "info",
        where=f"在{area_name(case.desk_area)}办",
        due_on=case.due_on if case.state == "accepted" else None,
    )


def _lead_on(view: CaseView, *, by: Actor) -> str:
    """Where another case is opened from this one; "" where it is not possible."""
    if view.elsewhere or view.why_not["lead_on"] or not by.can_somewhere(ACCEPT_CASE):
        return ""
    told = {"person": view.case.person, "from": f"{FROM_CASE}:{view.case.public_id}"}
    return f"{reverse('desk:choose')}?{urlencode(told)}"


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


def _paper_lines(view: CaseView, *, by: Actor, today: date) -> list[PaperLine]:
    case = view.case
    may_add = by.can(ACCEPT_CASE, area=case.area) and not view.why_not["supply"]
    copied = {paper.key for paper in view.matter.papers if paper.keep == "copy"} if may_add else set()
    return [
        PaperLine(
            title=row.title,
            state=row.get_state_display(),
            missing=row.state == PaperState.MISSING,
            due=_follows(row, case, today=today),
            late=bool(row.due_on and row.due_on < today),
            original=row.get_original_display(),
            pages=view.pages.get(row.file, 0),
            url=reverse("desk:paper_file", args=[case.public_id, row.key]) if row.file else "",
            add_url=reverse("desk:case_tray", args=[case.public_id, row.key]) if row.key in copied else "",
        )
        for row in view.papers
    ]


def _follows(row, case, *, today: date) -> str:
    """By when this paper follows, in words; "" where it is there or nobody waits for it any longer."""
    if row.state not in OWED or case.papers_due_on is None or row.due_on is None:
        return ""
    day = spoken_day(row.due_on, today=today)
    return f"应在{day}前补交，已过期" if row.due_on < today else f"{day}前补交"


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
