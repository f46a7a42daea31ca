"""What the pages of organisations show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from yimen.registers.organisations.choices import OF_GOVERNMENT, OF_STAFF, OrganisationKind
from yimen.registers.organisations.engine.practice import OrganisationPractice, YearlyCheck
from yimen.registers.organisations.queries import Due, OnFile, PostLine
from yimen.registers.organisations.rules import VisitStanding, visits_standing

if TYPE_CHECKING:
    from yimen.registers.organisations.models import (
        Contact,
        Inspection,
        Milestone,
        Organisation,
        Responsibility,
    )


@dataclass(frozen=True)
class PostBlock:
    """A post as the page shows it: the role in words, where it is responsible, who holds it."""

    line: PostLine
    role: str
    place: str


@dataclass(frozen=True)
class Line:
    """One dated row in words (一条记录): what, from when until when, how it stands today, how to end it."""

    what: str
    detail: str
    since: date
    last_day: date | None
    state: str
    tone: str
    end: str = ""
    link: str = ""
    files: Sequence[tuple[str, str]] = ()
    scan: str = ""
    visits: str = ""
    late: str = ""


@dataclass(frozen=True)
class Block:
    """One card of dated rows, and the way to add one."""

    title: str
    icon: str
    lines: Sequence[Line]
    empty: str
    add: str = ""
    add_label: str = ""


@dataclass(frozen=True)
class OrganisationPage:
    organisation: "Organisation"
    place: str
    field: str
    posts: list[PostBlock]
    sections: list["Organisation"]
    milestones: list["Milestone"]
    blocks: list[Block]
    inspections: list["Inspection"]
    inspects: YearlyCheck | None
    owed: Due | None
    may_keep: bool
    may_describe: bool
    may_post: bool
    today: date


def post_blocks(
    lines: list[PostLine], *, roles: Mapping[str, str], places: Mapping[str, str]
) -> list[PostBlock]:
    """Posts with the titles of their roles and the names of their areas."""
    return [
        PostBlock(line, roles.get(line.post.role, line.post.role), places.get(line.post.area, line.post.area))
        for line in lines
    ]


def dated_line(
    row: Any, what: str, detail: str, *, on: date, warn_days: int = 0, end: str = "", link: str = ""
) -> Line:
    """A dated row in words: 有效, 快到期, 已过期, 未开始."""
    last_day = row.until - timedelta(days=1) if row.until else None
    state, tone = "有效", "good"
    if row.since > on:
        state, tone = "未开始", "neutral"
    elif last_day and last_day < on:
        state, tone = "已过期", "neutral"
    elif last_day and last_day - timedelta(days=warn_days) <= on:
        state, tone = f"还有 {(last_day - on).days} 天", "warn"
    return Line(what, detail, row.since, last_day, state, tone, end if state != "已过期" else "", link)


def agreed(row: Any, found: OnFile, on: date) -> list[str]:
    """What an agreement promises in numbers, and how it stands this month (约定的上门和床位)."""
    words = []
    if row.visits_monthly:
        done = _standing(row, found, on).this_month
        words.append(f"每月上门 {row.visits_monthly} 次，本月已 {done} 次")
    if row.beds:
        words.append(f"床位 {row.beds} 张")
    return words


def short_months(row: Any, found: OnFile, on: date) -> str:
    """The months in which fewer visits were made than agreed (没做够的月份), the latest three."""
    if not row.visits_monthly:
        return ""
    short = _standing(row, found, on).short
    told = "、".join(f"{month.year}年{month.month}月少 {missing} 次" for month, missing in short[:3])
    return f"{told}，近一年共 {len(short)} 个月没做够" if len(short) > 3 else told


def _standing(row: Any, found: OnFile, on: date) -> VisitStanding:
    visited = [one.visited_on for one in found.visits.get(row.id, ())]
    return visits_standing(row.visits_monthly, since=row.since, until=row.until, visited=visited, on=on)


@dataclass(frozen=True)
class VisitsPage:
    """The visits made under one agreement (协议上门), and the form for one more."""

    organisation: "Organisation"
    agreement: Any
    visits: Sequence[Any]
    form: Any
    late: str


def record_blocks(
    found: OnFile,
    contacts: Sequence["Contact"],
    responsibilities: Sequence["Responsibility"],
    *,
    rules: OrganisationPractice,
    on: date,
    kind: str,
    add: Any,
    end: Any,
    scan: Any,
    visits: Any,
    person_page: Any,
) -> list[Block]:
    """The cards of one organisation; ``add(what)`` and ``end(what, row)`` answer addresses, "" where one may not."""
    term = rules.term_of(kind)
    offices = [
        dated_line(
            row,
            f"{row.office}　{row.name}",
            "，".join(filter(None, (str(row.term or ""), row.ended_why))),
            on=on,
            end=end("officer", row),
            link=person_page(row.person) if row.person else "",
        )
        for row in found.officers
    ]
    terms = [
        dated_line(
            row, str(row), f"应有 {row.seats} 人，{row.basis}", on=on, warn_days=term.warn_days if term else 0
        )
        for row in found.terms
    ]
    credentials = [
        dated_line(
            row,
            rules.credentials[row.kind].title if row.kind in rules.credentials else row.kind,
            "，".join(filter(None, (row.number, row.extent, row.issuer))),
            on=on,
            warn_days=rules.credentials[row.kind].warn_days if row.kind in rules.credentials else 0,
            end=end("credential", row),
        )
        for row in found.credentials
    ]
    agreements = [
        replace(
            dated_line(
                row,
                row.title,
                "；".join(
                    filter(None, (f"与{row.partner}", row.content, *agreed(row, found, on), row.ended_why))
                ),
                on=on,
                warn_days=rules.agreement_warn_days,
                end=end("agreement", row),
            ),
            files=[
                (one.name, reverse("documents:file", args=[one.public_id]))
                for one in found.scans.get(row.public_id, ())
            ],
            scan=scan(row),
            visits=visits(row) if row.visits_monthly else "",
            late=short_months(row, found, on),
        )
        for row in found.agreements
    ]
    partners = [
        replace(
            dated_line(
                row,
                f"{row.organisation.name}：{row.title}",
                "；".join(filter(None, (row.content, *agreed(row, found, on), row.ended_why))),
                on=on,
                warn_days=rules.agreement_warn_days,
                link=reverse("organisations:organisation", args=[row.organisation.public_id]),
            ),
            late=short_months(row, found, on),
        )
        for row in found.partners
    ]
    calls = [
        dated_line(
            row,
            f"{row.name}　{row.duty}",
            rules.networks[row.network].title if row.network in rules.networks else "",
            on=on,
            end=end("contact", row),
            link=f"tel:{row.phone}",
        )
        for row in contacts
    ]
    tasks = [
        dated_line(
            row,
            f"{row.account.name}{'（A岗）' if row.work else ''}：{row.task}",
            (f"B岗{row.deputy.name}" if row.work else f"不在时找{row.deputy.name}")
            if row.deputy
            else "未定替岗",
            on=on,
            end=end("responsibility", row),
        )
        for row in responsibilities
    ]
    staffed = kind in OF_STAFF
    official = kind in OF_GOVERNMENT
    licensed = any(not one.kinds or kind in one.kinds for one in rules.credential) and (
        not staffed or kind == OrganisationKind.HEALTH_CENTRE
    )
    blocks = (
        (
            not official,
            Block("职务", "users", offices, "还没有登记负责人、成员。", add("officer"), "登记任职"),
        ),
        (not official, Block("届次", "calendar", terms, "不分届，或者还没有登记。", add("term"), "登记一届")),
        (True, Block("联系人", "phone", calls, "还没有指定联系人。", add("contact"), "指定联系人")),
        (licensed, Block("证照", "id", credentials, "还没有登记证照。", add("credential"), "登记证照")),
        (
            not staffed or kind == OrganisationKind.HEALTH_CENTRE,
            Block("协议", "file-text", agreements, "还没有登记协议。", add("agreement"), "登记协议"),
        ),
        (False, Block("合作单位的协议", "file-text", partners, "")),
        (
            staffed,
            Block(
                "分工", "clipboard-list", tasks, "还没有写明谁负责什么。", add("responsibility"), "写明分工"
            ),
        ),
    )
    # An empty card is shown to whoever may fill it, where it makes sense for this kind.
    return [block for sensible, block in blocks if block.lines or (sensible and block.add)]
