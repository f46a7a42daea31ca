"""Papers before they are a case's (待收材料): take pages, put them right, take them out, and let a phone send some."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.files import File

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.documents.api import (
    OpenedFile,
    copy_file,
    discard_file,
    hand_out_file,
    store_upload,
    straighten_file,
)
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.work.desk.choices import PageCame
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.engine.trays import (
    PAGE,
    CannotTake,
    NoTray,
    TrayOf,
    asked_paper,
    close_tray,
    my_page,
    open_tray,
    phone_hash,
    phone_word,
)
from yimen.work.desk.models import PaperTray, PhoneLink, TrayPage
from yimen.work.desk.queries.papers import paper_on_file
from yimen.work.desk.rules.papers import MOST_PAGES, why_not_more, why_not_phone


class PhoneOver(NoTray):
    """Unknown, over, revoked or used up: the phone is told the same."""

    code = "desk.phone_over"
    sentence = "这个二维码已经失效，请窗口工作人员重新出示一个。"


@operation("desk.page.added")
def add_page(
    *,
    by: Actor,
    at: datetime,
    area: str,
    of: TrayOf,
    paper: str,
    file: File,
    came: PageCame = PageCame.CHOSEN,
) -> str:
    """Take a picture or a PDF of a paper before the case is accepted (收下一页材料); answers the page.

    Refused with one sentence: of a paper that is only looked at, one too many, or what cannot be kept (see documents).
    """
    asked, area, case = asked_paper(of, paper, by=by, at=at, area=area)
    tray = open_tray(of, case=case, area=area, by=by, at=at)
    page = _take(tray, by=by, at=at, paper=paper, title=asked.title, file=file, came=came, confirmed=True)
    return str(page.public_id)


@operation("desk.paper.reused")
def reuse_paper(*, by: Actor, at: datetime, area: str, of: TrayOf, paper: str, earlier: UUID) -> str:
    """Take the paper that was handed in for an earlier case (档案材料沿用), because the clerk said so; answers the page.

    Refused when it is not of this person, no longer valid, or not hers to see; opening it leaves a look.
    """
    asked, area, case = asked_paper(of, paper, by=by, at=at, area=area)
    found = paper_on_file(earlier, person=of.person, paper=asked, by=by, today=day_of(at))
    if found is None:
        raise CannotTake("档案里的这一份已经过期或不在了，请让居民重新提供。")
    tray = open_tray(of, case=case, area=area, by=by, at=at)
    _must_fit(tray, paper, asked.title)
    kept = copy_file(
        by=by,
        at=at,
        file=found.file,
        subject=tray.public_id,
        area=area,
        purpose=PAGE,
        why=f"沿用《{asked.title}》（{found.number}）",
    )
    return str(_page(tray, kept, paper=paper, came=PageCame.ON_FILE, confirmed=True, at=at).public_id)


@operation("desk.page.turned")
def turn_page(*, by: Actor, at: datetime, page: UUID, by_degrees: int = 90) -> None:
    """Turn a page upright (转正), a quarter at a time."""
    found = my_page(page, by=by)
    found.turn = (found.turn + (90 if by_degrees >= 0 else 270)) % 360
    found.save(update_fields=["turn"])
    record(found, kind="tray_page", area=found.tray.area, turn=found.turn)


@operation("desk.page.moved")
def move_page(*, by: Actor, at: datetime, page: UUID, earlier: bool) -> None:
    """Move a page one place (调整页序); the first stays first and the last last."""
    found = my_page(page, by=by)
    row = list(TrayPage.objects.filter(tray=found.tray, paper=found.paper).order_by("place", "id"))
    here = next(place for place, one in enumerate(row) if one.pk == found.pk)
    there = here + (-1 if earlier else 1)
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
        for place, one in enumerate(row):
            one.place = place
        TrayPage.objects.bulk_update(row, ["place"])
    record(found, kind="tray_page", area=found.tray.area, place=there)


@operation("desk.page.straightened")
def straighten_page(*, by: Actor, at: datetime, page: UUID) -> bool:
    """Level the writing on a photographed page (拉正); answers False when it lies straight already."""
    found = my_page(page, by=by)
    level = straighten_file(by=by, at=at, file=found.file)
    if level.public_id == found.file:
        unchanged()
        return False
    found.file, found.size = level.public_id, level.size
    found.save(update_fields=["file", "size"])
    record(found, kind="tray_page", area=found.tray.area, straightened=True)
    return True


@operation("desk.page.removed")
def remove_page(*, by: Actor, at: datetime, page: UUID) -> None:
    """Take a page out of the tray (移除一页); its picture is cleared by the next sweep."""
    found = my_page(page, by=by)
    discard_file(by=by, at=at, file=found.file, why="窗口移除")
    record(found, kind="tray_page", area=found.tray.area, removed=True)
    found.delete()


@operation("desk.pages.confirmed")
def confirm_pages(*, by: Actor, at: datetime, tray: UUID, paper: str) -> int:
    """Say that what the phone sent is right (确认手机拍的); answers how many pages."""
    found = _my_tray(tray, by=by)
    number = TrayPage.objects.filter(tray=found, paper=paper, confirmed=False).update(confirmed=True)
    if number:
        record(found, kind="paper_tray", area=found.area, paper=paper, confirmed=number)
    else:
        unchanged()
    return number


@operation("desk.page.shown")
def show_page(*, by: Actor, at: datetime, page: UUID) -> OpenedFile:
    """A waiting page for the clerk who holds it (看一页)."""
    found = my_page(page, by=by, lock=False)
    return hand_out_file(by=by, at=at, file=found.file, subject=found.tray.public_id, why="核对待收材料")


@operation("desk.phone.invited")
def invite_phone(*, by: Actor, at: datetime, area: str, of: TrayOf, paper: str) -> str:
    """Let a phone add pages of this one paper for some minutes (手机扫码拍); an earlier invitation ends. Answers the link."""
    asked, area, case = asked_paper(of, paper, by=by, at=at, area=area)
    tray = open_tray(of, case=case, area=area, by=by, at=at)
    PhoneLink.objects.filter(tray=tray, paper=paper, ended_at=None).update(ended_at=at)
    rules, link = practice(on=day_of(at)), uuid7()
    made = PhoneLink.objects.create(
        public_id=link,
        tray=tray,
        paper=paper,
        title=asked.title,
        word_hash=phone_hash(phone_word(link)),
        made_at=at,
        until_at=at + timedelta(minutes=rules.phone_minutes),
        most=rules.phone_pages,
    )
    record(made, kind="phone_link", area=area, paper=paper)
    return str(link)


@operation("desk.phone.ended")
def end_phone(*, by: Actor, at: datetime, tray: UUID, paper: str) -> None:
    """The phone may send no more (停止扫码拍)."""
    found = _my_tray(tray, by=by)
    PhoneLink.objects.filter(tray=found, paper=paper, ended_at=None).update(ended_at=at)
    record(found, kind="paper_tray", area=found.area, paper=paper, phone="ended")


@operation("desk.page.sent")
def take_phone_page(*, by: Actor, at: datetime, word: str, file: File) -> int:
    """Take what the phone sends (手机传来一页); it waits for the clerk. Answers how many came so far.

    Refused alike for an unknown, ended or used-up word.
    """
    link = _link(word, by=by, at=at)
    _take(
        link.tray,
        by=by,
        at=at,
        paper=link.paper,
        title=link.title,
        file=file,
        came=PageCame.PHONE,
        confirmed=False,
    )
    link.taken += 1
    link.save(update_fields=["taken"])
    return link.taken


@operation("desk.phone.tried")
def count_phone_try(*, by: Actor, at: datetime, word: str) -> None:
    """Something arrived from a phone, good or bad (扫码拍计次): counted first, so that nobody tries for long."""
    link = _link(word, by=by, at=at)
    link.tried += 1
    link.save(update_fields=["tried"])
    unchanged()


@operation("desk.trays.swept")
def sweep_trays(*, by: Actor, at: datetime) -> int:
    """Clear what was handed in for applications nobody accepted (清理没受理的材料); answers how many trays."""
    unchanged()
    before = at - timedelta(days=practice(on=day_of(at)).papers_wait_days)
    waiting = PaperTray.objects.within(by).filter(closed_at=None, touched_at__lt=before)
    swept = 0
    for tray in waiting.select_for_update(of=("self",), skip_locked=True).order_by("id"):
        close_tray(tray, by=by, at=at, why="没有受理，到期清除")
        swept += 1
    return swept


def _my_tray(tray: UUID, *, by: Actor) -> PaperTray:
    found = (
        PaperTray.objects.within(by)
        .filter(public_id=tray, opened_by=by.key, closed_at=None)
        .select_for_update(of=("self",))
        .first()
    )
    if found is None:
        raise NoTray
    return found


def _link(word: str, *, by: Actor, at: datetime) -> PhoneLink:
    link = (
        PhoneLink.objects.within(by)
        .filter(word_hash=phone_hash(word), tray__closed_at=None)
        .select_related("tray")
        .select_for_update(of=("tray", "self"))
        .first()
    )
    if link is None or why_not_phone(
        now=at,
        until=link.until_at,
        ended=link.ended_at is not None,
        taken=link.taken,
        tried=link.tried,
        most=link.most,
    ):
        raise PhoneOver
    return link


def _take(
    tray: PaperTray,
    *,
    by: Actor,
    at: datetime,
    paper: str,
    title: str,
    file: File,
    came: PageCame,
    confirmed: bool,
) -> TrayPage:
    have = _must_fit(tray, paper, title)
    kept = store_upload(
        by=by,
        at=at,
        subject=tray.public_id,
        area=tray.area,
        purpose=PAGE,
        file=file,
        most_pages=MOST_PAGES - have,
    )
    return _page(tray, kept, paper=paper, came=came, confirmed=confirmed, at=at)


def _must_fit(tray: PaperTray, paper: str, title: str) -> int:
    rows = TrayPage.objects.filter(tray=tray, paper=paper).values_list("pages", "size")
    have = sum(pages for pages, _ in rows)
    if finding := why_not_more(title=title, have=have, size=sum(size for _, size in rows)):
        raise CannotTake(finding.sentence, findings=[finding])
    return have


def _page(tray: PaperTray, kept, *, paper: str, came: PageCame, confirmed: bool, at: datetime) -> TrayPage:
    last = TrayPage.objects.filter(tray=tray, paper=paper).order_by("-place").values_list("place", flat=True)
    page = TrayPage.objects.create(
        tray=tray,
        paper=paper,
        place=(last.first() if last.exists() else -1) + 1,
        file=kept.public_id,
        kind=kept.kind,
        pages=max(1, kept.pages),
        size=kept.size,
        came=came,
        confirmed=confirmed,
        added_at=at,
    )
    record(page, kind="tray_page", area=tray.area, tray=str(tray.public_id), paper=paper, came=came.value)
    return page
