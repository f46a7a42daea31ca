"""A community with finished cases, its clerk, and the keeper of the street's archive."""

from datetime import timedelta

import pytest

from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, STREET, asked, matter, on_day
from yimen.foundations.definitions.api import publish
from yimen.services.archive import api as archive
from yimen.work.desk import api as desk

LAST = on_day(2026, 11, 30, 8)
CLERK = (
    "desk.accept_case", "desk.handle_case", "desk.decide_case", "desk.view_cases", "people.find", "people.view_file",
    "documents.issue_letter", "documents.open", "archive.hand_over", "archive.view_lists", "archive.view_files",
)  # fmt: skip
KEEPER = (
    "desk.archive_case", "desk.view_cases", "people.find", "documents.open", "archive.keep", "archive.view_lists",
    "archive.view_files",
)  # fmt: skip


@pytest.fixture
def clerk(make_actor):
    return make_actor(*CLERK, area=HOME, name="李窗口")


@pytest.fixture
def keeper(make_actor):
    return make_actor(*KEEPER, area=STREET, name="周档案")


@pytest.fixture
def far_keeper(make_actor):
    return make_actor(*KEEPER, *CLERK, area=OTHER_STREET, name="外街道")


@pytest.fixture
def case(acting, system, make_actor, asked):
    """``case(at=…, papers={…})``: a delivered case; ``ending`` says how it ended otherwise."""
    deciding = make_actor(*CLERK, area=STREET, name="钱书记")

    def finish(at=None, *, kind="trial_notice", papers=None, ending="delivered", area=HOME):
        at = at or on_day(2026, 11, 10)
        with acting(deciding, on=at.date()):
            told = {} if kind == "trial_notice" else {"identity": "copied"}
            given = asked(kind, papers=told if papers is None else papers)
            if ending == "declined":
                return desk.decline_case(
                    by=deciding, at=at, area=area, asked=given, reason="不属于范围"
                ).public_id
            found = desk.accept_case(by=deciding, at=at, area=area, asked=given).public_id
            if ending == "withdrawn":
                desk.withdraw_case(by=deciding, at=at, case=found, why="不办了")
            if ending in ("delivered", "decided"):
                if kind == "trial_notice":
                    desk.register_case(by=deciding, at=at, case=found)
                else:
                    desk.decide_case(by=deciding, at=at, case=found, outcome="granted")
            if ending == "delivered":
                desk.deliver_case(by=deciding, at=at, case=found, way="counter", receiver="王桂英")
        return found

    return finish


@pytest.fixture
def month_end(acting, system):
    """The hourly job as it runs at a moment."""

    def run(at=LAST):
        with acting(system, on=at.date()):
            return archive.make_due_lists(by=system, at=at)

    return run


@pytest.fixture
def handed_over(acting, clerk, month_end):
    """The list of the month, made by the job and signed by the community; ``handed_over(at)`` answers its public id."""

    def run(at=LAST):
        month_end(at)
        with acting(clerk, on=at.date()):
            found = archive.lists_to_sign(by=clerk)[0]
            archive.send_list(by=clerk, at=at, handover=found.public_id, lines=found.lines)
            return found.public_id

    return run


@pytest.fixture
def received(acting, keeper, handed_over):
    """The list received whole: ``received()`` answers the archived files in the order of their numbers."""

    def run(at=LAST, *, but=None):
        handover = handed_over(at)
        later = at + timedelta(hours=2)
        with acting(keeper, on=at.date()):
            for line, (verdict, note) in (but or {}).items():
                item = lines(handover, by=keeper)[line - 1]
                archive.tick_item(
                    by=keeper, at=later, handover=handover, item=item.public_id, verdict=verdict, note=note
                )
            archive.tick_rest(by=keeper, at=later, handover=handover)
            archive.sign_list(by=keeper, at=later, handover=handover)
            return list(archive.find_files(by=keeper).order_by("archive_number"))

    return run


def lines(handover, *, by):
    return list(archive.items_of(archive.handover_list(handover, by=by).list))


@pytest.fixture
def for_ever(street, acting, system):
    """A matter whose files are kept for ever."""
    start = on_day(2026, 1, 5)
    body = matter(title="长存事项", archive={"category": "备案", "permanent": True})
    with acting(system):
        publish(by=system, at=start, effective_on=start.date(), kind="matter", key="for_ever", body=body)
    return "for_ever"


__all__ = ["FAR", "HOME", "LAST", "STREET", "asked"]
