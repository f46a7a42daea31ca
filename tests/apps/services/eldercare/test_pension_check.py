"""The yearly check of who is paid a pension: by data, by oneself, by video or at home; nobody is made to come."""

from datetime import date

import pytest
from django.test import Client

from tests.apps.work.desk.conftest import HOME, on_day, person, street
from yimen.work.desk import api as desk

__all__ = ["person", "street"]
MATTER = "pension_check"
ON, MONDAY = date(2026, 11, 23), on_day(2026, 11, 23)
RIGHTS = (
    "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter",
)  # fmt: skip


@pytest.fixture
def window(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="李窗口")


@pytest.mark.requirement("S3-20")
@pytest.mark.parametrize(
    ("way", "papers"),
    [
        ("data", {}),
        ("phone", {"identity": "seen"}),
        ("video", {"identity": "tolerated"}),
        ("home", {"identity": "tolerated"}),
    ],
)
def test_a_pension_is_checked_in_any_of_four_ways_and_none_makes_her_come(
    acting, window, person, way, papers
):
    answers = {"way": way, "when": "any", "by_agent": way == "home", "phone": "13800001234"}
    asked = desk.Asked(MATTER, person, answers, papers, source="phone")
    with acting(window, on=ON):
        case = desk.accept_case(by=window, at=MONDAY, area=HOME, asked=asked).public_id
        if "tolerated" in papers.values():  # who she is was seen in the video, or at her door
            desk.supply_papers(by=window, at=MONDAY, case=case, papers={"identity": "seen"})
        done = desk.register_case(by=window, at=MONDAY, case=case)
    assert (done.state, done.outcome) == ("decided", "registered")


@pytest.mark.requirement("S3-20")
def test_the_guide_promises_that_nobody_has_to_come_and_no_proof_of_being_alive_is_asked(street):
    page = Client().get(f"/guide/{MATTER}/").content.decode()
    for words in ("不用到场", "不要“健在证明”", "视频或者上门", "不收费"):
        assert words in page
    paper = Client().get(f"/forms/{MATTER}/paper").content.decode()
    for way in ("信息比对", "官方应用里自助", "视频", "上门"):
        assert way in paper
