"""Papers before they are a case's: taken, put right, sent by a phone, and never twice."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.apps.foundations.documents import files_as_sent as sent
from tests.apps.work.desk.conftest import HOME, matter, on_day
from yimen.foundations.definitions.api import publish
from yimen.foundations.documents.api import files_of, sweep_files
from yimen.work.desk import operations
from yimen.work.desk.models import CasePaper, PaperTray, PhoneLink, TrayPage
from yimen.work.desk.operations import (
    CannotAccept,
    CannotTake,
    NoTray,
    PhoneOver,
    TrayGone,
    TrayOf,
    accept_case,
    add_page,
    supply_papers,
)

COPIES = [
    {"key": "identity", "title": "身份证", "how": "带原件即可"},
    {"key": "bill", "title": "票据", "keep": "copy", "reuse_days": 90},
    {"key": "later", "title": "诊断书", "keep": "copy", "may_follow": True},
]


@pytest.fixture(autouse=True)
def file_store(settings, tmp_path):
    settings.YIMEN_FILES = tmp_path / "files"
    return settings.YIMEN_FILES


@pytest.fixture
def bills(street, acting, system):
    """A matter of which two papers are kept as copies."""
    at = on_day(2026, 1, 5)
    with acting(system):
        publish(
            by=system, at=at, effective_on=at.date(), kind="matter", key="bills", body=matter(papers=COPIES)
        )


@pytest.fixture
def of(bills, person):
    return TrayOf("bills", person)


@pytest.fixture
def take(of, clerk, now):
    def one(paper="bill", data=None, name="1.jpg", by=clerk, **more):
        file = sent.upload(sent.picture() if data is None else data, name)
        return add_page(by=by, at=now, area=HOME, of=of, paper=paper, file=file, **more)

    return one


def _asked(asked, tray=None, **papers):
    told = {"identity": "seen", "later": "tolerated"} | papers
    return replace(asked(matter="bills", papers=told), tray=tray)


def _tray():
    return PaperTray.objects.get(closed_at=None).public_id


def test_pages_become_one_pdf_of_the_case_in_their_order_turned_as_they_were(
    acting, clerk, take, asked, now, system
):
    with acting(clerk):
        first = take()
        take(data=sent.pdf(2), name="2.pdf")
        last = take(data=sent.picture((300, 400)), name="3.jpg")
        operations.turn_page(by=clerk, at=now, page=first)
        operations.move_page(by=clerk, at=now, page=last, earlier=True)
        case = accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, _tray()))
        paper = CasePaper.objects.get(case=case, key="bill")
        assert paper.state == "copied"
        (kept,) = files_of(case.public_id, by=clerk)
        assert (kept.public_id, kept.name, kept.pages) == (paper.file, "票据.pdf", 4)
        opened = operations.open_paper(by=clerk, at=now, case=case.public_id, paper="bill")
        with opened.content as content:
            pages = list(PdfReader(content).pages)
        assert [page.rotation for page in pages] == [90, 0, 0, 0]
        assert pages[1].mediabox.width < pages[1].mediabox.height
        assert not TrayPage.objects.exists()


def test_single_pages_are_gone_after_the_sweep_and_the_whole_stays(
    acting, clerk, take, asked, now, system, file_store
):
    with acting(clerk):
        take()
        case = accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, _tray()))
    with acting(system):
        sweep_files(by=system, at=now + timedelta(days=400))
    left = [path for path in file_store.rglob("*") if path.is_file()]
    with acting(clerk):
        assert [path.name for path in left] == [file.digest for file in files_of(case.public_id, by=clerk)]


def test_a_refused_acceptance_loses_no_page_and_a_second_one_finds_the_tray_taken(
    acting, clerk, take, asked, now
):
    with acting(clerk):
        take()
        tray = _tray()
        with pytest.raises(CannotAccept, match="身份证"):
            accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, tray, identity="missing"))
        assert TrayPage.objects.count() == 1
        accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, tray))
        with pytest.raises(TrayGone):
            accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, tray))


def test_what_is_only_looked_at_is_not_copied(acting, clerk, take, file_store):
    with acting(clerk), pytest.raises(CannotTake, match="只核对原件"):
        take(paper="identity")
    assert not any(path.is_file() for path in file_store.rglob("*"))


def test_a_paper_has_as_many_pages_as_fit_and_no_more(acting, clerk, take, file_store):
    with acting(clerk):
        take(data=sent.pdf(49), name="49.pdf")
        with pytest.raises(Exception, match="最多收 1 页"):
            take(data=sent.pdf(2), name="2.pdf")
        take()
        with pytest.raises(CannotTake, match="已有 50 页"):
            take()
    assert len([path for path in file_store.rglob("*") if path.is_file()]) == 2


def test_a_colleague_neither_sees_nor_moves_my_pages(acting, clerk, make_actor, take, now):
    colleague = make_actor("desk.accept_case", "people.find", area=HOME, name="王窗口")
    with acting(clerk):
        page = take()
    with acting(colleague):
        for verb in (operations.show_page, operations.turn_page, operations.remove_page):
            with pytest.raises(NoTray):
                verb(by=colleague, at=now, page=page)
        take(by=colleague)
    with acting(clerk):
        assert PaperTray.objects.count() == 2


def test_a_photograph_is_small_and_tells_nothing_of_its_phone(acting, clerk, take, now):
    with acting(clerk):
        page = take(data=sent.phone_photo(), name="IMG_1.jpg")
        with operations.show_page(by=clerk, at=now, page=page).content as content:
            shown = content.read()
    assert len(shown) <= 300 * 1024
    assert b"SECRETPHONE" not in shown and not Image.open(io.BytesIO(shown)).getexif()


def test_a_valid_paper_on_file_is_taken_over_only_when_the_clerk_says_so(
    acting, clerk, of, take, asked, now, make_actor
):
    from yimen.work.desk.queries import trays_of

    papers = [paper for paper in _papers() if paper.key == "bill"]
    with acting(clerk):
        take()
        case = accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, _tray()))
        offered = trays_of(of, papers, by=clerk, at=now)["bill"]
        assert offered.on_file.number == case.spoken_number and not offered.pages
        too_late = now + timedelta(days=91)
        assert trays_of(of, papers, by=clerk, at=too_late)["bill"].on_file is None
        operations.reuse_paper(
            by=clerk, at=now, area=HOME, of=of, paper="bill", earlier=offered.on_file.public_id
        )
        again = accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, _tray()))
        paper = CasePaper.objects.get(case=again, key="bill")
        assert paper.state == "on_file" and paper.file
        # What was only taken over does not make the first one any younger.
        assert trays_of(of, papers, by=clerk, at=now)["bill"].on_file.number == case.spoken_number
        with pytest.raises(CannotTake, match="过期"):
            operations.reuse_paper(
                by=clerk, at=too_late, area=HOME, of=of, paper="bill", earlier=offered.on_file.public_id
            )


def _papers():
    from yimen.work.desk.engine.grammar import Paper

    return [Paper.model_validate(paper) for paper in COPIES]


def test_pages_that_follow_stand_behind_those_that_are_there_and_complete_the_case(
    acting, clerk, take, asked, now, person
):
    with acting(clerk):
        take()
        case = accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, _tray()))
        later = TrayOf("bills", person, case.public_id)
        for paper in ("bill", "later"):
            add_page(
                by=clerk, at=now, area=HOME, of=later, paper=paper, file=sent.upload(sent.picture(), "1.jpg")
            )
        supply_papers(by=clerk, at=now, case=case.public_id, papers={}, tray=_tray())
        rows = {paper.key: paper for paper in CasePaper.objects.filter(case=case)}
        assert (rows["bill"].state, rows["later"].state, rows["identity"].state) == (
            "copied",
            "copied",
            "seen",
        )
        pages = {file.public_id: file.pages for file in files_of(case.public_id, by=clerk)}
        assert pages == {rows["bill"].file: 2, rows["later"].file: 1}


def test_a_phone_sends_what_the_clerk_must_confirm(acting, clerk, system, of, take, asked, now):
    from yimen.work.desk.engine.trays import phone_word

    with acting(clerk):
        link = operations.invite_phone(by=clerk, at=now, area=HOME, of=of, paper="bill")
    word = phone_word(link)
    with acting(system):
        file = sent.upload(sent.picture(), "1.jpg")
        assert operations.take_phone_page(by=system, at=now, word=word, file=file) == 1
        for wrong in ("A" * 26, word[:-1] + ("A" if word[-1] != "A" else "B"), ""):
            with pytest.raises(PhoneOver):
                operations.take_phone_page(by=system, at=now, word=wrong, file=file)
        with pytest.raises(PhoneOver):
            operations.take_phone_page(by=system, at=now + timedelta(minutes=10), word=word, file=file)
    with acting(clerk):
        tray = _tray()
        with pytest.raises(CannotAccept, match="还没有确认"):
            accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, tray))
        operations.confirm_pages(by=clerk, at=now, tray=tray, paper="bill")
        accept_case(by=clerk, at=now, area=HOME, asked=_asked(asked, tray))
    with acting(system), pytest.raises(PhoneOver):
        operations.take_phone_page(by=system, at=now, word=word, file=file)


def test_the_code_on_the_clerks_screen_stays_while_keys_are_changed(acting, clerk, system, of, settings, now):
    from yimen.work.desk.engine.trays import phone_word, word_of_phone

    settings.YIMEN_INDEX_KEYS = {1: "11" * 32}
    with acting(clerk):
        link = operations.invite_phone(by=clerk, at=now, area=HOME, of=of, paper="bill")
    word = phone_word(link)
    settings.YIMEN_INDEX_KEYS = {2: "aes:" + "22" * 32, 1: "11" * 32}
    with acting(system):
        assert word_of_phone(PhoneLink.objects.get()) == word != phone_word(link)
        file = sent.upload(sent.picture(), "1.jpg")
        assert operations.take_phone_page(by=system, at=now, word=word, file=file) == 1


def test_a_phone_is_stopped_by_the_clerk_and_by_too_many_tries(acting, clerk, system, of, now):
    from yimen.work.desk.engine.trays import phone_word

    with acting(clerk):
        first = operations.invite_phone(by=clerk, at=now, area=HOME, of=of, paper="bill")
        second = operations.invite_phone(by=clerk, at=now, area=HOME, of=of, paper="bill")
    with acting(system):
        with pytest.raises(PhoneOver):
            operations.count_phone_try(by=system, at=now, word=phone_word(first))
        for _ in range(PhoneLink.objects.get(ended_at=None).most * 2):
            operations.count_phone_try(by=system, at=now, word=phone_word(second))
        with pytest.raises(PhoneOver):
            operations.count_phone_try(by=system, at=now, word=phone_word(second))
    with acting(clerk):
        third = operations.invite_phone(by=clerk, at=now, area=HOME, of=of, paper="bill")
        operations.end_phone(by=clerk, at=now, tray=_tray(), paper="bill")
    with acting(system), pytest.raises(PhoneOver):
        operations.count_phone_try(by=system, at=now, word=phone_word(third))


def test_what_nobody_came_back_for_is_swept(acting, clerk, system, take, now):
    with acting(clerk):
        take()
    with acting(system):
        assert operations.sweep_trays(by=system, at=now + timedelta(hours=1)) == 0
        assert operations.sweep_trays(by=system, at=now + timedelta(days=30)) == 1
        assert not TrayPage.objects.exists()
