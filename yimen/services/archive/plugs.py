"""What the archive plugs into the apps below: its rule of lending, first-page cards, the place beside a case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.ui.ports import HomeCard, NavItem, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places.api import area_name
from yimen.services.archive.engine.practice import ArchivePractice
from yimen.services.archive.permissions import HAND_OVER, KEEP, VIEW_FILES, VIEW_LISTS
from yimen.services.archive.queries import (
    archived_case,
    count_to_hand_over,
    first_differences,
    lists_to_receive,
    lists_to_sign,
    open_differences,
    open_loans,
    to_hand_over,
    unboxed,
)
from yimen.services.archive.rules import month_of
from yimen.work.desk.ports import CaseCard, case_cards

SHOWN = 6


def _named(lists) -> list[dict[str, Any]]:
    return [{"list": one, "name": area_name(one.area)} for one in lists[:SHOWN]]


def _waiting(number: int, *, today: date) -> dict[str, Any] | None:
    """How much is over and goes by the list of this month; None while nothing is."""
    return {"number": number, "month": month_of(today)} if number else None


def _keeper(*, by: Actor, at: datetime) -> dict[str, Any]:
    card = {
        "waiting": _waiting(to_hand_over(by=by, today=day_of(at)).count(), today=day_of(at)),
        "lists": _named(lists_to_receive(by=by)),
        "differences": open_differences(by=by).count(),
        "overdue": list(open_loans(by=by).filter(due_on__lt=day_of(at))[:SHOWN]),
        "unboxed": unboxed(by=by).count(),
    }
    return card | {"nothing": not any(card.values())}


def _words(card: dict[str, Any]) -> str:
    """What of it waits for the keeper, in the sentence under the greeting."""
    told = (
        (len(card["lists"]), "张移交清单待接收"),
        (card["differences"], "件移交差异"),
        (len(card["overdue"]), "件借阅超期"),
    )
    return "，".join(f"{number} {what}" for number, what in told if number)


def _window(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Lists to sign, what differs, and what the list of the month will hold, in her own windows only; else no card."""
    differences = first_differences(by=by, most=SHOWN + 1)
    lists = _named(lists_to_sign(by=by))
    waiting = _waiting(count_to_hand_over(by=by, today=day_of(at)), today=day_of(at))
    if not (lists or differences or waiting):
        return None
    return {
        "waiting": waiting,
        "lists": lists,
        "differences": differences[:SHOWN],
        "more": len(differences) > SHOWN,
    }


def _place(case: UUID, *, by: Actor, on: date) -> dict[str, Any] | None:
    file = archived_case(case, by=by)
    return {"file": file} if file else None


kinds.register(
    Kind(
        name="archive_practice",
        grammar=ArchivePractice,
        title="借阅规矩",
        everyday=everyday("loan_days", "longest_loan_days"),
    )
)
home_cards.register(
    HomeCard(
        key="archive.keeper",
        permission=KEEP,
        order=8,
        template="archive/keeper_card.html",
        query=_keeper,
        words=_words,
    )
)
home_cards.register(
    HomeCard(
        key="archive.window",
        permission=HAND_OVER,
        order=19,
        template="archive/window_card.html",
        query=_window,
    )
)
case_cards.register(
    CaseCard(
        key="archive.place",
        title="档案",
        icon="folder",
        template="archive/case_card.html",
        load=_place,
        permission=VIEW_FILES,
    )
)
navigation.register(
    NavItem(
        label="档案移交", url_name="archive:lists", icon="clipboard-check", permission=VIEW_LISTS, order=38
    )
)
navigation.register(
    NavItem(label="档案目录", url_name="archive:files", icon="folder", permission=VIEW_FILES, order=39)
)
proofs.register(
    Proof(
        key="archive.list_lines",
        title="移交清单件数，对清单条目",
        kept="SELECT id, lines FROM archive_handoverlist WHERE lines > 0",
        truth="SELECT list_id, count(*) FROM archive_handoveritem GROUP BY 1",
    )
)
proofs.register(
    Proof(
        key="archive.boxes",
        title="档案盒的位置，对移动记录",
        kept="SELECT id, room || '|' || shelf FROM archive_archivebox",
        truth="SELECT DISTINCT ON (box_id) box_id, room || '|' || shelf FROM archive_boxmove ORDER BY box_id, id DESC",
    )
)
