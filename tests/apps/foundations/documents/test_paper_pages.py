"""Files and letters over HTTP, as the window sees them."""

import io

import pytest
from docx import Document

from tests.apps.foundations.documents import files_as_sent as sent
from tests.apps.foundations.documents.files_as_sent import COMMUNITY, FACTS, upload
from yimen.foundations.audit.api import looks_at, operation, record
from yimen.foundations.documents.api import code_svg, files_of, issue_letter, sealed_of, store_upload
from yimen.kernel.ids import uuid7


@operation("tests.case.lettered")
def answer(*, by, at, case, unit, facts=FACTS):
    record(case, kind="case", area=COMMUNITY)
    return issue_letter(
        by=by,
        at=at,
        letter="papers_missing",
        subject=case,
        area=COMMUNITY,
        facts=facts,
        unit=unit,
        tracking_url="/t/7Q2M9K",
    )


@pytest.fixture
def letter(acting, clerk, case, unit, now):
    with acting(clerk):
        return answer(by=clerk, at=now, case=case, unit=unit)


@pytest.fixture
def page_of(client, sign_in, letter):
    def get(**query):
        return client.get(f"/documents/letters/{letter.public_id}/", query)

    sign_in("window_clerk")
    return get


def test_a_file_comes_as_an_attachment_that_no_browser_runs(client, sign_in, acting, clerk, case, now):
    with acting(clerk):
        file = store_upload(
            by=clerk,
            at=now,
            subject=case,
            area=COMMUNITY,
            purpose="paper",
            file=upload(sent.pdf(), '户口"簿;.pdf'),
        )
    sign_in("window_clerk")
    answered = client.get(f"/documents/{file.public_id}/")
    assert answered.status_code == 200
    assert b"".join(answered.streaming_content).startswith(b"%PDF-")
    assert (
        answered["Content-Disposition"] == "attachment; filename*=UTF-8''%E6%88%B7%E5%8F%A3_%E7%B0%BF%3B.pdf"
    )
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answered["Content-Security-Policy"]
    assert "no-store" in answered["Cache-Control"]
    with acting(clerk):
        assert looks_at(case, by=clerk).count() == 1


def test_who_is_not_signed_in_or_works_elsewhere_gets_no_file(client, sign_in, acting, clerk, case, now):
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(sent.pdf())
        )
    address = f"/documents/{file.public_id}/"
    assert client.get(address).status_code == 302
    sign_in("window_clerk", area="330212008")
    assert client.get(address).status_code == 404
    assert client.get(f"/documents/{uuid7()}/").status_code == 404


def test_a_letter_is_shown_with_number_text_seal_and_code(page_of):
    page = page_of().content.decode()
    for text in (
        "一次性告知书",
        "潘街告〔2026〕1号",
        "𠮷野䶮：",
        "1. 户口簿（原件核对）",
        "盖章处",
        "潘火街道办事处",
        "2026年11月20日",
    ):
        assert text in page
    assert page.count("<svg") > 2
    assert 'class="segno"' in page
    assert "style=" not in page.partition("<main")[2]


@pytest.mark.parametrize(("asked", "shown"), [("", "a4"), ("a5", "a5"), ("80mm", "80mm"), ("a0", "a4")])
def test_a_letter_prints_on_the_paper_that_is_asked_for(asked, shown, page_of):
    assert f'class="letter letter-{shown}"' in page_of(paper=asked).content.decode()


def test_the_word_file_opens_and_names_the_letter(client, page_of, letter):
    answered = client.get(f"/documents/letters/{letter.public_id}/word")
    assert "%E4%B8%80%E6%AC%A1%E6%80%A7" in answered["Content-Disposition"]
    paper = Document(io.BytesIO(answered.content))
    assert "潘街告〔2026〕1号" in [paragraph.text for paragraph in paper.paragraphs]


def test_markup_in_a_fact_stays_text(client, sign_in, acting, clerk, case, unit, now):
    with acting(clerk):
        letter = answer(
            by=clerk, at=now, case=case, unit=unit, facts=FACTS | {"applicant": "<script>x</script>"}
        )
    sign_in("window_clerk")
    page = client.get(f"/documents/letters/{letter.public_id}/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;：" in page


def test_voiding_asks_why_and_the_page_then_says_void(client, page_of, letter):
    address = f"/documents/letters/{letter.public_id}/void"
    assert "作废" in page_of().content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "打印错位"}).status_code == 302
    page = page_of().content.decode()
    assert "letter-void" in page
    assert "打印错位" in page
    assert address not in page
    assert client.post(address, {"why": "再来"}).status_code == 409


def test_who_may_not_issue_cannot_void(client, sign_in, letter):
    sign_in("doctor")
    assert client.get(f"/documents/letters/{letter.public_id}/").status_code == 200
    assert client.post(f"/documents/letters/{letter.public_id}/void", {"why": "x"}).status_code == 403


def test_the_sealed_sheet_becomes_the_final_version_and_a_newer_one_takes_its_place(
    client, page_of, letter, acting, clerk
):
    address = f"/documents/letters/{letter.public_id}/sealed"
    assert "上传盖章件" in page_of().content.decode()
    refused = {
        "没选": [],
        "程序": [upload(b"MZ" * 200, "1.pdf")],
        "表格": [upload(sent.sheet_file(), "1.xlsx")],
    }
    for files in refused.values():
        assert client.post(address, {"files": files}).status_code == 422
    assert client.post(address, {"files": [upload(sent.pdf(), "盖章.pdf")]}).status_code == 302
    assert "盖章件（最终版）" in page_of().content.decode()
    told = {"files": [upload(sent.picture(), "1.jpg"), upload(sent.picture(), "2.jpg")], "request_key": "k"}
    for _ in range(2):
        assert client.post(address, told).status_code == 302
    with acting(clerk):
        kept = sealed_of([letter.public_id], by=clerk)[letter.public_id]
        assert (kept.pages, kept.name.endswith("盖章件.pdf")) == (2, True)
        assert len(files_of(letter.public_id, by=clerk)) == 2
    assert str(kept.public_id) in page_of().content.decode()


def test_a_void_letter_takes_no_seal(client, page_of, letter):
    client.post(f"/documents/letters/{letter.public_id}/void", {"why": "打印错位"})
    told = {"files": [upload(sent.pdf(), "盖章.pdf")]}
    answered = client.post(f"/documents/letters/{letter.public_id}/sealed", told)
    assert answered.status_code == 409 and "作废" in answered.content.decode()


def test_the_code_on_a_letter_leads_to_the_public_address(page_of, settings):
    for public in ("http://testserver", "https://yimen.panhuo.example"):
        settings.YIMEN_PUBLIC_URL = "" if "testserver" in public else public
        page = page_of().content.decode()
        assert code_svg(f"{public}/t/7Q2M9K") in page and "7Q2M 9K" in page, public
