"""What verbs on waiting papers share: whose tray, for which paper, and how its pages become the case's."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yimen.foundations.access.api import keyed_hashes
from yimen.foundations.audit.api import record
from yimen.foundations.definitions.api import current, version
from yimen.foundations.documents.api import bind_files, discard_files
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotFound, NotPossible
from yimen.registers.people import api as people
from yimen.work.desk.engine.grammar import Matter, Paper
from yimen.work.desk.engine.steps import load_case, must_be_possible
from yimen.work.desk.models import Case, CasePaper, PaperTray, PhoneLink, TrayPage
from yimen.work.desk.permissions import ACCEPT_CASE
from yimen.work.desk.rules.papers import state_with_pages, why_not_copy

PAGE, PAPER = "desk.page", "paper"
_WORD = 26  # letters of base 32: 130 bits


class NoTray(NotFound):
    code = "desk.no_page"
    sentence = "这一页已经不在了，请看一下最新的页面。"


class TrayGone(Conflict):
    code = "desk.tray_gone"
    sentence = "这些材料刚才已经收进办件，或已清除；请打开最新的页面再继续。"


class CannotTake(NotPossible):
    code = "desk.cannot_take"


@dataclass(frozen=True)
class TrayOf:
    """What papers are held for (收给哪件事): an application of a person that is being taken in, or a case."""

    matter: str
    person: UUID
    case: UUID | None = None


def asked_paper(
    of: TrayOf, paper: str, *, by: Actor, at: datetime, area: str
) -> tuple[Paper, str, Case | None]:
    """The paper as the matter words it, the area of the tray, and its case; refuses who may not accept there."""
    if of.case:
        case = load_case(of.case, by=by)
        matter: Matter = version(case.matter_version).body
        by.must(ACCEPT_CASE, area=case.area)
        must_be_possible("supply", case, matter)
        area = case.area
    else:
        case = None
        matter = current("matter", of.matter, on=day_of(at)).body
        by.must(ACCEPT_CASE, area=area)
        people.person_stamp(of.person, by=by)
    found = next((one for one in matter.papers if one.key == paper), None)
    if found is None:
        raise NotFound
    if finding := why_not_copy(keep=found.keep, title=found.title):
        raise CannotTake(finding.sentence, findings=[finding])
    return found, area, case


def open_tray(of: TrayOf, *, case: Case | None, area: str, by: Actor, at: datetime) -> PaperTray:
    """The clerk's open tray for this, locked; made when there is none."""
    whose = {"opened_by": by.key, "closed_at": None} | (
        {"case": case} if case else {"case": None, "person": of.person, "matter": of.matter}
    )
    PaperTray.objects.bulk_create(
        [
            PaperTray(
                opened_by=by.key, area=area, matter=of.matter, person=of.person, case=case, touched_at=at
            )
        ],
        ignore_conflicts=True,
    )
    tray = PaperTray.objects.select_for_update(of=("self",)).get(**whose)
    tray.touched_at = at
    tray.save(update_fields=["touched_at"])
    return tray


def my_page(page: UUID, *, by: Actor, lock: bool = True) -> TrayPage:
    """A page of one of the clerk's own open trays, locked with its tray; a colleague's is not found."""
    pages = TrayPage.objects.within(by).filter(public_id=page, tray__opened_by=by.key, tray__closed_at=None)
    pages = pages.select_related("tray")
    found = (pages.select_for_update(of=("self", "tray")) if lock else pages).first()
    if found is None:
        raise NoTray
    by.must(ACCEPT_CASE, area=found.tray.area)
    return found


def locked_tray(tray: UUID | None, *, by: Actor) -> PaperTray | None:
    """The clerk's tray that goes with what she sends, locked until commit; refuses when it was emptied meanwhile."""
    if tray is None:
        return None
    mine = PaperTray.objects.within(by).filter(public_id=tray, opened_by=by.key, closed_at=None)
    found = mine.select_for_update(of=("self",)).first()
    if found is None:
        raise TrayGone
    return found


def pages_by_paper(tray: PaperTray | None) -> dict[str, list[TrayPage]]:
    """The pages in their order, by paper."""
    found: dict[str, list[TrayPage]] = {}
    for page in TrayPage.objects.filter(tray=tray).order_by("place", "id") if tray else ():
        found.setdefault(page.paper, []).append(page)
    return found


def states_with_tray(states: Mapping[str, str], tray: PaperTray | None) -> dict[str, str]:
    """What we have of each paper, the pages in the tray considered."""
    return dict(states) | {
        key: state_with_pages(states.get(key, ""), came=[page.came for page in pages])
        for key, pages in pages_by_paper(tray).items()
    }


def unconfirmed(tray: PaperTray | None, titles: Mapping[str, str]) -> list[Finding]:
    """A finding for each paper with pages from a phone that the clerk has not looked at (手机拍的还没确认)."""
    return [
        Finding(
            "desk.page_unconfirmed",
            f"手机传来的《{titles.get(key, key)}》有 {waiting} 页还没有确认，请看一眼：收下，或移除。",
            key,
        )
        for key, pages in pages_by_paper(tray).items()
        if (waiting := sum(not page.confirmed for page in pages))
    ]


def empty_tray(case: Case, tray: PaperTray | None, *, by: Actor, at: datetime) -> dict[str, int]:
    """The pages become the case's, each paper one PDF, in this transaction (转入办件); answers pages by paper title.

    Pages of a paper that is already there follow behind it. What the case does not ask for is not kept.
    """
    if tray is None:
        return {}
    taken: dict[str, int] = {}
    waiting = pages_by_paper(tray)
    for paper in CasePaper.objects.filter(case=case, key__in=waiting).order_by("id"):
        pages = waiting[paper.key]
        before = [(paper.file, 0)] if paper.file else []
        whole = bind_files(
            by=by,
            at=at,
            subject=case.public_id,
            area=case.area,
            purpose=PAPER,
            parts=before + [(page.file, page.turn) for page in pages],
            name=paper.title,
            instead=paper.file,
        )
        paper.file = whole.public_id
        paper.state = state_with_pages(paper.state, came=[page.came for page in pages])
        paper.save(update_fields=["file", "state"])
        taken[paper.title] = sum(page.pages for page in pages)
    close_tray(tray, by=by, at=at, why="已合成材料转入办件")
    return taken


def close_tray(tray: PaperTray, *, by: Actor, at: datetime, why: str) -> None:
    """Empty and close a tray: its single pages go, its phones may send no more."""
    discard_files(by=by, at=at, subject=tray.public_id, area=tray.area, why=why)
    PhoneLink.objects.filter(tray=tray).delete()
    TrayPage.objects.filter(tray=tray).delete()
    tray.closed_at = at
    tray.save(update_fields=["closed_at"])
    record(tray, kind="paper_tray", area=tray.area, why=why)


def phone_word(link: UUID) -> str:
    """The word in the address of a phone (扫码拍口令), made from a key; the database knows only its hash."""
    return phone_words(link)[0]


def phone_words(link: UUID) -> list[str]:
    """What the word may have been: under each key of the house, newest first."""
    keyed = keyed_hashes(str(link), field="desk_phonelink.word")
    return [base64.b32encode(hashlib.sha256(each.encode()).digest()).decode()[:_WORD] for each in keyed]


def word_of_phone(link: PhoneLink) -> str:
    """The word that this link was made with."""
    words = phone_words(link.public_id)
    return next((word for word in words if phone_hash(word) == link.word_hash), words[0])


def phone_hash(word: str) -> str:
    """What is kept of a phone's word."""
    return hashlib.sha256(word.encode()).hexdigest()
