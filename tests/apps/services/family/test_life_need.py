"""生育、生活困难求助: one need leads to relief, care and a lawyer, each its own case, seen together, nothing typed twice."""

import re
from html import unescape

import pytest

from tests.apps.work.desk.conftest import HOME
from yimen.work.desk.models import Case

STORY = "丈夫去世，两个老人没人照看，厂里欠着工资。"
NEED = {
    "wants": ["money", "care", "law"], "story": STORY, "by_agent": "no", "phone": "13905740000",
    "address": "东莺社区 1 幢 101", "paper-identity": "seen", "intake-source": "counter", "act": "accept",
}  # fmt: skip
# What each still asks: nothing that was said already is among it.
STILL_ASKED = {
    "temporary_relief": {
        "event": "other", "happened_on": "2026-01-05", "urgent": "no", "spending": "3000", "income": "1800",
    },
    "visiting_care": {"agrees": "yes", "because": ["empty_nest"], "way": "visit"},
    "legal_aid": {"about": "wages", "hard": "migrant"},
}  # fmt: skip


def _sent(form: str, more: dict) -> dict:
    """What a browser sends of the page as it came, with what the clerk adds."""
    sent = {}
    for field in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)
        kind = re.search(r'type="([^"]+)"', field)
        if name and kind and (kind[1] not in ("radio", "checkbox", "file", "submit") or "checked" in field):
            sent[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form):
        sent[name] = unescape(text)
    papers = dict.fromkeys(re.findall(r'name="(paper-[a-z_]+)"', form), "seen")
    return sent | papers | {"intake-source": "counter", "act": "accept"} | more


@pytest.mark.requirement("S0-20")
def test_one_need_leads_to_relief_care_and_a_lawyer_and_they_are_seen_together(
    signed_in, person, acting, system
):
    browser = signed_in("li", "window_clerk", area=HOME)
    assert browser.post(f"/desk/new/life_need/?person={person}", NEED).status_code == 302
    with acting(system):
        need = Case.objects.get()
    home = f"/desk/cases/{need.public_id}/"
    for matter, answers in STILL_ASKED.items():
        # From the page of the need, by its button, to the matter.
        choose = unescape(
            re.search(r'href="(/desk/new/\?[^"]*from=[^"]+)"', browser.get(home).content.decode())[1]
        )
        intake = unescape(
            re.search(rf'href="(/desk/new/{matter}/[^"]+)"', browser.get(choose).content.decode())[1]
        )
        form = browser.get(intake).content.decode()
        assert f"来自办件 {need.spoken_number}“联系电话”" in form
        answer = browser.post(intake, _sent(form, answers))
        assert answer.status_code == 302, re.findall(
            r'class="[^"]*error[^"]*"[^>]*>([^<]+)', answer.content.decode()
        )
    with acting(system):
        led = {case.matter: case for case in Case.objects.exclude(pk=need.pk)}
    assert set(led) == set(STILL_ASKED)
    page = browser.get(home).content.decode()
    for case in led.values():
        # Its own number, clock and letters; here beside the others, and a way back.
        assert f"{case.matter_title} · {case.spoken_number}" in page
        told = browser.get(f"/desk/cases/{case.public_id}/").content.decode()
        assert f'href="{home}"' in told and "13905740000" in told
        assert "受理通知书" in told
    assert len({case.due_on for case in led.values()}) == 3
    for matter in ("temporary_relief", "legal_aid"):
        assert STORY in browser.get(f"/desk/cases/{led[matter].public_id}/").content.decode()
    # Whoever settles the need leaves the others as they are.
    assert browser.post(f"{home}register/", {"result": "已逐项说明去处"}).status_code == 302
    with acting(system):
        states = {case.matter: case.state for case in Case.objects.all()}
    assert states.pop("life_need") == "decided"
    assert set(states.values()) == {"accepted"}
