"""Month's end: the list appears by itself, both sides sign, each received case gets its number, differences stay open."""

from datetime import timedelta

import pytest

from tests.apps.services.archive.conftest import CLERK, LAST, lines
from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.bus.api import run_pending_jobs
from yimen.kernel.refusals import NotAllowed
from yimen.services.archive import api as archive
from yimen.services.archive import tasks
from yimen.work.desk import api as desk
from yimen.work.desk.operations import undeliver_case

NUMBER = f"2026-{HOME}-救助-"


def numbers(handover, *, by):
    return [item.archive_number for item in lines(handover, by=by)]


class TestTheListAppears:
    @pytest.mark.requirement("S0-09")
    def test_by_itself_on_the_last_day_and_not_before(self, acting, system, clerk, case):
        case()
        with acting(system):
            tasks.make_lists(by=system, at=on_day(2026, 11, 29, 23))
        with acting(clerk):
            assert not archive.find_lists(by=clerk).exists()
        with acting(system):
            tasks.make_lists(by=system, at=on_day(2026, 11, 30, 1))
        with acting(clerk):
            [found] = archive.lists_to_sign(by=clerk)
            assert (found.area, found.month_words, found.lines) == (HOME, "2026年11月", 1)
            [item] = lines(found.public_id, by=clerk)
            assert (item.line, item.matter_title, item.person_name, item.kept) == (
                1,
                "试用登记",
                "王桂英",
                "10 年",
            )

    def test_however_often_the_job_runs_nothing_stands_twice(self, acting, clerk, case, month_end):
        case()
        assert [month_end(LAST + timedelta(hours=n)) for n in range(4)] == [1, 0, 0, 0]
        with acting(clerk):
            assert [one.lines for one in archive.find_lists(by=clerk)] == [1]

    def test_a_machine_that_slept_through_the_last_day_catches_up(self, acting, clerk, case, month_end):
        case()
        case(on_day(2026, 12, 1))
        assert month_end(on_day(2026, 12, 3)) == 1
        with acting(clerk):
            [found] = archive.find_lists(by=clerk)
            assert (found.month_words, found.lines) == ("2026年11月", 1)

    def test_what_is_finished_on_the_last_day_itself_still_comes_onto_the_unsigned_list(
        self, case, month_end
    ):
        case()
        assert month_end(on_day(2026, 11, 30, 1)) == 1
        case(on_day(2026, 11, 30, 15))
        assert month_end(on_day(2026, 11, 30, 16)) == 1

    def test_what_ends_after_the_signature_waits_for_the_next_month(
        self, acting, clerk, case, month_end, handed_over
    ):
        case()
        handed_over()
        case(on_day(2026, 11, 30, 15))
        assert month_end(on_day(2026, 11, 30, 16)) == 0
        assert month_end(on_day(2026, 12, 31)) == 1

    def test_a_declined_case_is_listed_and_a_withdrawn_one_only_when_paper_stayed(
        self, acting, clerk, case, month_end
    ):
        case(kind="trial", ending="declined")
        case(kind="trial", ending="withdrawn", papers={"identity": "seen"})
        case(kind="trial", ending="withdrawn", papers={"identity": "copied"})
        case(kind="trial", ending="decided")
        assert month_end() == 2
        with acting(clerk):
            [found] = archive.lists_to_sign(by=clerk)
            assert sorted(item.ending for item in lines(found.public_id, by=clerk)) == [
                "不予受理",
                "申请人撤回",
            ]
            assert sorted(item.on_paper for item in lines(found.public_id, by=clerk)) == [1, 1]

    def test_the_streets_own_window_has_its_list_too(self, acting, keeper, case, month_end):
        case()
        case(area=STREET)
        assert month_end() == 2
        with acting(keeper):
            assert sorted(one.area for one in archive.find_lists(by=keeper)) == [STREET, HOME]

    def test_a_window_with_nothing_to_hand_over_has_nothing_to_sign(self, acting, clerk, case, month_end):
        case(ending="accepted")
        assert month_end() == 0
        with acting(clerk):
            assert not archive.find_lists(by=clerk).exists()
            with pytest.raises(archive.CannotHandOver, match="没有要移交"):
                archive.make_list(by=clerk, at=on_day(2026, 11, 20), area=HOME)

    def test_it_can_be_made_earlier_by_hand_and_added_to_until_it_is_signed(
        self, acting, clerk, case, month_end
    ):
        case()
        at = on_day(2026, 11, 20)
        with acting(clerk):
            assert archive.make_list(by=clerk, at=at, area=HOME).lines == 1
            with pytest.raises(archive.CannotHandOver, match="已经是最新"):
                archive.make_list(by=clerk, at=at, area=HOME)
        case(on_day(2026, 11, 20, 11))
        with acting(clerk):
            found = archive.make_list(by=clerk, at=at, area=HOME)
            assert found.lines == 2
            with pytest.raises(archive.ListChanged, match="现在 2 件"):
                archive.send_list(by=clerk, at=at, handover=found.public_id, lines=1)
            archive.send_list(by=clerk, at=at, handover=found.public_id, lines=2)
            with pytest.raises(archive.CannotHandOver, match="已经签字移交"):
                archive.make_list(by=clerk, at=at, area=HOME)
        assert month_end() == 0


class TestReceiving:
    @pytest.mark.requirement("S0-09")
    def test_item_by_item_the_signature_gives_numbers_and_differences_stay_open(
        self, acting, clerk, keeper, case, handed_over
    ):
        cases = [case(on_day(2026, 11, day)) for day in (2, 3, 4)]
        handover = handed_over()
        with acting(keeper):
            first, second, _ = lines(handover, by=keeper)
            told = {"by": keeper, "at": LAST, "handover": handover}
            archive.tick_item(**told, item=first.public_id, verdict="received")
            with pytest.raises(archive.CannotReceive, match="还有 2 件没有核对"):
                archive.sign_list(**told)
            with pytest.raises(archive.CannotReceive, match="写明差什么"):
                archive.tick_item(**told, item=second.public_id, verdict="missing", note=" ")
            archive.tick_item(**told, item=second.public_id, verdict="missing", note="整件没交来")
            assert numbers(handover, by=keeper) == ["", "", ""]
            assert archive.tick_rest(**told) == 1
            archive.sign_list(**told)
            assert numbers(handover, by=keeper) == [f"{NUMBER}0001", "", f"{NUMBER}0002"]
            states = [desk.get_case(one, by=keeper).case.state for one in cases]
            assert states == ["archived", "delivered", "archived"]
        with acting(clerk):
            [item] = archive.open_differences(by=clerk)
            assert (item.line, item.note) == (2, "整件没交来")

    def test_a_difference_is_found_later_on_the_same_line_and_takes_the_next_number(
        self, acting, clerk, keeper, case, received
    ):
        for day in (2, 3):
            case(on_day(2026, 11, day))
        received(but={1: ("incomplete", "缺复印件")})
        with acting(clerk):
            [item] = archive.open_differences(by=clerk)
            with pytest.raises(NotAllowed):
                archive.found_later(by=clerk, at=LAST, item=item.public_id)
        with acting(keeper):
            archive.found_later(by=keeper, at=on_day(2026, 12, 3), item=item.public_id, note="补来了")
            assert numbers(item.list.public_id, by=keeper) == [f"{NUMBER}0002", f"{NUMBER}0001"]
            with pytest.raises(archive.CannotClear, match="没有未处理"):
                archive.found_later(by=keeper, at=on_day(2026, 12, 3), item=item.public_id)
            assert not archive.open_differences(by=keeper).exists()
            signed = lines(item.list.public_id, by=keeper)[0]
            assert (signed.verdict, signed.cleared) == ("incomplete", "found")

    def test_a_difference_carried_on_stands_on_the_next_list_and_points_back(
        self, acting, clerk, keeper, case, received, month_end
    ):
        missing = case()
        received(but={1: ("missing", "找不到")})
        with acting(clerk):
            [item] = archive.open_differences(by=clerk)
            with pytest.raises(archive.CannotClear, match="写明为什么"):
                archive.carry_on(by=clerk, at=LAST, item=item.public_id, note="")
            archive.carry_on(by=clerk, at=on_day(2026, 12, 2), item=item.public_id, note="医院未退回")
        assert month_end(on_day(2026, 12, 31)) == 1
        with acting(clerk):
            [found] = archive.lists_to_sign(by=clerk)
            [again] = lines(found.public_id, by=clerk)
            assert (again.case, again.carried_from_id) == (missing, item.id)

    def test_who_hands_over_cannot_receive(self, acting, make_actor, case, month_end):
        case()
        month_end()
        both = make_actor(
            "archive.hand_over",
            "archive.keep",
            "archive.view_lists",
            "desk.archive_case",
            "desk.view_cases",
            area=STREET,
        )
        with acting(both):
            handover = archive.find_lists(by=both).get().public_id
            archive.send_list(by=both, at=LAST, handover=handover, lines=1)
            archive.tick_rest(by=both, at=LAST, handover=handover)
            with pytest.raises(archive.CannotReceive, match="同一个人"):
                archive.sign_list(by=both, at=LAST, handover=handover)

    def test_nothing_moves_before_the_community_signed_nor_after_the_keeper_did(
        self, acting, clerk, keeper, case, month_end, received
    ):
        case()
        month_end()
        with acting(keeper):
            handover = archive.find_lists(by=keeper).get().public_id
            with pytest.raises(archive.CannotReceive, match="社区还没有签字"):
                archive.tick_rest(by=keeper, at=LAST, handover=handover)
        received()
        with acting(keeper):
            item = lines(handover, by=keeper)[0]
            for deed, told in (
                (archive.tick_rest, {}),
                (archive.sign_list, {}),
                (archive.tick_item, {"item": item.public_id, "verdict": "missing", "note": "反悔"}),
            ):
                with pytest.raises(archive.CannotReceive, match="已由 周档案 签字接收"):
                    deed(by=keeper, at=LAST, handover=handover, **told)

    def test_a_second_click_is_answered_and_counts_nothing_twice(self, acting, keeper, case, handed_over):
        case()
        handover = handed_over()
        with acting(keeper):
            archive.tick_rest(by=keeper, at=LAST, handover=handover)
            once = archive.sign_list(by=keeper, at=LAST, handover=handover, request_key="k1")
            again = archive.sign_list(by=keeper, at=LAST, handover=handover, request_key="k1")
            assert once.pk == again.pk
            assert numbers(handover, by=keeper) == [f"{NUMBER}0001"]

    def test_a_case_archived_meanwhile_from_its_own_page_keeps_its_number(
        self, acting, keeper, case, handed_over
    ):
        early = case(on_day(2026, 11, 2))
        case(on_day(2026, 11, 3))
        handover = handed_over()
        with acting(keeper):
            desk.archive_case(by=keeper, at=LAST, case=early, place="1号柜")
        run_pending_jobs()
        with acting(keeper):
            archive.tick_rest(by=keeper, at=LAST, handover=handover)
            archive.sign_list(by=keeper, at=LAST, handover=handover)
            assert numbers(handover, by=keeper) == [f"{NUMBER}0001", f"{NUMBER}0002"]
            files = archive.find_files(by=keeper).order_by("archive_number")
            assert [file.place for file in files] == ["1号柜", ""]

    def test_a_declined_case_gets_a_number_and_stays_declined(self, acting, keeper, case, received):
        declined = case(kind="trial", ending="declined")
        [file] = received()
        with acting(keeper):
            found = desk.get_case(declined, by=keeper).case
            assert (found.state, found.archive_number) == ("declined", file.archive_number)
            assert file.has_paper

    def test_numbers_run_on_without_a_gap_over_months_and_years_begin_anew(
        self, acting, keeper, case, received
    ):
        for day in (2, 3):
            case(on_day(2026, 11, day))
        received()
        case(on_day(2026, 12, 5))
        received(on_day(2026, 12, 31))
        case(on_day(2027, 1, 5))
        files = received(on_day(2027, 1, 31))
        assert [file.archive_number for file in files] == [
            f"{NUMBER}0001", f"{NUMBER}0002", f"{NUMBER}0003", f"2027-{HOME}-救助-0001",
        ]  # fmt: skip


def test_the_neighbouring_street_sees_and_signs_nothing(acting, far_keeper, case, handed_over):
    case()
    handover = handed_over()
    with acting(far_keeper):
        assert not archive.find_lists(by=far_keeper).exists()
        for deed in (archive.tick_rest, archive.sign_list):
            with pytest.raises(archive.NoList):
                deed(by=far_keeper, at=LAST, handover=handover)
        with pytest.raises(NotAllowed):
            archive.make_list(by=far_keeper, at=LAST, area=HOME)


def test_a_delivery_that_was_undone_stops_the_signature_until_the_line_says_so(
    acting, clerk, keeper, make_actor, asked, handed_over, case
):
    """The slip is mended on the same day; the case comes to the archive when it is really over."""
    case(on_day(2026, 11, 3))
    window = make_actor(*CLERK, area=HOME, name="李窗口")
    at = on_day(2026, 11, 30, 7)
    with acting(window, on=at.date()):
        told = {"by": window, "at": at}
        slip = desk.accept_case(**told, area=HOME, asked=asked("trial_notice", papers={})).public_id
        desk.register_case(**told, case=slip)
        desk.deliver_case(**told, case=slip, way="counter", receiver="王桂英")
    handover = handed_over()
    with acting(window, on=at.date()):
        undeliver_case(by=window, at=LAST, case=slip, why="没有来取")
    with acting(keeper, on=at.date()):
        archive.tick_rest(by=keeper, at=LAST, handover=handover)
        with pytest.raises(desk.CannotDo, match="还没有办完"):
            archive.sign_list(by=keeper, at=LAST, handover=handover)
        assert numbers(handover, by=keeper) == ["", ""]
        wrong = lines(handover, by=keeper)[1]
        archive.tick_item(
            by=keeper, at=LAST, handover=handover, item=wrong.public_id, verdict="missing", note="撤销了送达"
        )
        archive.sign_list(by=keeper, at=LAST, handover=handover)
        assert numbers(handover, by=keeper) == [f"{NUMBER}0001", ""]
    with acting(window, on=at.date()):
        later = on_day(2026, 12, 1)
        desk.deliver_case(by=window, at=later, case=slip, way="counter", receiver="王桂英")
    with acting(keeper):
        archive.found_later(by=keeper, at=on_day(2026, 12, 2), item=wrong.public_id)
        assert numbers(handover, by=keeper) == [f"{NUMBER}0001", f"{NUMBER}0002"]


def test_a_matter_kept_for_ever_has_no_last_day_and_never_falls_due(acting, keeper, for_ever, case, received):
    case()
    case(kind=for_ever)
    files = {file.matter: file for file in received()}
    assert (files[for_ever].kept, files[for_ever].keep_until) == ("永久", None)
    assert files["trial_notice"].keep_until.isoformat() == "2036-12-31"
    with acting(keeper):
        due = archive.find_files(by=keeper).filter(keep_until__lt=on_day(2037, 1, 1).date())
        assert [file.matter for file in due] == ["trial_notice"]
