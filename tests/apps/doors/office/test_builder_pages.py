"""Forms made from a workbook through HTTP: uploaded, read row by row, tried, published, ended, taken away again."""

import re
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps.doors.office.cast import CANARY, HERE, THERE, real_today
from tests.apps.foundations.forms.workbooks import HOUSEHOLD, question, workbook
from yimen.foundations.definitions import api as definitions
from yimen.foundations.forms.api import FormGrammar, read_xlsform

pytestmark = pytest.mark.django_db
ADDRESS = "/office/forms/upload"


def upload(client: Client, data=HOUSEHOLD, *, name="需求表.xlsx", purpose=""):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data), "purpose": purpose})


def draft_of(client, data=HOUSEHOLD):
    answer = upload(client, data)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def publishing(key="elder_needs", **more):
    day = real_today().isoformat()
    return {"key": key, "effective_on": day, "change": "第一版", "step": "publish", **more}


WITH_REPEAT = workbook(
    [
        question("text", "name", "姓名"),
        {"type": "begin repeat", "name": "child", "label": "孩子"},
        question("text", "child_name"),
        {"type": "end repeat"},
    ],
    settings={"form_title": "家庭情况表", "form_id": "family_facts"},
)


def test_a_section_officer_uploads_and_is_told_row_by_row_what_is_not_carried_over(enter):
    client = enter("section_officer")
    page = client.get(draft_of(client, WITH_REPEAT)).content.decode()
    assert "家庭情况表" in page
    assert "survey 第 3 行" in page and "不支持重复组" in page
    assert "survey 第 4 行" in page and "在重复组“child”里，没有带进来" in page
    assert "2 处和工作簿不一样，其中 2 处没有带进来" in page
    listed = client.get("/office/forms/").content.decode()
    assert "家庭情况表" in listed and "待发布" in listed


def test_a_workbook_that_is_carried_over_whole_says_so(enter):
    client = enter("section_officer")
    data = workbook([question("text", "name", "姓名")], settings={"form_title": "小表", "form_id": "small"})
    assert "照搬无误" in client.get(draft_of(client, data)).content.decode()


def test_the_draft_is_tried_with_sample_answers_and_nothing_is_kept(enter):
    client = enter("section_officer")
    address = draft_of(client) + "phone"
    page = client.get(address).content.decode()
    assert 'data-show-if="(age &gt;= 60)' in page and "您好，请如实填写。" in page
    wrong = client.post(address, {"name": "王秀英", "age": "200", "sex": "f", "ok": "OK"})
    assert wrong.status_code == 422 and "年龄在 0 到 130 之间" in wrong.content.decode()
    typed = {
        "name": "王秀英",
        "age": "82",
        "sex": "f",
        "needs": ["meal"],
        "meal": "家里",
        "pension": "3000",
        "ok": "OK",
    }
    right = client.post(address, typed).content.decode()
    assert "这样填可以提交" in right and "送餐" in right and "100" in right
    assert "这样填可以提交" not in client.get(address).content.decode()


def test_the_draft_is_seen_on_paper_as_a_specimen(enter):
    client = enter("section_officer")
    page = client.get(draft_of(client) + "paper").content.decode()
    assert "老人照料需求表（样张）" in page and "□ 送餐" in page
    assert "1. 姓名" in page, "a note has no number"


def test_an_officer_prepares_and_the_chief_publishes_after_she_has_seen_the_remarks(enter):
    officer = enter("section_officer")
    address = draft_of(officer, WITH_REPEAT)
    assert "由科长或系统管理员发布" in officer.get(address).content.decode()
    assert officer.post(address + "publish", publishing("family_facts", seen="on")).status_code == 403
    chief = enter("section_chief")
    unseen = chief.post(address + "publish", publishing("family_facts"))
    assert unseen.status_code == 422 and "勾上“看过了”再发布" in unseen.content.decode()
    assert definitions.find_current("form", "family_facts", on=real_today()) is None
    assert chief.post(address + "publish", publishing("family_facts", seen="on")).status_code == 302
    assert definitions.current("form", "family_facts", on=real_today()).body.title == "家庭情况表"
    assert chief.get("/forms/family_facts/paper").status_code == 200
    twice = chief.post(address + "publish", publishing("family_facts", seen="on"))
    assert twice.status_code == 422 and "已经发布过了" in twice.content.decode()


def test_publishing_over_a_form_in_use_shows_the_difference_and_who_uses_it(enter):
    chief = enter("section_chief")
    before = definitions.current("form", "relief_application", on=real_today())
    answer = chief.get("/office/forms/relief_application/xlsform")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = book["survey"]
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[head.index("name")].value == "spending":
            row[head.index("label")].value = "因此多花了多少"
    changed = BytesIO()
    book.save(changed)
    address = draft_of(chief, changed.getvalue())
    page = chief.get(address + "publish").content.decode()
    assert f"与第 {before.version} 版相比" in page
    assert "因此多花了多少" in page and "临时救助" in page
    assert len(re.findall("<tr><td data-label=", page)) == 1, "nothing else has changed"
    assert chief.post(address + "publish", publishing("relief_application")).status_code == 302
    after = definitions.current("form", "relief_application", on=real_today())
    assert (after.version, after.body.question("spending").label) == (before.version + 1, "因此多花了多少")
    matter = definitions.current("matter", "temporary_relief", on=real_today())
    assert definitions.pinned(matter, "form", "relief_application").id == after.id


def test_a_form_is_ended_and_published_again(enter):
    chief = enter("section_chief")
    address = draft_of(chief)
    chief.post(address + "publish", publishing(seen="on"))
    day = {"effective_on": real_today().isoformat(), "change": "改用市里的表"}
    assert chief.post("/office/forms/elder_needs/retire", day).status_code == 302
    page = chief.get("/office/forms/").content.decode()
    assert "已停用" in page and "改用市里的表" in page
    gone = chief.get("/forms/elder_needs/paper")
    assert gone.status_code == 404 and "起停用" in gone.content.decode()
    assert chief.get("/forms/elder_needs/paper?version=1").status_code == 200
    assert "已停用" in chief.get("/office/definitions/form/elder_needs/").content.decode()
    assert chief.get("/office/forms/elder_needs/xlsform").status_code == 200
    again = draft_of(chief)
    assert chief.post(again + "publish", publishing(seen="on")).status_code == 302
    assert definitions.find_current("form", "elder_needs", on=real_today()).version == 3


def test_a_form_that_a_matter_uses_does_not_end(enter):
    chief = enter("section_chief")
    day = {"effective_on": real_today().isoformat(), "change": "不用了"}
    answer = chief.post("/office/forms/relief_application/retire", day)
    assert answer.status_code == 422 and "还在用它的有事项" in answer.content.decode()


def test_a_downloaded_form_reads_back_to_itself(enter):
    client = enter("section_officer")
    form = definitions.current("form", "relief_application", on=real_today())
    answer = client.get("/office/forms/relief_application/xlsform")
    assert answer["Content-Disposition"] == f'attachment; filename="relief_application-{form.version}.xlsx"'
    assert FormGrammar.model_validate(read_xlsform(answer.content).body) == form.body


def _with_part(name, content):
    target = BytesIO()
    with ZipFile(BytesIO(HOUSEHOLD)) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, before.read(part))
        after.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04 broken", "文件打不开"),
        (b"%PDF-1.7 no form", "只收"),
        (_with_part("xl/vbaProject.bin", b"x"), "文件里有宏"),
        (_with_part("xl/media/zeros.bin", b"\0" * 30_000_000), "文件解开后过大"),
        (HOUSEHOLD + b"glued on", "夹带了其他内容"),
        (
            workbook(
                [
                    question("calculate", "a", calculation="${b}"),
                    question("calculate", "b", calculation="${a}"),
                ]
            ),
            "成了循环",
        ),
        (workbook([question("text", "a", "末次月经是哪天")]), "不能收集"),
    ],
    ids=["empty", "broken", "pdf", "macro", "bomb", "glued", "circle", "not asked"],
)
def test_what_is_no_form_is_refused_in_one_sentence_beside_the_file(enter, data, why):
    answer = upload(enter("section_officer"), data)
    page = answer.content.decode()
    assert answer.status_code == 422, page
    assert why in page
    assert len(re.findall('class="field-error"', page)) == 1


def test_a_workbook_that_reaches_outside_is_refused(enter):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
    links = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="file:///elsewhere.xlsx" TargetMode="External"/></Relationships>'
    )
    answer = upload(
        enter("section_officer"), _with_part("xl/externalLinks/_rels/externalLink1.xml.rels", links)
    )
    assert answer.status_code == 422
    assert "引用了外部" in answer.content.decode()


def test_a_draft_is_given_up(enter):
    client = enter("section_officer")
    address = draft_of(client)
    assert client.post(address + "drop").status_code == 302
    assert client.get(address).status_code == 404
    assert "老人照料需求表" not in client.get("/office/forms/").content.decode()


def test_the_drafts_of_the_other_street_are_not_there(enter):
    there = enter("section_officer", THERE)
    address = draft_of(there, workbook([question("text", "a")], settings={"form_title": f"表{CANARY}"}))
    here = enter("section_officer", HERE)
    for name in ("", "phone", "paper", "publish"):
        assert here.get(address + name).status_code == 404
    assert here.post(address + "drop").status_code == 404
    assert CANARY not in here.get("/office/forms/").content.decode()
    assert UUID(address.split("/")[-2])


@pytest.mark.parametrize("role", ["window_clerk", "community_worker", "auditor", "leader"])
def test_nobody_else_makes_forms(enter, role):
    client = enter(role)
    assert client.get("/office/forms/").status_code == 403
    assert upload(client).status_code == 403


def test_the_page_of_forms_takes_few_queries(enter, count_queries):
    client = enter("section_chief")
    client.get("/office/forms/")
    draft_of(client)
    with count_queries() as one:
        client.get("/office/forms/")
    draft_of(client)
    with count_queries() as two:
        client.get("/office/forms/")
    assert len(one) == len(two) <= 12
