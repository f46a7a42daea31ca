"""The pages of approvals as officer, chief and leader meet them."""

import pytest

from tests.apps.work.approvals.conftest import OTHER_STREET, scan
from yimen.foundations.documents.models import StoredFile
from yimen.work.approvals.models import Submission
from yimen.work.approvals.rules import paper_code

TEXT = {"chain": "three_level", "title": "关于更换叫号机的请示", "text": "旧机器坏了两次，拟换一台。"}


@pytest.fixture
def sent(people, acting, system):
    """王科员 drafted it over HTTP, with a file; its row."""

    def send(**more):
        answer = people["wang"].post("/approvals/new/", TEXT | {"files": [scan("quote.pdf")]} | more)
        assert answer.status_code == 302, answer.content.decode()
        with acting(system):
            return Submission.objects.latest("id")

    return send


def page_of(found) -> str:
    return f"/approvals/{found.public_id}/"


def test_it_waits_on_the_first_page_and_is_agreed_to_with_one_tap(people, sent, acting, system):
    found = sent()
    assert "等您审签" in people["zhao"].get("/").content.decode()
    page = people["zhao"].get("/approvals/waiting/").content.decode()
    assert found.title in page and "王科员" in page and "附件 1 份" in page
    tapped = {"edition": str(found.edition), "back": "waiting", "request_key": "tap"}
    for _ in range(2):
        answer = people["zhao"].post(f"{page_of(found)}agree/", tapped)
        assert answer.status_code == 302 and answer.url == "/approvals/waiting/"
    assert "没有等您审签的" in people["zhao"].get("/approvals/waiting/").content.decode()
    assert found.title in people["qian"].get("/approvals/waiting/").content.decode()
    with acting(system):
        assert Submission.objects.get().step == 2


def test_its_page_shows_boxes_files_and_story_and_offers_only_what_one_may_do(people, sent):
    found = sent()
    chief = people["zhao"].get(page_of(found)).content.decode()
    assert "旧机器坏了两次" in chief and "quote.pdf" in chief and "还没轮到" in chief
    assert f"{page_of(found)}agree/" in chief and f"{page_of(found)}withdraw/" not in chief
    drafter = people["wang"].get(page_of(found)).content.decode()
    assert f"{page_of(found)}agree/" not in drafter and f"{page_of(found)}withdraw/" in drafter
    leader = people["qian"].get(page_of(found)).content.decode()
    assert f"{page_of(found)}agree/" not in leader and "现在轮到科长" in leader


def test_sent_back_with_a_reason_mended_and_sent_again(people, sent, acting, system):
    found = sent()
    empty = people["zhao"].post(f"{page_of(found)}return/", {"remark": ""})
    assert empty.status_code == 422 and "退回的原因" in empty.content.decode()
    assert people["zhao"].post(f"{page_of(found)}return/", {"remark": "先问三家"}).status_code == 302
    again = people["wang"].get(f"{page_of(found)}again/").content.decode()
    assert "先问三家" in again and "quote.pdf" in again
    with acting(system):
        kept = StoredFile.objects.get(purpose="approvals.attachment").public_id
    told = {"title": TEXT["title"], "text": "问了三家。", "keep": [str(kept)], "files": [scan("three.pdf")]}
    assert people["wang"].post(f"{page_of(found)}again/", told).status_code == 302
    page = people["zhao"].get(page_of(found)).content.decode()
    assert "three.pdf" in page and "问了三家" in page and "第 1 次送审时的内容" in page
    assert "先问三家" in page and "旧机器坏了两次" in page


def test_the_printed_sheet_has_a_box_for_each_and_its_code_leads_back(people, sent):
    found = sent()
    sheet = people["wang"].get(f"{page_of(found)}print/").content.decode()
    code = paper_code(found.public_id)
    for words in ("呈批单", found.number, "科长", "分管领导", "旧机器坏了两次", "quote.pdf", code, "<svg"):
        assert words in sheet
    answer = people["wang"].post("/search", {"q": code.upper()}, follow=True)
    assert answer.redirect_chain[-1][0] == page_of(found)


def test_what_was_signed_on_paper_is_entered_and_the_sealed_scan_is_the_final_version(
    people, sent, acting, system
):
    found = sent()
    form = people["wang"].get(f"{page_of(found)}paper/").content.decode()
    assert "赵科长" in form and "钱主任" in form and "王科员" not in form.split("<main")[1]
    with acting(system):
        day = Submission.objects.get().sent_at.date().isoformat()
    chief, leader = (str(people[who].account.public_id) for who in ("zhao", "qian"))
    filled = {"who-0": chief, "on-0": day, "who-1": leader, "on-1": day, "files": [scan()]}
    without = people["wang"].post(f"{page_of(found)}paper/", {"who-0": chief, "on-0": day})
    assert without.status_code == 422 and "还没有选文件" in without.content.decode()
    answer = people["wang"].post(f"{page_of(found)}paper/", filled)
    assert answer.status_code == 302, answer.content.decode()
    page = people["wang"].get(page_of(found)).content.decode()
    assert "已签发" in page and "纸上审签，王科员登记" in page and "scan.pdf" in page
    assert people["wang"].post(f"{page_of(found)}final/", {"files": [scan("sealed.pdf")]}).status_code == 302
    page = people["wang"].get(page_of(found)).content.decode()
    assert "sealed.pdf" in page and f"{page_of(found)}void/" not in page
    with acting(system):
        kept = Submission.objects.get().final
    file = people["qian"].get(f"{page_of(found)}files/{kept}/")
    assert file.status_code == 200 and file["Content-Disposition"].startswith("attachment")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    file.close()


def test_void_keeps_the_number_on_the_list_with_its_reason(people, sent):
    found = sent()
    assert people["wang"].post(f"{page_of(found)}void/", {"why": "重复了"}).status_code == 302
    listed = people["wang"].get("/approvals/?state=void").content.decode()
    assert found.number in listed and "重复了" in listed
    assert found.number in people["wang"].get("/approvals/?mine=1").content.decode()


def test_a_mistake_comes_back_with_what_was_typed(people):
    answer = people["wang"].post("/approvals/new/", TEXT | {"title": "", "chain": "community"})
    assert answer.status_code == 422 and "旧机器坏了两次" in answer.content.decode()
    stuck = people["wang"].post("/approvals/new/", TEXT | {"chain": "community"})
    assert stuck.status_code == 422 and "没有别人能签" in stuck.content.decode()


def test_another_street_meets_the_same_answer_as_for_nothing(people, enter, sent):
    found = sent()
    far = enter("far", "远科长", "section_chief", OTHER_STREET)
    assert far.get(page_of(found)).status_code == 404
    assert far.get(f"{page_of(found)}print/").status_code == 404
    assert far.post(f"{page_of(found)}agree/", {}).status_code == 404
    assert found.number not in far.get("/approvals/").content.decode()
    code = far.post("/search", {"q": paper_code(found.public_id)}, follow=True)
    assert code.status_code == 200 and found.title not in code.content.decode()


def test_first_the_chain_is_chosen_and_where_several_could_sign_one_may_be_named(people, acting, system):
    page = people["wang"].get("/approvals/new/").content.decode()
    assert "会签后签发" in page and "?chain=three_level" in page
    form = people["wang"].get("/approvals/new/?chain=three_level").content.decode()
    assert "科长由谁签" in form and "赵科长" in form and "分管领导由谁签" not in form
    named = TEXT | {"signer-0": str(people["sun"].account.public_id)}
    answer = people["wang"].post("/approvals/new/?chain=three_level", named)
    assert answer.status_code == 302, answer.content.decode()
    assert "等孙科长签" in people["wang"].get(answer.url).content.decode()
    assert "没有等您审签的" in people["zhao"].get("/approvals/waiting/").content.decode()
    assert TEXT["title"] in people["sun"].get("/approvals/waiting/").content.decode()
    assert people["sun"].post(f"{answer.url}return/", {"remark": "写细些"}).status_code == 302
    again = people["wang"].get(f"{answer.url}again/").content.decode()
    assert f'value="{people["sun"].account.public_id}" selected' in again
