"""A case that must also be typed into another system: it waits, is typed from its card, and what came back is noted."""

import pytest

from tests.apps.work.desk.conftest import FAR, HOME, STREET
from yimen.foundations.bus.api import run_pending_jobs
from yimen.kernel.refusals import NotAllowed
from yimen.work.desk.models import Case
from yimen.work.transcripts import api as transcripts
from yimen.work.transcripts import operations
from yimen.work.transcripts.models import Transcript


@pytest.fixture
def writer(make_actor):
    return make_actor("transcripts.view", "transcripts.write", area=HOME, name="李窗口")


def test_an_accepted_case_waits_once_for_each_system_that_wants_its_matter(taken, acting, system, now):
    found = taken()
    assert (found.standing, found.area, found.person_name) == ("waiting", HOME, "王桂英")
    with acting(system):
        more = operations.begin_transcripts(by=system, at=now, case=found.case, matter="trial")
        assert more == 0
        assert Transcript.objects.count() == 1


def test_a_matter_that_no_other_system_wants_leaves_nothing(system_there, signed_in, person, acting, system):
    browser = signed_in("li", "window_clerk")
    answers = {"reason": "住院", "phone": "13800001234", "sick": "no", "intake-source": "counter"}
    assert browser.post(f"/desk/new/trial_notice/?person={person}", answers).status_code == 302
    run_pending_jobs()
    with acting(system):
        assert Case.objects.count() == 1
        assert not Transcript.objects.exists()


def test_number_and_state_are_noted_once_with_trail_and_the_state_says_whether_it_is_over(
    taken, acting, writer, now, again
):
    found = taken()
    given = {"by": writer, "at": now, "transcript": found.public_id, "outside_number": "A-1"}
    with acting(writer):
        written = transcripts.write_back(**given, outside_state="审核中", edition=1)
        assert (written.standing, written.edition) == ("written", 2)
        twice = transcripts.write_back(**given, outside_state="审核中", edition=1)
        assert twice.edition == 2
        with pytest.raises(transcripts.TranscriptChanged):
            transcripts.write_back(**given, outside_state="退回", edition=1)
        ended = transcripts.write_back(**given, outside_state="已办结", edition=2)
        assert ended.standing == "ended"


@pytest.mark.parametrize(
    ("number", "state", "sentence"),
    [(" ", "审核中", "请写外部系统给的编号"), ("A-1", "飞走了", "请从列表里选")],
)
def test_what_cannot_be_noted_is_refused_with_a_sentence(
    taken, acting, writer, now, again, number, state, sentence
):
    found = taken()
    with acting(writer), pytest.raises(transcripts.CannotWriteBack, match=sentence):
        transcripts.write_back(
            by=writer, at=now, transcript=found.public_id, outside_number=number, outside_state=state
        )
    assert again(found).standing == "waiting"


def test_another_street_never_sees_the_row_and_who_only_views_writes_nothing(taken, acting, make_actor, now):
    found = taken()
    far = make_actor("transcripts.view", "transcripts.write", area=FAR)
    given = {"at": now, "transcript": found.public_id, "outside_number": "A-1", "outside_state": "审核中"}
    with acting(far):
        assert list(transcripts.transcripts(by=far)) == []
        with pytest.raises(transcripts.NoTranscript):
            transcripts.write_back(by=far, **given)
    viewer = make_actor("transcripts.view", area=STREET)
    with acting(viewer):
        assert len(transcripts.transcripts(by=viewer)) == 1
        with pytest.raises(NotAllowed):
            transcripts.write_back(by=viewer, **given)


def test_a_withdrawn_case_waits_no_more_and_nothing_is_noted_on_it(taken, client, acting, writer, now, again):
    found = taken()
    answer = client.post(f"/desk/cases/{found.case}/withdraw/", {"why": "不办了"})
    assert answer.status_code == 302, answer.content.decode()
    run_pending_jobs()
    assert again(found).standing == "dropped"
    with acting(writer), pytest.raises(transcripts.CannotWriteBack, match="不用再抄录"):
        transcripts.write_back(
            by=writer, at=now, transcript=found.public_id, outside_number="A-1", outside_state="审核中"
        )


def test_what_is_over_there_stays_over_when_the_case_ends_here(taken, acting, writer, system, now, again):
    found = taken()
    with acting(writer):
        transcripts.write_back(
            by=writer, at=now, transcript=found.public_id, outside_number="A-1", outside_state="已办结"
        )
    with acting(system):
        assert operations.stop_waiting(by=system, at=now, case=found.case) == 0
    assert again(found).standing == "ended"
