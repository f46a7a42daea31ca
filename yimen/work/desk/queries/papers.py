"""What we hold of papers: many cases' at once, those of an earlier case that may serve again, and what waits in a tray."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zlib import crc32

from django.db.models import Count, Q

from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people.api import person_ids
from yimen.work.desk.choices import OriginalPlace, PaperState
from yimen.work.desk.engine.grammar import Paper
from yimen.work.desk.engine.trays import TrayOf, pages_by_paper, phone_hash, word_of_phone
from yimen.work.desk.models import CasePaper, PaperTray, PhoneLink, TrayPage
from yimen.work.desk.permissions import OPENS
from yimen.work.desk.rules.acceptance import COUNTED
from yimen.work.desk.rules.papers import may_reuse, why_not_phone


@dataclass(frozen=True)
class PapersHeld:
    """The papers of one case (案卷材料): how many we had in hand, how many of them are files, how many originals we kept.

    ``at_window`` lie at the window, ``with_file`` go with the paper file (随档); the rest went back to the resident.
    """

    papers: int = 0
    files: int = 0
    at_window: int = 0
    with_file: int = 0

    @property
    def originals(self) -> int:
        """How many paper originals exist with us (留存原件)."""
        return self.at_window + self.with_file


def papers_of(cases: Iterable[UUID], *, by: Actor) -> dict[UUID, PapersHeld]:
    """What we hold of the papers of these cases (public ids), in one query; a case without papers has an empty answer."""
    wanted = list(cases)
    rows = (
        CasePaper.objects.within(by)
        .filter(case__public_id__in=wanted, state__in=COUNTED)
        .values_list("case__public_id")
        .annotate(
            papers=Count("id"),
            files=Count("file"),
            at_window=Count("id", filter=Q(original=OriginalPlace.WINDOW)),
            with_file=Count("id", filter=Q(original=OriginalPlace.FILED)),
        )
    )
    held = {case: PapersHeld(*counts) for case, *counts in rows.order_by()}
    return {case: held.get(case, PapersHeld()) for case in wanted}


@dataclass(frozen=True)
class OnFile:
    """A paper of an earlier case that may serve again (档案里的材料): when it was handed in, and for what."""

    public_id: UUID
    paper: str
    file: UUID
    handed_on: date
    number: str
    matter: str


def papers_on_file(person: UUID, papers: Sequence[Paper], *, by: Actor, today: date) -> dict[str, OnFile]:
    """What of these papers this person handed in within its validity and the actor may see, the newest of each."""
    wanted = {paper.key: paper for paper in papers if paper.reuse_days and paper.keep == "copy"}
    if not wanted:
        return {}
    rows = (
        CasePaper.objects.within(by)
        .filter(case__person__in=person_ids(person, by=by), key__in=wanted, file__isnull=False)
        .exclude(state=PaperState.ON_FILE)
        .select_related("case")
        .order_by("checked_at", "id")
    )
    found = {}
    for row in rows:
        paper, handed_on = wanted[row.key], day_of(row.checked_at)
        if row.title != paper.title or not may_reuse(handed_on=handed_on, days=paper.reuse_days, today=today):
            continue
        if any(by.can(right, area=area) for right in OPENS for area in (row.case.area, row.case.desk_area)):
            found[row.key] = OnFile(
                row.public_id, row.key, row.file, handed_on, row.case.spoken_number, row.case.matter_title
            )
    return found


def paper_on_file(earlier: UUID, *, person: UUID, paper: Paper, by: Actor, today: date) -> OnFile | None:
    """The one the clerk chose, if it may still serve."""
    found = papers_on_file(person, [paper], by=by, today=today).get(paper.key)
    return found if found and found.public_id == earlier else None


@dataclass(frozen=True)
class TrayView:
    """What waits of one paper: its pages, the phone that may send some, and what the archive has."""

    tray: UUID | None
    paper: Paper
    pages: Sequence[TrayPage]
    on_file: OnFile | None
    phone: str
    phone_until: datetime | None

    @property
    def waiting(self) -> int:
        """Pages from a phone that nobody has looked at yet."""
        return sum(not page.confirmed for page in self.pages)

    @property
    def count(self) -> int:
        return sum(page.pages for page in self.pages)

    @property
    def stamp(self) -> str:
        """Changes when the part on the page should be drawn anew."""
        drawn = [f"{page.public_id}{page.file}{page.turn}{page.confirmed}" for page in self.pages]
        return f"{crc32(' '.join([*drawn, self.phone]).encode()):08x}"


def trays_of(of: TrayOf, papers: Sequence[Paper], *, by: Actor, at: datetime) -> dict[str, TrayView]:
    """The clerk's waiting pages of each paper that is kept as a copy (待收材料), by paper key."""
    wanted = [paper for paper in papers if paper.keep == "copy"]
    if not wanted:
        return {}
    tray = _open_tray(of, by=by)
    pages = pages_by_paper(tray)
    links = PhoneLink.objects.filter(tray=tray, ended_at=None, until_at__gt=at) if tray else ()
    phones = {link.paper: link for link in links}
    on_file = papers_on_file(of.person, wanted, by=by, today=day_of(at))
    return {
        paper.key: TrayView(
            tray=tray.public_id if tray else None,
            paper=paper,
            pages=pages.get(paper.key, ()),
            on_file=on_file.get(paper.key),
            phone=word_of_phone(phones[paper.key]) if paper.key in phones else "",
            phone_until=phones[paper.key].until_at if paper.key in phones else None,
        )
        for paper in wanted
    }


def _open_tray(of: TrayOf, *, by: Actor) -> PaperTray | None:
    mine = PaperTray.objects.within(by).filter(opened_by=by.key, closed_at=None)
    if of.case:
        return mine.filter(case__public_id=of.case).first()
    return mine.filter(case=None, person=of.person, matter=of.matter).first()


@dataclass(frozen=True)
class PhoneView:
    """What a phone may know (手机页): the title of the paper, how many pages came, and until when. Nothing of anybody."""

    title: str
    taken: int
    until: datetime


def phone_view(word: str, *, by: Actor, at: datetime) -> PhoneView | None:
    """The invitation that the word opens, or None."""
    link = PhoneLink.objects.within(by).filter(word_hash=phone_hash(word), tray__closed_at=None).first()
    if link is None or why_not_phone(
        now=at,
        until=link.until_at,
        ended=link.ended_at is not None,
        taken=link.taken,
        tried=link.tried,
        most=link.most,
    ):
        return None
    return PhoneView(link.title, link.taken, link.until_at)
