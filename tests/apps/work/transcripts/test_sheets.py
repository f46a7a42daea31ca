"""The Excel of the other system comes back: checked row by row, written at one stroke."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.apps.work.desk.conftest import FAR, HOME, on_day
from tests.apps.work.transcripts.conftest import SYSTEM
from tests.apps.work.transcripts.test_pages import NUMBER
from yimen.foundations.definitions.api import publish
from yimen.foundations.documents.models import StoredFile
from yimen.registers.people import api as people
from yimen.work.transcripts import operations
from yimen.work.transcripts.models import OutsideRow, OutsideSheet
from yimen.work.transcripts.rules import Ours, Told, judge_rows

ENDED = {"审核中": False, "退回": False, "已办结": True}


def book(*rows, head=("来源编号", "流水号", "姓名", "环节")) -> bytes:
    made = Workbook()
    made.active.append(head)
    for row in rows:
        made.active.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def send(client, data, *, name="导出.xlsx"):
    file = SimpleUploadedFile(name, data)
    return client.post("/transcripts/sheets/", {"system": "trial_system", "file": file})


@pytest.fixture
def rows(acting, system):
    """Rows of the latest sheet: (verdict, done) by their number."""

    def read() -> dict[int, tuple[str, bool]]:
        with acting(system):
            found = OutsideRow.objects.filter(sheet=OutsideSheet.objects.latest("id"))
            return {one.number: (one.verdict, one.done) for one in found}

    return read


def test_a_sheet_is_told_row_by_row_changes_nothing_until_confirmed_and_then_all_at_once(
    taken, client, rows, again, acting, system
):
    first, second = taken(), taken(reason="失业")
    answer = send(
        client,
        book(
            (first.case_number, "A-1", "王桂英", "已办结"),
            (second.case_number, "A-2", "王桂英", "审核中"),
            ("9999999999999", "A-3", "别人", "已办结"),
            (second.case_number, "A-9", "王桂英", "飞走了"),
        ),
    )
    assert answer.status_code == 302, answer.content.decode()
    assert rows() == {2: ("close", False), 3: ("change", False), 4: ("unknown", False), 5: ("bad", False)}
    page = client.get(answer.url).content.decode()
    assert "将办结" in page and "没有对上" in page and "别人" not in page
    assert again(first).standing == "waiting"
    with acting(system):
        assert not StoredFile.objects.kept().filter(purpose=operations.PURPOSE).exists()
    for _ in range(2):
        assert client.post(f"{answer.url}confirm/", {}).status_code == 302
    assert (again(first).standing, again(second).standing) == ("ended", "written")
    assert (again(first).edition, again(first).outside_number) == (2, "A-1")
    assert rows()[2] == ("close", True) and rows()[4] == ("unknown", False)


def test_what_a_colleague_wrote_since_the_check_stays(taken, client, rows, again):
    found = taken()
    sheet = send(client, book((found.case_number, "A-1", "王桂英", "已办结"))).url
    client.post(f"/transcripts/{found.public_id}/", {"outside_number": "B-7", "outside_state": "退回"})
    assert client.post(f"{sheet}confirm/", {}).status_code == 302
    assert again(found).outside_number == "B-7"
    assert rows()[2] == ("close", False)
    assert "核对以后有人登记过" in client.get(sheet).content.decode()


def test_the_sheet_of_another_street_finds_none_of_ours_and_is_not_found_here(taken, signed_in, rows, again):
    found = taken()
    far = signed_in("wu", "window_clerk", area=FAR)
    sheet = send(far, book((found.case_number, "A-1", "王桂英", "已办结"))).url
    assert rows() == {2: ("unknown", False)}
    assert far.post(f"{sheet}confirm/", {}).status_code == 302
    assert again(found).standing == "waiting"
    here = signed_in("sun", "window_clerk", area=HOME)
    assert here.get(sheet).status_code == 404
    assert here.post(f"{sheet}confirm/", {}).status_code == 404


def _bomb() -> bytes:
    data = BytesIO(book(("1", "2", "3", "4")))
    with ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "没有上传"),
        (b"%PDF-1.4 no", "没有上传"),
        (book(("1", "2", "3", "4"))[:900], "没有上传"),
        (_bomb(), "没有上传"),
        (book(("1", "2"), head=("来源编号", "流水号")), "表里没有“环节”这一列"),
        (book(), "表头下面没有内容"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_with_one_sentence(taken, client, rows, data, sentence):
    taken()
    answer = send(client, data)
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_double_rows_and_cases_that_cannot_be_told_apart_change_nothing():
    ours = {
        "a": [Ours(1, "waiting", "", "", 1)],
        "b": [Ours(2, "waiting", "", "", 1), Ours(3, "waiting", "", "", 1)],
        "c": [Ours(4, "written", "C-1", "审核中", 2), Ours(5, "ended", "C-0", "已办结", 2)],
        "d": [Ours(6, "dropped", "", "", 2)],
        "e": [Ours(7, "waiting", "", "", 1)],
    }
    told = [
        Told(2, "a", "A-1", "审核中"),
        Told(3, "a", "A-1", "已办结"),
        Told(4, "b", "B-1", "已办结"),
        Told(5, "c", "C-1", "已办结"),
        Told(6, "c", "C-0", "已办结"),
        Told(7, "d", "D-1", "已办结"),
        Told(8, "e", "E-1", "已办结"),
        Told(9, "e", "E-1", "已办结"),
        Told(10, "", "", "已办结"),
        Told(11, "a", "1", "已办结", lost="丢了位数"),
    ]
    verdicts = [one.verdict for one in judge_rows(told, ours, ENDED)]
    assert verdicts == [
        "ambiguous", "ambiguous", "ambiguous", "close", "same", "same", "close", "same", "bad", "bad",
    ]  # fmt: skip


def test_a_system_that_knows_only_id_numbers_is_matched_by_them(
    taken, client, rows, again, acting, system, now, person
):
    with acting(system):
        people.add_document(by=system, at=now, person=person, kind="id_card", number=NUMBER)
        publish(
            by=system,
            at=on_day(2026, 1, 6),
            effective_on=on_day(2026, 1, 6).date(),
            kind="outside_system",
            key="trial_system",
            body=SYSTEM
            | {"export": {"number": "流水号", "state": "环节", "match": "id_number", "key": "身份证号"}},
        )
    found = taken()
    head = ("身份证号", "流水号", "环节")
    sheet = send(client, book((NUMBER, "A-1", "已办结"), (int(NUMBER[:17]) * 10, "A-2", "已办结"), head=head))
    assert sheet.status_code == 302, sheet.content.decode()
    assert rows() == {2: ("close", False), 3: ("bad", False)}
    assert NUMBER not in client.get(sheet.url).content.decode()
    assert client.post(f"{sheet.url}confirm/", {}).status_code == 302
    assert again(found).standing == "ended"
