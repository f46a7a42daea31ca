"""What the desk plugs into the apps below: grammars, navigation, the first page, the resident's file."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.ports import proofs
from yimen.foundations.definitions.api import current_all
from yimen.foundations.definitions.ports import Kind, Reader, kinds, readers
from yimen.foundations.documents.ports import FileKind, Purpose, purposes
from yimen.foundations.exports.ports import ExportSource
from yimen.foundations.exports.ports import sources as export_sources
from yimen.foundations.retention.ports import Hold, holds
from yimen.foundations.ui.api import address, words
from yimen.foundations.ui.ports import Chip, ChipRow, HomeCard, NavItem, chip_rows, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import clock_of, day_of
from yimen.kernel.findings import Finding
from yimen.registers.people.ports import (
    FileAction,
    FileCard,
    FileDeed,
    StrangerAction,
    TimelineSource,
    file_actions,
    file_cards,
    merge_reconcilers,
    stranger_actions,
    timeline_sources,
)
from yimen.registers.places.api import VIEW_PLACES, SiteKind
from yimen.registers.places.ports import AreaCount, AreaMove, Offering, area_counts, offerings, restamp
from yimen.standards.certificates import find_certificates, refusal_sentence
from yimen.work.desk import operations
from yimen.work.desk.engine.coverage import run_one_stop_example
from yimen.work.desk.engine.examples import run_matter_example
from yimen.work.desk.engine.explanations import Explanation
from yimen.work.desk.engine.grammar import Matter, MatterField, OneStop, Practice, Window
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.engine.trays import PAGE
from yimen.work.desk.engine.wording import read_matter
from yimen.work.desk.models import Case
from yimen.work.desk.operations.merging import restore_trays, settle_trays
from yimen.work.desk.permissions import (
    ACCEPT_CASE,
    ANSWER_SHARE,
    CHECK_WORK,
    DECIDE_CASE,
    DELEGATE,
    HANDLE_CASE,
    VIEW_CASES,
    VIEW_RATINGS,
)
from yimen.work.desk.ports import acceptance_rules
from yimen.work.desk.queries import (
    card_of,
    card_words,
    cases_before,
    cases_of_notes,
    first_shares,
    one_stop_values,
    open_cases_in,
    parked_intakes,
    ratings_card,
    running_out,
)
from yimen.work.desk.queries.cases import find_cases, people_with_open_cases
from yimen.work.desk.queries.proofs import PROOFS
from yimen.work.indicators.ports import measures
from yimen.work.ledger.api import CannotUndo, SourceKind
from yimen.work.ledger.ports import Born, NoteTold, Sequel, SourcePage, sequels, source_pages


def _may_stand(matter: Matter) -> list[str]:
    """Rules nobody registered; and no matter may issue what a community must not certify."""
    unknown = [f"受理规则「{rule}」没有登记" for rule in matter.rules if rule not in acceptance_rules]
    return unknown + [refusal_sentence(each) for each in find_certificates(matter.title)]


def _asked(matter: Matter) -> list[str]:
    """What a matter asks of who comes: the papers, and what comes of it."""
    return [
        matter.title,
        matter.result,
        *(word for paper in matter.papers for word in (paper.key, paper.title)),
    ]


kinds.register(
    Kind(
        name="matter",
        grammar=Matter,
        title="事项",
        run_example=run_matter_example,
        check=_may_stand,
        asks=_asked,
    )
)
kinds.register(Kind(name="explanation", grammar=Explanation, title="不再办理的事"))
kinds.register(Kind(name="window", grammar=Window, title="受理窗口"))


def _known_kinds(standard: OneStop) -> list[str]:
    known = SiteKind.values
    return [
        f"没有这种服务点「{kind}」；可用：{'、'.join(known)}" for kind in standard.kinds if kind not in known
    ]


class OneStopCommunities:
    """How many communities are served at one stop on a day (口径：一站式社区)."""

    key = "desk.one_stop_communities"
    title = "提供一站式服务的社区"

    def values(
        self, areas: Sequence[str], days: Sequence[date], *, by: Actor
    ) -> Mapping[tuple[str, date], int]:
        return one_stop_values(areas, days, by=by)

    def opens(self, area: str, on: date) -> str:
        return reverse("desk:coverage") + "?" + urlencode({"on": on.isoformat()})


measures.register(OneStopCommunities())


def _matters(on: date) -> list[tuple[str, str]]:
    return sorted(((one.key, one.body.title) for one in current_all("matter", on=on)), key=lambda one: one[1])


offerings.register(Offering(key="matter", title="事项", order=10, choices=_matters))
kinds.register(
    Kind(
        name="one_stop",
        grammar=OneStop,
        title="一站式标准",
        run_example=run_one_stop_example,
        check=_known_kinds,
    )
)
kinds.register(Kind(name="matter_field", grammar=MatterField, title="事项类别"))
kinds.register(Kind(name="practice", grammar=Practice, title="办件规矩"))
readers.register(Reader("matter", read_matter))

# A photographed page is readable with 300 KB; single pages are seen only by the clerk who holds them, so no look is left.
purposes.register(
    Purpose(
        key=PAGE,
        title="待收材料",
        most=300,
        kinds=frozenset({FileKind.PDF, FileKind.JPG, FileKind.PNG}),
        shrink_to=300 * 1024,
        personal=False,
        store_permission=ACCEPT_CASE,
        open_permission=ACCEPT_CASE,
    )
)

navigation.register(
    NavItem(label="办件", url_name="desk:cases", icon="clipboard-list", permission=VIEW_CASES, order=20)
)

navigation.register(
    NavItem(label="事项下放", url_name="desk:delegations", icon="send", permission=ACCEPT_CASE, order=52)
)
navigation.register(
    NavItem(label="一站式覆盖", url_name="desk:coverage", icon="chart-bar", permission=VIEW_PLACES, order=54)
)
navigation.register(
    NavItem(label="差评回应", url_name="desk:follow_ups", icon="star", permission=CHECK_WORK, order=33)
)
navigation.register(
    NavItem(label="即办件抽查", url_name="desk:checks", icon="square-check", permission=CHECK_WORK, order=34)
)

SHOWN = 6


for _order, (_kind, _permission, _title) in enumerate(
    (
        ("late", HANDLE_CASE, "已超期"),
        ("soon", HANDLE_CASE, "快到期"),
        ("decide", DECIDE_CASE, "等我决定"),
        ("waiting", ACCEPT_CASE, "等居民补充"),
        ("deliver", HANDLE_CASE, "待送达"),
    )
):
    home_cards.register(
        HomeCard(
            key=f"desk.{_kind}",
            permission=_permission,
            order=10 + _order,
            template="desk/home_card.html",
            query=card_of(_kind, _title),
            words=card_words,
        )
    )


def _shares_card(kind: str, title: str):
    def query(*, by: Actor, at: datetime) -> dict[str, Any] | None:
        today = day_of(at)
        shares = first_shares(kind, by=by, today=today, most=SHOWN + 1)
        if not shares:
            return None
        return {
            "title": title,
            "shares": shares[:SHOWN],
            "more": len(shares) > SHOWN,
            "url": reverse("desk:share_list", args=[kind]),
            "today": today,
            "sent": kind == "sent",
        }

    return query


def _running_out(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What was given to communities and runs out within the longest warning; no card when nothing does."""
    today = day_of(at)
    days = max(practice(on=today).delegation_warning_days, default=0)
    rows = running_out(by=by, on=today, within_days=days)
    return {"rows": rows[:SHOWN], "more": max(len(rows) - SHOWN, 0)} if rows else None


home_cards.register(
    HomeCard(
        key="desk.delegations",
        permission=DELEGATE,
        order=19,
        template="desk/running_out.html",
        query=_running_out,
    )
)
home_cards.register(
    HomeCard(
        key="desk.shares_mine",
        permission=ANSWER_SHARE,
        order=16,
        template="desk/shares_home.html",
        query=_shares_card("mine", "等我协办"),
    )
)
home_cards.register(
    HomeCard(
        key="desk.shares_sent",
        permission=HANDLE_CASE,
        order=17,
        template="desk/shares_home.html",
        query=_shares_card("sent", "协办未回"),
    )
)
navigation.register(
    NavItem(label="协办", url_name="desk:shares", icon="exchange", permission=ANSWER_SHARE, order=23)
)


home_cards.register(
    HomeCard(
        key="desk.ratings",
        permission=VIEW_RATINGS,
        order=35,
        template="desk/ratings_card.html",
        query=ratings_card,
    )
)


def _cases_card(newest: Sequence[Case], *, by: Actor) -> dict[str, Any]:
    """The last few cases: one look says when she was last here and what for."""
    return {"cases": newest[:SHOWN]}


def _case_deeds(
    people: Sequence[UUID], *, by: Actor, before: tuple[datetime, str] | None, limit: int
) -> Sequence[FileDeed]:
    return [_case_deed(case) for case in cases_before(people, by=by, before=before, limit=limit)]


def _case_deed(case: Case) -> FileDeed:
    return FileDeed(
        at=case.received_at,
        order=case.number,
        title=f"申请{case.matter_title}"
        + (f"（{words(case.received_on)} 收件，补录）" if case.late_entry else ""),
        text=case.get_state_display(),
        url=address("desk:case", case.public_id),
        icon="clipboard-list",
    )


def _accept_address(person: UUID, *, by: Actor) -> str:
    return address("desk:choose") + "?" + urlencode({"person": person})


def _why_not_accept(person: UUID, *, by: Actor) -> str:
    return "这是您本人，请换一位同事受理。" if by.person == person else ""


file_cards.register(
    FileCard(
        key="desk.cases",
        title="办件",
        order=10,
        permission=VIEW_CASES,
        template="desk/file_card.html",
        load=_cases_card,
        newest="desk.cases",
    )
)
timeline_sources.register(
    TimelineSource(
        key="desk.cases",
        permission=VIEW_CASES,
        deeds=_case_deeds,
        rows=Case,
        newest=partial(cases_before, before=None),
        deed=_case_deed,
    )
)
file_actions.register(
    FileAction(
        key="desk.accept",
        label="受理事项",
        icon="plus",
        order=10,
        permission=ACCEPT_CASE,
        url=_accept_address,
        why_not=_why_not_accept,
    )
)
source_pages.register(SourcePage(key=SourceKind.CASE, url=lambda case: address("desk:case", case)))
stranger_actions.register(
    StrangerAction(key="desk.serve", label="在本窗口为他办事", permission=ACCEPT_CASE, url_name="desk:serve")
)


def _parked_chips(*, by: Actor) -> list[Chip]:
    """One chip per half-done intake: surname and time, no matter, because a window's screen is seen by others."""
    return [
        Chip(
            label=f"{row.surname} {clock_of(row.parked_at)}",
            title=f"取回 {row.surname} 的受理，{clock_of(row.parked_at)} 挂起",
            url=reverse("desk:intake", args=[row.matter])
            + "?"
            + urlencode({"person": row.person, "parked": row.public_id}),
            key=str(row.public_id),
        )
        for row in parked_intakes(by=by)
    ]


chip_rows.register(
    ChipRow(
        key="desk.parked",
        title="挂起的受理",
        permission=ACCEPT_CASE,
        chips=_parked_chips,
        url_name="desk:parked",
    )
)


def _why_no_case(*, person: UUID | None) -> str:
    return "" if person else "要受理办件，先选一位居民。"


def _choose_with_note(note: NoteTold) -> str:
    return reverse("desk:choose") + "?" + urlencode({"person": note.person, "origin": note.entry})


def _cases_born(entries: Sequence[UUID], *, by: Actor) -> dict[UUID, Born]:
    return {
        case.origin: Born(
            f"办件：{case.matter_title} {case.spoken_number}", reverse("desk:case", args=[case.public_id])
        )
        for case in cases_of_notes(entries, by=by)
    }


def _no_case_may_rest_on_it(entry: UUID, *, by: Actor, at: datetime) -> None:
    if case := next(iter(cases_of_notes([entry], by=by)), None):
        raise CannotUndo(f"已经据此受理了办件 {case.spoken_number}，不能撤回；需要时请申请人撤回办件。")


sequels.register(
    Sequel(
        key="case",
        label="有事，要办",
        permission=ACCEPT_CASE,
        order=10,
        why_not=_why_no_case,
        next_url=_choose_with_note,
        born=_cases_born,
        undo=_no_case_may_rest_on_it,
    )
)
for _proof in PROOFS:
    proofs.register(_proof)
export_sources.register(
    ExportSource(
        key="desk.cases", where="yimen.work.desk.lists.AllCases", permission=VIEW_CASES, rows=find_cases
    )
)
area_counts.register(AreaCount(key="desk", title="未办结办件", order=40, count=open_cases_in))


class CasesFollowTheirArea:
    """What is open at the desk when areas are reorganised."""

    key = "desk"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_cases(by=by, at=at, move=move)


class DelegationsFollowTheirArea:
    """What a street gave to a community holds for the one that took over."""

    key = "desk.delegations"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_delegations(by=by, at=at, move=move)


class PapersWaitForHer:
    """Papers handed in before acceptance, of one who had two files."""

    key = "desk"

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> list[Finding]:
        return []

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        return settle_trays(by=by, at=at, keep=keep, alias=alias)

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        restore_trays(by=by, at=at, state=state)


merge_reconcilers.register(PapersWaitForHer())
restamp.register(CasesFollowTheirArea())
restamp.register(DelegationsFollowTheirArea())
holds.register(Hold(key="desk", title="未办结的办件", held=people_with_open_cases))
