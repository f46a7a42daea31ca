"""What the browser judges of a form, before anything is sent: the same as the server."""

from pathlib import Path

import pytest
from django.template import Context, Template
from playwright.sync_api import expect

from tests.apps.foundations.forms.samples import RULED, WORKED
from tests.journeys.eyes import shot
from yimen.foundations.forms.api import build_form

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

DIST = Path(__file__).parents[4] / "yimen" / "foundations" / "ui" / "static" / "dist"
PAGE = """<!doctype html>
<html lang="zh-CN"{% if large %} class="text-large"{% endif %}>
<head><meta name="viewport" content="width=device-width"><title>表</title>
<link rel="stylesheet" href="/app.css"><script src="/app.js" defer></script></head>
<body><main class="card"><div class="card-body"><form class="form" method="post" action="/sent" data-once>{{ form }}
<div class="btn-row"><button class="btn btn-primary">提交</button> <button class="btn" formnovalidate>挂起</button></div>
</form></div></main></body></html>"""


@pytest.fixture
def fill(chromium, publish_form, today):
    """``fill(text, **more)``: the form of a definition in a browser; what was sent is in ``page.sent``."""
    contexts, faults = [], []

    def run(text, *, width=1280, key="tested_page", large=False, **more):
        form = build_form(publish_form(text, key=key), on=today, **more)
        html = Template(PAGE).render(Context({"form": form, "large": large}))
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.sent = []

        def answer(route):
            path = route.request.url.removeprefix("http://forms.test")
            if path in ("/app.js", "/app.css"):
                return route.fulfill(path=DIST / path[1:])
            if route.request.method == "POST":
                page.sent.append(route.request.post_data)
                return route.fulfill(body="ok", content_type="text/plain")
            return route.fulfill(body=html, content_type="text/html; charset=utf-8")

        page.route("**/*", answer)
        page.goto("http://forms.test/")
        page.locator("form[data-watched]").wait_for()
        return page

    yield run
    for context in contexts:
        context.close()
    assert faults == []


@pytest.mark.parametrize(("width", "large"), [(1280, False), (390, True)])
def test_a_constraint_is_told_beside_its_question_and_nothing_wrong_is_sent(fill, width, large):
    page = fill(RULED, width=width, large=large)
    page.get_by_label("开始日期").fill("2026年11月6日")
    page.get_by_label("结束日期").fill("2026-11-02")
    expect(page.get_by_text("结束日期不能早于开始日期")).to_be_hidden()
    page.get_by_label("结束日期").blur()
    expect(page.get_by_text("结束日期不能早于开始日期")).to_be_visible()
    expect(page.get_by_label("结束日期")).to_have_attribute("aria-invalid", "true")
    shot(page, f"forms-constraint-{width}")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_label("结束日期")).to_be_focused()
    assert page.sent == []
    # When the other answer is mended it is no longer true, and goes while it is typed.
    page.get_by_label("开始日期").fill("20261101")
    expect(page.get_by_text("结束日期不能早于开始日期")).to_be_hidden()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("ok", exact=True).wait_for()
    assert len(page.sent) == 1


def test_a_question_becomes_required_as_the_answers_go(fill):
    page = fill(RULED)
    mark = page.locator("[data-field=why] [data-must]")
    expect(mark).to_be_hidden()
    page.get_by_label("其他").check()
    expect(mark).to_have_text("（必填）")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("请填写“事由”")).to_be_visible()
    assert page.sent == []
    page.get_by_label("学习").check()
    expect(page.get_by_text("请填写“事由”")).to_be_hidden()
    # What is only put aside is not judged.
    page.get_by_label("其他").check()
    page.get_by_role("button", name="挂起").click()
    page.get_by_text("ok", exact=True).wait_for()
    assert len(page.sent) == 1


def test_what_only_the_server_can_read_is_left_to_it(fill):
    asked = 'key = "again"\nlabel = "再写一遍"\ntype = "text"\npurpose = "核对"\n'
    ruled = 'constraint = "again == why"\nconstraint_says = "两遍不一样"\n'
    page = fill(f"{RULED}\n[[questions]]\n{asked}{ruled}")
    page.get_by_label("事由").fill("咖啡 ｃａｆé")
    page.get_by_label("再写一遍").fill("咖啡 café")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("ok", exact=True).wait_for()


@pytest.mark.parametrize(("width", "large"), [(1280, False), (390, True)])
def test_what_is_worked_out_follows_the_answers_as_the_server_will_say(
    fill, publish_form, today, width, large
):
    page = fill(WORKED, width=width, large=large)
    points = page.get_by_label("得分")
    expect(points).to_have_text("答完前面的题目后由系统算出")
    page.get_by_role("group", name="态度").get_by_label("好").check()
    page.get_by_role("group", name="是否上门").get_by_label("是").check()
    expect(points).to_have_text("答完前面的题目后由系统算出")
    page.get_by_role("group", name="准时").get_by_label("准时").check()
    expect(points).to_have_text("10 分，很满意")
    page.get_by_role("group", name="是否上门").get_by_label("否").check()
    expect(points).to_have_text("5 分，满意")
    shot(page, f"forms-worked-out-{width}")
    form = publish_form(WORKED, key="tested_same")
    for cost, hours in [
        ("200", "3"),
        ("100.05", "0.5"),
        ("0.01", "2"),
        ("1,234.56", "19.5"),
        ("88", "0"),
        ("6000", "61"),
    ]:
        page.get_by_label("费用", exact=True).fill(cost)
        page.get_by_label("小时", exact=True).fill(hours)
        told = [page.get_by_label(name).text_content() for name in ("每小时费用", "每元服务时间", "是否偏贵")]
        filled = build_form(form, on=today, data={"cost": cost, "hours": hours})
        filled.is_valid()
        html = str(filled)
        assert [f">{one}</output>" in html for one in told] == [True] * 3, (cost, hours, told)


def test_what_is_worked_out_against_a_constraint_is_not_sent(fill):
    page = fill(WORKED)
    page.get_by_label("费用", exact=True).fill("500")
    page.get_by_label("小时", exact=True).fill("1")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("每小时不能超过 100 元")).to_be_visible()
    expect(page.get_by_label("每小时费用")).to_be_focused()
    assert page.sent == []
