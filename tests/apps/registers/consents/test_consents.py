"""To what a resident agreed, in which words, by what proof; taken back, it holds from that moment."""

from datetime import date

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, on_day
from yimen.foundations.definitions.api import current, current_all, publish
from yimen.kernel.clock import day_of
from yimen.registers.consents import api as consents
from yimen.registers.consents.engine.purposes import listed_on
from yimen.registers.consents.models import Consent
from yimen.registers.consents.ports import rests_on_consent
from yimen.registers.consents.queries import ended_before
from yimen.registers.people import api as people
from yimen.services.health.queries import RECORDS

AT = on_day(2026, 11, 4)
ON = AT.date()
RIGHTS = ("people.find", "people.view_file", "consents.keep", "consents.view")
SIGNED = {"proof": "signed", "proof_note": "同意书，社区档案柜"}


@pytest.fixture
def worker(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="周社工")


@pytest.fixture
def agree(acting, worker, person):
    """``agree("served_first")``: she signed, on the 4th of November."""

    def do(purpose="served_first", who=None, at=AT, **told):
        with acting(worker, on=day_of(at)):
            return consents.give_consent(
                by=worker, at=at, person=who or person, purpose=purpose, **(SIGNED | told)
            )

    return do


@pytest.fixture
def stands(acting, worker, person):
    def ask(purpose="served_first", who=None, on=ON):
        with acting(worker, on=on):
            ids = people.person_ids(who or person, by=worker)
            return consents.standing(ids, purpose, on=on, by=worker)

    return ask


@pytest.fixture
def withdraw(acting, worker, person):
    def do(purpose="served_first", who=None, at=AT):
        with acting(worker, on=day_of(at)):
            return consents.withdraw_consent(by=worker, at=at, person=who or person, purpose=purpose)

    return do


def test_it_stands_from_the_moment_it_is_given_until_the_moment_it_is_taken_back(agree, stands, withdraw):
    assert stands() is None
    given = agree()
    assert stands() == given and stands("health_records") is None
    assert withdraw() == 1
    assert stands() is None
    assert withdraw() == 0  # said twice, it is the same
    assert agree() != given and stands() is not None


def test_noted_twice_it_is_one(agree, acting, system):
    assert agree() == agree()
    with acting(system):
        assert Consent.objects.count() == 1


def test_the_words_that_were_read_to_her_are_kept_when_they_change(agree, stands, acting, system):
    given = agree()
    body = current("consent_purpose", "served_first", on=ON).body
    words = body.model_dump(mode="json") | {"wording": "优先标记还会给区里的服务窗口看，同样不写原因。"}
    with acting(system):
        publish(
            by=system,
            at=AT,
            effective_on=date(2026, 12, 1),
            kind="consent_purpose",
            key="served_first",
            body=words,
        )
    later = on_day(2026, 12, 2)
    assert stands(on=later.date()) == given
    assert "窗口办事可以优先照顾您" in consents.agreed_words(given)
    # Agreed again, it is to the new words.
    renewed = agree(at=later)
    assert stands(on=later.date()) == renewed and "区里" in consents.agreed_words(renewed)


def test_an_edition_that_asks_anew_ends_what_was_agreed_to_before(agree, stands, acting, system):
    agree()
    body = current("consent_purpose", "served_first", on=ON).body
    words = body.model_dump(mode="json") | {
        "wording": "优先标记还会给所有的单位看，请重新考虑。",
        "anew": True,
    }
    with acting(system):
        publish(
            by=system,
            at=AT,
            effective_on=date(2026, 12, 1),
            kind="consent_purpose",
            key="served_first",
            body=words,
        )
    assert stands() is not None
    assert stands(on=date(2026, 12, 2)) is None
    agree(at=on_day(2026, 12, 2))
    assert stands(on=date(2026, 12, 2)) is not None


@pytest.fixture
def end(acting, system):
    """``end("served_first")``: from the first of December nobody is asked for it."""

    def do(purpose="served_first"):
        body = current("consent_purpose", purpose, on=ON).body.model_dump(mode="json") | {"ended": True}
        told = {"kind": "consent_purpose", "key": purpose, "body": body, "examples": []}
        with acting(system):
            publish(by=system, at=AT, effective_on=date(2026, 12, 1), **told)

    return do


def test_a_purpose_that_has_ended_is_asked_of_nobody_and_what_was_agreed_to_is_read_and_stands_for_nothing(
    agree, stands, withdraw, end, acting, system, worker, person
):
    given = agree()
    agree("health_records")
    end()
    later = on_day(2026, 12, 2)
    assert stands() == given and stands(on=later.date()) is None
    with acting(worker, on=later.date()):
        ids = people.person_ids(person, by=worker)
        assert list(consents.asked_anew("served_first", on=later.date(), by=worker)) == [given]
        lines = {one.purpose.key: one for one in consents.purposes_of(ids, on=later.date(), by=worker)}
        assert lines["served_first"].standing is None and lines["served_first"].before == (given,)
        assert lines["health_records"].standing is not None
    with pytest.raises(consents.CannotAgree, match="已经停用"):
        agree(at=later)
    assert withdraw(at=later) == 1


def test_every_purpose_in_force_is_asked_for_where_something_is_done(street, acting, system):
    with acting(system):
        asked = {one.key for one in current_all("consent_purpose", on=ON) if not one.body.ended}
        lists = {one.key for one in listed_on(ON)}  # who agreed stands on the list, which asks each time
    assert asked == {one.purpose for one in rests_on_consent} | {RECORDS} | lists


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"purpose": "photo_shown"}, "已经停用"),
        ({"proof": "application"}, "不能用这种证明"),
        ({"purpose": "nothing_known"}, "选择一个用途"),
        ({"proof_note": " "}, "证明放在哪里"),
        ({"purpose": "health_records", "proof": "phone"}, "不能用这种证明"),
    ],
)
def test_what_proves_nothing_is_refused_with_a_sentence(agree, told, sentence):
    with pytest.raises(consents.CannotAgree, match=sentence):
        agree(**told)


def test_for_a_child_under_fourteen_the_guardian_agrees(agree, acting, system, street):
    with acting(system):
        child = people.register_person(
            by=system, at=on_day(2026, 1, 5), name="李小花", community=HOME, birth_on=date(2012, 11, 5)
        ).public_id
    with pytest.raises(consents.CannotAgree, match="监护人"):
        agree(who=child)
    assert agree(who=child, said_by="李大山").said_by == "李大山"
    # A day later she is fourteen, and asked herself.
    assert agree("health_records", who=child, at=on_day(2026, 11, 5)).said_by == ""


def test_of_two_files_of_one_person_the_last_word_counts(
    agree, stands, withdraw, acting, system, person, street
):
    with acting(system):
        other = people.register_person(
            by=system, at=on_day(2026, 1, 5), name="王桂英", community=HOME, birth_on=date(1950, 3, 1)
        ).public_id
    agree()
    agree(who=other, at=on_day(2026, 11, 5))
    withdraw(who=other, at=on_day(2026, 11, 6))
    with acting(system, on=date(2026, 11, 7)):
        people.merge_people(by=system, at=on_day(2026, 11, 7), keep=person, alias=other, reason="同一人")
    assert stands(on=date(2026, 11, 7)) is None
    agree(at=on_day(2026, 11, 8))
    assert stands(on=date(2026, 11, 8)) is not None
    # Taken back on one file, it is taken back on both.
    withdraw(who=other, at=on_day(2026, 11, 9))
    assert stands(on=date(2026, 11, 9)) is None


def test_proof_is_kept_three_years_and_what_stands_is_never_cleared(agree, withdraw, acting, system):
    agree()
    agree("health_records")
    withdraw()
    with acting(system):
        assert ended_before(date(2026, 11, 4), by=system).count() == 0
        assert [row.purpose for row in ended_before(date(2026, 11, 5), by=system)] == ["served_first"]


class TestPages:
    def test_read_agreed_and_taken_back_at_the_window(self, signed_in, person):
        clerk = signed_in("li", "window_clerk")
        assert f"/consents/{person}/" in clerk.get(f"/people/{person}/").content.decode()
        page = clerk.get(f"/consents/{person}/").content.decode()
        assert "窗口办事可以优先照顾您" in page and "没有同意" in page
        address = f"/consents/{person}/served_first/"
        assert "先读给本人听" in clerk.get(address).content.decode()
        said = {"proof": "at_window", "proof_note": "李窗口在场"}
        assert clerk.post(address, said).status_code == 302
        page = clerk.get(f"/consents/{person}/").content.decode()
        assert "当面口头同意" in page and "本人撤回" in page
        assert "询问后登记优先服务" in clerk.get(f"/people/{person}/").content.decode()
        assert clerk.post(f"{address}withdraw/").status_code == 302
        page = clerk.get(f"/consents/{person}/").content.decode()
        assert "撤回（" in page and "登记同意" in page
        assert "没有同意，不能这样用" in clerk.get(f"/people/{person}/").content.decode()

    def test_a_form_without_proof_comes_back_with_the_sentence(self, signed_in, person):
        answer = signed_in("li", "window_clerk").post(
            f"/consents/{person}/health_records/", {"proof": "signed", "proof_note": ""}
        )
        assert answer.status_code == 422 and "请写明证明放在哪里" in answer.content.decode()

    def test_the_words_are_printed_to_sign(self, signed_in, person):
        paper = (
            signed_in("li", "window_clerk").get(f"/consents/{person}/health_records/paper/").content.decode()
        )
        assert "告知同意书" in paper and "您签约的团队" in paper and "王桂英" in paper
        assert signed_in("sun", "window_clerk").get(f"/consents/{person}/nothing/").status_code == 404

    def test_a_neighbouring_community_learns_nothing(self, signed_in, person, agree):
        agree(at=timezone.now())
        far = signed_in("far", "window_clerk", area=FAR)
        for address in (f"/consents/{person}/", f"/consents/{person}/served_first/"):
            assert far.get(address).status_code == 404
        assert far.post(f"/consents/{person}/served_first/withdraw/").status_code == 404

    def test_her_copy_counts_no_consent_that_the_window_may_not_see(self, signed_in, person, agree):
        clerk = signed_in("li", "window_clerk")

        def done():
            asked = {"asked_by": "本人", "identity": "当面核对身份证"}
            copy = clerk.post(f"/people/{person}/rights/copy", asked).content.decode()
            return copy.split("以您的名义办过的事")[1].split("谁看过您的档案")[0]

        nothing = done()
        agree("referral_shared", at=timezone.now())
        assert done() == nothing and "同意" not in nothing
        agree(at=timezone.now())
        assert "同意 1 条" in done()

    def test_putting_two_files_together_tells_of_none_either(
        self, person, agree, acting, system, worker, make_actor
    ):
        with acting(system):
            other = people.register_person(
                by=system, at=on_day(2026, 1, 5), name="王桂英", community=HOME, birth_on=date(1950, 3, 1)
            ).public_id
        agree("referral_shared", who=other)
        head = make_actor(*RIGHTS, "people.merge", area=HOME)

        def moved():
            with acting(head, on=ON):
                return [(one.title, one.count) for one in people.preview_merge(person, other, by=head).moved]

        assert moved() == []
        agree("health_records", who=other)
        assert moved() == [("同意", 1)]

    def test_what_has_ended_is_offered_on_no_page(self, signed_in, person):
        clerk = signed_in("li", "window_clerk")
        assert "活动照片" not in clerk.get(f"/consents/{person}/").content.decode()
        for address in (f"/consents/{person}/photo_shown/", f"/consents/{person}/photo_shown/paper/"):
            assert clerk.get(address).status_code == 404

    def test_a_volunteer_reads_no_consents(self, signed_in, person):
        assert signed_in("vol", "volunteer").get(f"/consents/{person}/").status_code in (403, 404)
