"""Definitions through HTTP: they read as guides, never as TOML; everyday parts are changed from a day on."""

import re
from datetime import timedelta

import pytest

from tests.apps.doors.office.cast import CANARY, HERE, THERE, real_today, typed_on
from yimen.foundations.definitions import api as definitions
from yimen.foundations.definitions.ports import kinds

pytestmark = pytest.mark.django_db

WINDOW = {
    "name": "潘火街道便民服务中心",
    "mark": "潘",
    "address": "诚信路 899 号",
    "phone": "0574-88000001",
    "review_office": "鄞州区人民政府",
    "court": "鄞州区人民法院",
}


@pytest.fixture
def window(streets, system, now):
    _publish(system, now, HERE, WINDOW)


def _publish(system, now, key, body):
    definitions.publish(by=system, at=now, kind="window", key=key, body=body, effective_on=now.date())


def test_every_kind_and_every_definition_can_be_read(enter):
    client = enter("section_officer")
    catalogue = client.get("/office/definitions/").content.decode()
    today = real_today()
    for kind in kinds:
        for one in definitions.current_all(kind.name, on=today):
            if one.key.startswith(THERE):
                continue
            assert definitions.title_of(one) in catalogue
            page = client.get(f"/office/definitions/{kind.name}/{one.key}/")
            assert page.status_code == 200, one.key
            assert "✗ 不符" not in page.content.decode(), one.key


def test_a_matter_reads_as_a_guide(enter):
    page = enter("window_clerk").get("/office/definitions/matter/temporary_relief/").content.decode()
    for words in (
        "怎么办",
        "带什么材料",
        "个工作日",
        "本人身份证",
        "核验原件，不留存",
        "依据",
        "算例",
        "✓ 符合",
    ):
        assert words in page
    for machine in ("temporary_relief_application", "needed_if", "case_accepted", "may_follow"):
        assert machine not in page


def test_a_letter_a_form_and_a_role_read_as_what_they_are(enter):
    client = enter("section_chief")
    letter = client.get("/office/definitions/letter/approval/").content.decode()
    assert "您申请的“［事项名称］”（办件编号 ［办件编号］）" in letter
    form = client.get("/office/definitions/form/relief_application/").content.decode()
    assert "用途：" in form and "必填" in form
    role = client.get("/office/definitions/role/auditor/").content.decode()
    assert "查看操作留痕和查阅记录，核验封印" in role and "audit.view_trail" not in role


def test_an_office_moves_and_the_difference_is_shown_before_it_is_published(enter, window):
    client = enter("section_chief")
    address = f"/office/definitions/window/{HERE}/edit"
    base = definitions.versions_of("window", HERE)[-1]
    day = max(real_today(), base.effective_on) + timedelta(days=3)
    typed = typed_on(client.get(address)) | {
        "address": "金达路 12 号",
        "effective_on": day.isoformat(),
        "change": "搬到新大厅",
        "open_cases": "keep",
    }
    shown = client.post(address, {**typed, "step": "compare"}).content.decode()
    assert "<del>诚信路 899 号</del>" in shown and "<ins>金达路 12 号</ins>" in shown and "地址" in shown
    assert definitions.versions_of("window", HERE)[-1] == base
    assert client.post(address, {**typed, "step": "publish"}).status_code == 302
    newest = definitions.versions_of("window", HERE)[-1]
    assert (newest.data["address"], newest.data["mark"]) == ("金达路 12 号", "潘")
    assert (newest.effective_on, newest.change) == (day, "搬到新大厅")
    page = client.get(f"/office/definitions/window/{HERE}/?version={newest.version}").content.decode()
    assert "搬到新大厅" in page and "未生效" in page and f"与第 {base.version} 版相比" in page
    typed |= {"based_on": newest.version}
    again = client.post(address, {**typed, "step": "publish"})
    assert again.status_code == 422 and "没有改动" in again.content.decode()


def test_a_day_that_has_passed_is_refused_in_the_form(enter, window):
    client = enter("section_chief")
    address = f"/office/definitions/window/{HERE}/edit"
    typed = typed_on(client.get(address))
    typed |= {"phone": "0574-88000002", "effective_on": "2024-01-01", "change": "换号", "open_cases": "keep"}
    answer = client.post(address, {**typed, "step": "publish"})
    assert answer.status_code == 422
    assert "不能早于今天" in answer.content.decode()


def test_the_promised_days_of_a_matter_are_changed_and_never_beyond_the_law(enter):
    client = enter("section_chief")
    address = "/office/definitions/matter/temporary_relief/edit"
    typed = typed_on(client.get(address)) | {"change": "提速", "step": "publish"}
    refused = client.post(address, {**typed, "days__promised": "200"})
    assert refused.status_code == 422
    assert "承诺时限不能长于法定时限" in refused.content.decode()
    shown = client.post(address, {**typed, "days__promised": "9", "step": "compare"}).content.decode()
    assert "时限 · 承诺工作日" in shown and "这些算例的结果会随着改变" in shown
    done = client.post(address, {**typed, "days__promised": "9"})
    assert done.status_code == 302, re.findall("<li>.*?</li>", done.content.decode())
    assert definitions.current("matter", "temporary_relief", on=real_today()).body.days.promised == 9
    assert all(one.holds for one in definitions.run_published_examples("matter"))


def test_whoever_may_not_publish_is_told_why_and_refused(enter, window):
    client = enter("section_officer")
    page = client.get(f"/office/definitions/window/{HERE}/").content.decode()
    assert "由科长或系统管理员修改" in page
    assert client.post(f"/office/definitions/window/{HERE}/edit", {}).status_code == 403


def test_the_window_of_the_other_street_is_neither_seen_nor_changed(enter, streets, window, system, now):
    _publish(system, now, THERE, {**WINDOW, "name": f"百丈{CANARY}", "address": CANARY * 2})
    client = enter("administrator")
    assert CANARY not in client.get("/office/definitions/").content.decode()
    for address in (f"/office/definitions/window/{THERE}/", f"/office/definitions/window/{THERE}/edit"):
        answer = client.get(address)
        assert answer.status_code in (403, 404)
        assert CANARY not in answer.content.decode()


def test_the_pages_take_few_queries_however_many_definitions(enter, count_queries):
    client = enter("section_officer")
    client.get("/office/definitions/")
    with count_queries() as catalogue:
        client.get("/office/definitions/")
    with count_queries() as one:
        client.get("/office/definitions/matter/temporary_relief/")
    assert len(catalogue) <= 12, [query["sql"] for query in catalogue]
    assert len(one) <= 14


MATTER = "/office/definitions/matter/temporary_relief/edit"


def _relief():
    return definitions.current("matter", "temporary_relief", on=real_today()).body


def test_papers_are_renamed_added_moved_and_taken_out_and_what_nobody_types_stays(enter):
    client = enter("section_chief")
    before = _relief()
    first, last = before.papers[0], before.papers[-1]
    typed = typed_on(client.get(MATTER)) | {
        "papers-0-how": "原件，或者手机上的电子证照。",
        f"papers-{len(before.papers) - 1}-DELETE": "on",
        f"papers-{len(before.papers)}-title": "最近三个月的水电费单",
        f"papers-{len(before.papers)}-keep": "copy",
        f"papers-{len(before.papers)}-ORDER": "1",
        "papers-0-ORDER": "2",
        "change": "认电子证照",
    }
    shown = client.post(MATTER, typed | {"step": "compare"}).content.decode()
    assert "<ins>原件，或者手机上的电子证照。</ins>" in shown and "最近三个月的水电费单" in shown
    assert _relief() == before, "nothing is published by looking"
    done = client.post(MATTER, typed | {"step": "publish"})
    assert done.status_code == 302, re.findall("<li>.*?</li>", done.content.decode())
    papers = _relief().papers
    assert [paper.title for paper in papers[:2]] == ["最近三个月的水电费单", first.title]
    assert (papers[0].keep, papers[0].key in {one.key for one in before.papers}) == ("copy", False)
    assert papers[1] == first.model_copy(update={"how": "原件，或者手机上的电子证照。"})
    assert last.key not in {one.key for one in papers}
    assert all(one.holds for one in definitions.run_published_examples("matter"))


def test_what_is_typed_wrongly_in_a_line_is_named_and_everything_typed_is_still_there(enter):
    client = enter("section_chief")
    typed = typed_on(client.get(MATTER)) | {
        "papers-0-title": "",
        "papers-1-how": "还没写完的说明",
        "change": "改",
        "step": "publish",
    }
    answer = client.post(MATTER, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "材料第 1 项：请填写材料。" in page and "还没写完的说明" in page


def test_whoever_typed_on_a_version_that_is_not_the_newest_any_more_is_told(enter, window):
    client = enter("section_chief")
    address = f"/office/definitions/window/{HERE}/edit"
    mine = typed_on(client.get(address)) | {"phone": "0574-88000003", "change": "换号", "step": "publish"}
    other = mine | {"phone": "0574-88000004"}
    assert client.post(address, other).status_code == 302
    answer = client.post(address, mine)
    newest = definitions.versions_of("window", HERE)[-1]
    assert answer.status_code == 422 and f"已经发布了第 {newest.version} 版" in answer.content.decode()
    assert "0574-88000003" in answer.content.decode() and newest.data["phone"] == "0574-88000004"


def test_a_letter_is_changed_in_words_and_never_in_braces(enter):
    client = enter("section_chief")
    address = "/office/definitions/letter/approval/edit"
    opened = client.get(address)
    typed = typed_on(opened)
    assert "［事项名称］" in opened.content.decode() and "{" not in "".join(typed.values())
    before = definitions.current("letter", "approval", on=real_today()).body
    text = typed["paragraphs-0-text"] + "请到［出具单位］领取。"
    unknown = client.post(
        address, typed | {"paragraphs-0-text": text + "［窗口］", "change": "写明地点", "step": "compare"}
    )
    assert unknown.status_code == 422 and "没有［窗口］这一项" in unknown.content.decode()
    typed |= {"paragraphs-0-text": text, "change": "写明地点"}
    shown = client.post(address, typed | {"step": "compare"}).content.decode()
    assert "请到［出具单位］领取。</ins>" in shown and "{" not in shown.split("<main")[1].split("</main")[0]
    assert client.post(address, typed | {"step": "publish"}).status_code == 302
    after = definitions.current("letter", "approval", on=real_today()).body
    assert after.paragraphs[0].text == before.paragraphs[0].text + "请到{unit}领取。"
    assert after.paragraphs[1:] == before.paragraphs[1:] and after.facts == before.facts


def test_leaving_every_everyday_part_as_it_stands_changes_nothing_of_any_definition(enter):
    client = enter("section_chief")
    today, tried = real_today(), 0
    for kind in kinds:
        for one in definitions.current_all(kind.name, on=today) if kind.everyday else ():
            if one.key.startswith(THERE):
                continue
            standing = {
                entry.name: definitions.standing(entry, one) for entry in definitions.everyday_of(kind.name)
            }
            assert definitions.change_everyday(one, standing) == one.data, (kind.name, one.key)
            tried += 1
    assert tried > 100
    for kind, key in (("matter", "birth_registration"), ("letter", "approval"), ("practice", "standard")):
        address = f"/office/definitions/{kind}/{key}/edit"
        typed = typed_on(client.get(address)) | {"change": "看看", "step": "publish"}
        answer = client.post(address, typed)
        assert answer.status_code == 422 and "没有改动" in answer.content.decode(), (kind, key)
