"""Saying no: with reason, ground and remedy in writing; and where nobody may say no, no way to say it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.deeds import RELIEF, accept, ask, do, letters, word_of
from tests.journeys.eyes import shot
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST

BIRTH = {"paper-identity": "seen", "paper-promise": "promised", "phone": "", "remember": "yes"}
NO = re.compile(r"不予|不同意|拒绝|驳回|审批|批准|同意(?!街道保存)")


@pytest.mark.browser
def test_a_refusal_gives_its_reason_its_ground_and_what_can_be_done_against_it(
    product: Product, at_desk: Callable[..., Any], visitor: Callable[..., Visitor]
) -> None:
    resident = product.world["streets"][FIRST]["ids"]["story"]["refused"]
    clerk = visitor("window_clerk.003")

    # Given an application for relief that lies with the street,
    case = accept(clerk, "temporary_relief", resident["person"], RELIEF)
    assert do(clerk, case, "hand_over", why="由街道决定").status == 302
    word = word_of(clerk, case)

    # when the chief refuses and says nothing more,
    chief = at_desk("section_chief")
    chief.goto(f"/desk/cases/{case}/")
    chief.get_by_label("不予办理", exact=True).check()
    chief.get_by_role("button", name="作出决定").click()
    # then nothing is decided, and she is told what the applicant needs.
    summary = chief.locator("[data-error-summary]")
    summary.wait_for()
    assert "查明的情况和理由" in summary.inner_text()
    shot(chief, "refusal-01-why")

    # When she says what was found and why,
    chief.get_by_label("查明的情况").fill("经医保核对，支出已由保险全额赔付。")
    chief.get_by_label("不予办理的理由").fill("损失已由保险承担")
    chief.get_by_role("button", name="作出决定").click()
    chief.get_by_text("决定已作出，决定书已生成。").wait_for()
    shot(chief, "refusal-02-decided")
    # then the letter holds the reason, the law, and where and until when it can be challenged,
    with chief.expect_navigation():
        chief.get_by_role("link", name="不予批准决定书").first.click()
    letter = chief.locator("main").inner_text()
    shot(chief, "refusal-03-letter")
    assert resident["name"] in letter and "损失已由保险承担" in letter and "支出已由保险全额赔付" in letter
    assert "社会救助法" in letter
    assert "六十日内向鄞州区人民政府申请行政复议" in letter and "鄞州区人民法院提起行政诉讼" in letter

    # and the resident, with the word of her receipt, reads what she can do next, and whom to ask.
    phone = at_desk(width=390)
    phone.goto("/t/")
    phone.get_by_label("查询码").fill(word.lower())
    phone.get_by_role("button", name="查一查").click()
    phone.wait_for_url(f"**/t/{word}")
    told = phone.locator("main").inner_text()
    shot(phone, "refusal-04-phone")
    assert "没有批准" in told and "办好了" not in told
    assert "不予办理" in told and "复议" in told and "起诉" in told
    assert phone.get_by_role("link", name="0574-88120001").get_attribute("href") == "tel:0574-88120001"
    assert resident["name"] not in told and "保险" not in told


@pytest.mark.requirement("S0-02")
def test_a_birth_is_registered_on_a_promise_and_nobody_can_refuse_it(
    product: Product, visitor: Callable[..., Visitor]
) -> None:
    person = product.world["streets"][FIRST]["ids"]["story"]["birth"]["person"]
    clerk, today = visitor("window_clerk.003"), product.today
    soon, lately = today + timedelta(days=90), today - timedelta(days=9)
    before = BIRTH | {"stage": "expecting", "expected_on": soon.isoformat()}
    after = BIRTH | {"stage": "born", "born_on": lately.isoformat()}

    # Given the page on which a birth is registered: there is no way to decline on it,
    page = clerk.get(f"/desk/new/birth_registration/?person={person}")
    assert page.status == 200 and not NO.search(_buttons(page.text)), _buttons(page.text)
    # and a clerk who tries to, all the same, is told that it is not hers to judge.
    declined = ask(clerk, "birth_registration", person, before | {"decline-reason": "不行"}, act="decline")
    assert declined.status == 422 and "不作是否准予的判断" in declined.text

    # When she registers on an identity card and a promise, before the birth and after it,
    for answers in (before, after):
        case = accept(clerk, "birth_registration", person, answers)
        # then no post finds a button that approves or refuses, and sending the deed by hand does nothing,
        for post in ("window_clerk.003", "section_chief", "section_officer", "archive_keeper"):
            seen = visitor(post).get(f"/desk/cases/{case}/")
            assert seen.status == 200 and not NO.search(_buttons(seen.text)), _buttons(seen.text)
        refused = do(clerk, case, "decide", outcome="refused", reason="不行", investigated="不行")
        assert refused.status in (403, 422)
        assert do(visitor("section_chief"), case, "decide", outcome="granted").status in (403, 422)
        # and it is complete at the window, at once.
        assert do(clerk, case, "register", result="").status == 302
        assert any("生育登记完成" in clerk.get(letter).text for letter in letters(clerk, case))


def _buttons(html: str) -> str:
    """The words on everything that can be pressed or chosen."""
    parts = re.findall(
        r"<(?:button|summary|option|a class=\"btn)[^>]*>(.*?)</(?:button|summary|option|a)>", html, re.S
    )
    parts += re.findall(r'class="form-check-label">(.*?)</span>', html, re.S)
    return " | ".join(" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in parts)
