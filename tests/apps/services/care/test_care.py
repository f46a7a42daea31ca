"""Care data: one person's key joins the kinds, each kind has a permission of its own, and no window sees any."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, STREET, on_day
from tests.journeys.samples import all_names
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.api import current_all
from yimen.foundations.exports.ports import sources
from yimen.foundations.forms.ports import prefill_sources
from yimen.foundations.imports.ports import importers
from yimen.foundations.retention import api as retention
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.registers.people.ports import file_cards, timeline_sources
from yimen.services.care import api as care
from yimen.services.care.models import CareConsent, CareRecord
from yimen.services.care.permissions import OPENED_BY

pytestmark = pytest.mark.requirement("S1-111")
AT = on_day(2026, 11, 4)
ON = AT.date()
WORDS = {kind: f"雪鸮{kind}之语" for kind in OPENED_BY}
BY_LAW = {"vaccination", "infectious"}


@pytest.fixture
def clinician(make_actor):
    """``clinician("maternal")``: who may record and see just these kinds."""

    def make(*kinds, area=HOME):
        seen = [OPENED_BY[kind] for kind in kinds]
        return make_actor("people.find", "people.view_file", "care.record", *seen, area=area, name="孙医生")

    return make


@pytest.fixture
def write(acting, clinician):
    """``write(person, kind)``: she agrees where she must, and it is written down."""

    def do(person, kind, at=AT, seen_on=None):
        doctor = clinician(kind)
        with acting(doctor, on=at.date()):
            if kind not in BY_LAW:
                care.give_consent(by=doctor, at=at, person=person, kind=kind, said_by="王建国")
            return care.record_care(
                by=doctor, at=at, person=person, kind=kind, seen_on=seen_on or at.date(), words=WORDS[kind]
            )

    return do


@pytest.fixture
def little(street, acting, system):
    """王桂英 as a child of five."""
    with acting(system):
        return people.register_person(
            by=system, at=on_day(2026, 1, 5), name="王桂英", community=HOME, birth_on=date(2021, 3, 1)
        ).public_id


@pytest.fixture
def ageless(street, acting, system):
    """王桂英, of whom nobody knows when she was born: every kind is meant for her."""
    with acting(system):
        return people.register_person(
            by=system, at=on_day(2026, 1, 5), name="王桂英", community=HOME
        ).public_id


@pytest.fixture
def girl(street, acting, system):
    """王桂英 as a girl of twelve."""
    with acting(system):
        return people.register_person(
            by=system, at=on_day(2026, 1, 5), name="王桂英", community=HOME, birth_on=date(2014, 3, 1)
        ).public_id


@pytest.fixture
def twin(street, acting, system):
    with acting(system):
        return people.register_person(
            by=system, at=on_day(2026, 1, 6), name="王桂英", community=HOME, birth_on=date(1950, 3, 1)
        ).public_id


def _read(person, doctor, acting, on=ON):
    with acting(doctor, on=on):
        return {one.key: [row.words for row in one.records] for one in care.care_of(person, by=doctor, on=on)}


def test_one_key_joins_the_kinds_and_each_clinician_reads_her_own(write, clinician, acting, ageless):
    person = ageless
    for kind in OPENED_BY:
        write(person, kind)
    everything = _read(person, clinician(*OPENED_BY), acting)
    assert everything == {kind: [words] for kind, words in WORDS.items()}
    for kind in OPENED_BY:
        doctor = clinician(kind)
        assert _read(person, doctor, acting) == {kind: [WORDS[kind]]}
        with acting(doctor, on=ON):
            file = people.get_file(person, by=doctor, on=ON)
            for other in set(OPENED_BY) - {kind}:
                assert care.records_of([person], other, by=doctor) == []
        assert {card.key for card in file.cards if card.key.startswith("care.")} == {f"care.{kind}"}


@pytest.mark.requirement("S3-28")
@pytest.mark.parametrize("kind", sorted(set(OPENED_BY) - BY_LAW))
def test_without_her_consent_nothing_is_recorded_and_taking_it_back_deletes(
    write, clinician, acting, ageless, kind
):
    person = ageless
    doctor = clinician(kind)
    told = {"by": doctor, "person": person, "kind": kind}
    with acting(doctor, on=ON), pytest.raises(care.CannotRecord, match="还没有同意"):
        care.record_care(at=AT, seen_on=ON, words="不该记下", **told)
    write(person, kind)
    later = AT + timedelta(days=3)
    with acting(doctor, on=later.date()):
        assert care.withdraw_consent(at=later, **told) == 1
        assert not CareRecord.objects.exists()
        assert [one.until for one in CareConsent.objects.all()] == [later.date()]
        with pytest.raises(care.CannotRecord, match="还没有同意"):
            care.record_care(at=later, seen_on=ON, words="不该记下", **told)
        with pytest.raises(care.NoCare):
            care.withdraw_consent(at=later, **told)


@pytest.mark.django_db
def test_every_kind_of_a_body_and_mind_rests_on_consent():
    rests = {one.key: one.body.rests_on for one in current_all("care_kind", on=day_of(timezone.now()))}
    assert {kind for kind, on in rests.items() if on == "law"} == BY_LAW and set(rests) == set(OPENED_BY)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"seen_on": ON + timedelta(days=1)}, "今天之后"),
        ({"words": " \n "}, "写下记录"),
        ({"words": "长" * 2001}, "太长"),
        ({"kind": "astrology"}, "没有这个专项"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_a_sentence(clinician, acting, person, told, sentence):
    doctor = clinician("vaccination")
    given = {"person": person, "kind": "vaccination", "seen_on": ON, "words": "第二针"} | told
    with acting(doctor, on=ON), pytest.raises(care.CannotRecord, match=sentence):
        care.record_care(by=doctor, at=AT, **given)


def test_who_may_see_one_kind_writes_no_other(clinician, acting, person, make_actor):
    doctor = clinician("child")
    with acting(doctor, on=ON):
        for deed in (care.give_consent, care.withdraw_consent):
            with pytest.raises(NotAllowed):
                deed(by=doctor, at=AT, person=person, kind="mental")
    reader = make_actor("people.find", "people.view_file", "care.view_mental", area=HOME)
    with acting(reader, on=ON), pytest.raises(NotAllowed):
        care.give_consent(by=reader, at=AT, person=person, kind="mental")


@pytest.mark.parametrize("kind", sorted(BY_LAW))
def test_what_a_law_asks_for_has_no_consent_to_take_back(write, clinician, acting, person, kind):
    write(person, kind)
    doctor = clinician(kind)
    with acting(doctor, on=ON):
        for deed in (care.give_consent, care.withdraw_consent):
            with pytest.raises(care.CannotRecord, match="依法记录"):
                deed(by=doctor, at=AT, person=person, kind=kind)
        assert [row.words for row in care.records_of([person], kind, by=doctor)] == [WORDS[kind]]
        assert not CareConsent.objects.exists()


@pytest.mark.parametrize(
    ("kind", "key", "years"), [("vaccination", "care_records", 15), ("mental", "care_mental_records", 30)]
)
def test_a_record_is_kept_as_long_as_the_law_says_from_her_last_visit(
    write, clinician, acting, system, person, twin, kind, key, years
):
    over, still = date(ON.year - years, 11, 3), date(ON.year - years, 11, 4)
    write(person, kind, seen_on=over)
    write(twin, kind, seen_on=over)
    write(twin, kind, seen_on=still)
    with acting(system, on=ON):
        assert retention.clear_past_term(by=system, at=AT, key=key) == 1
        assert retention.clear_past_term(by=system, at=AT, key=key) == 0
    assert _read(person, clinician(kind), acting) == {kind: []}
    assert _read(twin, clinician(kind), acting) == {kind: [WORDS[kind]] * 2}


def test_two_files_put_together_are_one_person_and_apart_again_when_undone(
    write, clinician, acting, system, person, twin
):
    write(person, "mental")
    write(twin, "maternal")
    write(twin, "vaccination")
    later = AT + timedelta(hours=2)
    with acting(system, on=ON):
        people.merge_people(by=system, at=later, keep=person, alias=twin, reason="同一人，重复建档")
    both = clinician("mental", "maternal", "vaccination")
    joined = {kind: [WORDS[kind]] for kind in ("mental", "maternal", "vaccination")}
    assert _read(person, both, acting) == joined and _read(twin, both, acting) == joined
    assert _read(person, clinician("maternal"), acting) == {"maternal": [WORDS["maternal"]]}
    with acting(system, on=ON):
        people.undo_merge(by=system, at=later + timedelta(hours=1), alias=twin, reason="是两个人")
    assert _read(person, both, acting) == {"mental": [WORDS["mental"]], "maternal": [], "vaccination": []}


def test_the_words_are_sealed_and_the_neighbouring_street_has_no_row(write, clinician, acting, person):
    write(person, "mental")
    for area in (OTHER_STREET, FAR):
        stranger = clinician(*OPENED_BY, area=area)
        with acting(stranger, on=ON):
            assert not CareRecord.objects.exists() and not CareConsent.objects.exists()
            assert care.records_of([person], "mental", by=stranger) == []
    with acting(clinician("mental"), on=ON), connection.cursor() as cursor:
        cursor.execute("SELECT words FROM care_carerecord")
        [(sealed,)] = cursor.fetchall()
    assert "雪鸮".encode() not in bytes(sealed)


def test_nothing_else_is_made_of_it():
    cards = [card for card in file_cards if card.key.startswith("care.")]
    assert {card.permission for card in cards} == set(OPENED_BY.values()) and len(cards) == len(OPENED_BY)
    assert all(card.special and card.rows is None for card in cards), (
        "a card that counts rows tells of other kinds"
    )
    for registry in (timeline_sources, sources, importers, prefill_sources):
        assert not [one.key for one in registry if one.key.startswith("care")]


@pytest.mark.django_db
def test_only_clinicians_open_such_a_card_in_an_emergency(make_actor):
    window = make_actor("people.break_glass", "people.view_file", area=HOME)
    assert not [one for one in people.special_cards(by=window, area=HOME) if one.key.startswith("care.")]
    doctor = make_actor("people.break_glass", "people.view_file", "care.record", "care.view_child", area=HOME)
    opened = {one.key for one in people.special_cards(by=doctor, area=HOME) if one.key.startswith("care.")}
    assert opened == {f"care.{kind}" for kind in OPENED_BY} - {"care.child"}


SEES = {
    "doctor": {"child", "vaccination"},
    "maternal_doctor": {"maternal", "reproductive", "child"},
    "disease_control_doctor": {"vaccination", "infectious"},
    "mental_health_doctor": {"mental"},
}


def _pages(person):
    """Every address that needs nothing, or nothing but her; what signs out or asks how the product is, tells nobody's data."""
    for name in all_names():
        for values in ([], [person]):
            try:
                path = reverse(name, args=values)
            except NoReverseMatch:
                continue
            if not any(word in path for word in ("sign-out", "healthz")) and (
                not values or "people/" in path
            ):
                yield path
            break


def _told(answer) -> bytes:
    """Everything an answer tells; a workbook is unpacked."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"".join(book.read(name) for name in book.namelist())


@pytest.mark.parametrize("role", ["window_clerk", "community_worker", "section_chief", "leader"])
def test_no_page_of_a_window_or_an_office_tells_any_of_it(signed_in, write, acting, system, ageless, role):
    person = ageless
    for kind in OPENED_BY:
        write(person, kind)
    browser = signed_in("li", role, area=STREET if role in ("section_chief", "leader") else HOME)
    seen = 0
    for path in _pages(person):
        for query in ("", "?q=雪鸮", "?export=xlsx", f"?person={person}"):
            if query and not any(part in path for part in ("people", "ledger", "search", "desk")):
                continue
            answer = browser.get(path + query)
            body = _told(answer)
            assert not any(words.encode() in body for words in WORDS.values()), path + query
            seen += answer.status_code == 200
        if path == f"/people/{person}/" and role != "leader":
            text = body.decode()
            assert "王桂英" in text and not any(
                title in text for title in ("精神卫生", "孕产保健", "预防接种")
            )
    assert seen > 20
    assert browser.get(f"/care/people/{person}/").status_code == 403


@pytest.mark.parametrize("role", SEES)
def test_each_post_of_the_health_centre_sees_its_kinds_on_the_file(signed_in, write, ageless, role):
    person = ageless
    for kind in OPENED_BY:
        write(person, kind)
    browser = signed_in("sun", role)
    for page in (f"/people/{person}/", f"/care/people/{person}/"):
        text = browser.get(page).content.decode()
        assert {kind for kind, words in WORDS.items() if words in text} == SEES[role]


def test_a_clinician_agrees_writes_and_takes_back_on_her_pages(signed_in, acting, system, person):
    doctor = signed_in("sun", "maternal_doctor")
    here = f"/care/people/{person}/"
    assert "本人还没有同意" in doctor.get(here).content.decode()
    given = {"seen_on": day_of(timezone.now()).isoformat(), "words": "首次建册", "request_key": "k0"}
    refused = doctor.post(f"{here}maternal/new/", given)
    assert refused.status_code == 422 and "还没有同意" in refused.content.decode()
    assert doctor.post(f"{here}maternal/agree/", {"request_key": "k1"}).status_code == 302
    for _ in range(2):  # a double click
        assert doctor.post(f"{here}maternal/new/", given | {"request_key": "k2"}).status_code == 302
    text = doctor.get(here).content.decode()
    assert text.count("首次建册") == 1 and "已告知，本人同意记录生殖健康" in text
    assert doctor.get(f"{here}mental/new/").status_code == 404
    assert doctor.post(f"{here}mental/agree/", {"request_key": "k3"}).status_code == 404
    assert doctor.post(f"{here}maternal/withdraw/", {"request_key": "k4"}).status_code == 302
    assert "首次建册" not in doctor.get(here).content.decode()
    far = signed_in("qian", "maternal_doctor", area=FAR)
    for path in (here, f"{here}maternal/new/"):
        assert far.get(path).status_code == 404


def _child(acting, system, born, name="王小小"):
    with acting(system):
        return people.register_person(
            by=system,
            at=timezone.now() - timedelta(days=1),
            name=name,
            community=HOME,
            birth_on=born,
        ).public_id


def test_for_a_child_the_guardian_agrees_and_is_named(signed_in, acting, system, person):
    today = day_of(timezone.now())
    child = _child(acting, system, today - timedelta(days=400))
    with acting(system):
        people.set_guardian(
            by=system,
            at=timezone.now(),
            on=today,
            person=child,
            guardian=person,
            kind="relative",
            basis="户口簿",
        )
    doctor = signed_in("sun", "maternal_doctor")
    here = f"/care/people/{child}/"
    assert "监护人还没有同意" in doctor.get(here).content.decode()
    # Who answers for her on file stands in the form already.
    asked = doctor.get(f"{here}child/agree/").content.decode()
    assert 'value="王桂英"' in asked and "由监护人同意" in asked
    nobody = doctor.post(f"{here}child/agree/", {"request_key": "k0", "said_by": "  "})
    assert nobody.status_code == 422 and "请写监护人的姓名" in nobody.content.decode()
    assert doctor.post(f"{here}child/agree/", {"request_key": "k1", "said_by": "王 桂英"}).status_code == 302
    page = doctor.get(here).content.decode()
    assert "监护人撤回儿童保健的同意" in page and "监护人王 桂英 " in page


def test_of_somebody_of_fourteen_no_guardian_is_kept(clinician, acting, person):
    doctor = clinician("mental")
    with acting(doctor, on=ON):
        given = care.give_consent(by=doctor, at=AT, person=person, kind="mental", said_by="王建国")
    assert given.said_by == ""


def test_a_kind_is_offered_at_the_ages_its_definition_names(signed_in, acting, system, street):
    today = day_of(timezone.now())
    doctor = signed_in("sun", "maternal_doctor")
    for years, offered in ((3, True), (6, True), (7, False), (86, False)):
        her = _child(acting, system, today.replace(year=today.year - years, day=1), name=f"王岁{years}")
        here = f"/care/people/{her}/"
        assert ("儿童保健" in doctor.get(here).content.decode()) is offered, years
        assert ("生殖健康" in doctor.get(here).content.decode()) is (years == 86), years
        told = {"request_key": f"k{years}", "said_by": "王建国"}
        answer = doctor.post(f"{here}child/agree/", told)
        assert answer.status_code == (302 if offered else 422), years
        assert offered or "6周岁以内" in answer.content.decode()


def test_what_was_written_of_a_child_stays_and_can_be_taken_back_when_she_is_older(
    clinician, write, acting, little
):
    write(little, "child")
    doctor, later = clinician("child"), on_day(2028, 3, 1)
    with acting(doctor, on=later.date()):
        [kind] = care.care_of(little, by=doctor, on=later.date())
        assert (kind.offered, kind.may_withdraw, len(kind.records)) == (False, True, 1)
        told = {"by": doctor, "at": later, "person": little, "kind": "child"}
        with pytest.raises(care.CannotRecord, match="6周岁以内"):
            care.record_care(seen_on=later.date(), words="七岁的体检", **told)
        # What was seen while it fitted may still be written down.
        care.record_care(seen_on=date(2028, 2, 29), words="六岁的体检", **told)
        assert care.withdraw_consent(**told) == 2
        assert care.care_of(little, by=doctor, on=later.date()) == []


TITLES = {"maternal": "孕产保健", "reproductive": "生殖健康"}


@pytest.mark.parametrize("kind", TITLES)
@pytest.mark.parametrize(("years", "offered"), [(1, False), (9, False), (10, True), (40, True)])
def test_what_begins_with_adolescence_is_not_offered_to_a_child(
    signed_in, acting, system, street, kind, years, offered
):
    today = day_of(timezone.now())
    doctor = signed_in("sun", "maternal_doctor")
    here = f"/care/people/{_child(acting, system, today.replace(year=today.year - years, day=1))}/"
    assert (TITLES[kind] in doctor.get(here).content.decode()) is offered
    answer = doctor.post(f"{here}{kind}/agree/", {"request_key": "k", "said_by": "王建国"})
    assert answer.status_code == (302 if offered else 422)
    assert offered or "只对10周岁以上的居民" in answer.content.decode()
    given = {"seen_on": today.isoformat(), "words": "来过", "request_key": "w"}
    assert doctor.post(f"{here}{kind}/new/", given).status_code == (302 if offered else 404)


def test_what_was_recorded_of_a_child_before_the_age_was_set_is_still_seen_and_taken_back(
    signed_in, acting, system, street
):
    # Her birth date was not known when it was written down, and is corrected to that of a small child afterwards.
    doctor = signed_in("sun", "maternal_doctor")
    with acting(system, on=ON):
        unknown = people.register_person(by=system, at=AT, name="王未详", community=HOME).public_id
    here, today = f"/care/people/{unknown}/", day_of(timezone.now())
    assert doctor.post(f"{here}maternal/agree/", {"request_key": "a"}).status_code == 302
    given = {"seen_on": today.isoformat(), "words": "那时的话", "request_key": "b"}
    assert doctor.post(f"{here}maternal/new/", given).status_code == 302
    with acting(system, on=today):
        people.correct_person(
            by=system,
            at=timezone.now(),
            person=unknown,
            birth_on=today.replace(year=today.year - 4, day=1),
            reason="补登出生日期",
        )
    page = doctor.get(here).content.decode()
    assert "那时的话" in page and "孕产保健" in page and "生殖健康" not in page
    assert doctor.post(f"{here}maternal/new/", given | {"request_key": "c"}).status_code == 422
    assert doctor.post(f"{here}maternal/withdraw/", {"request_key": "d"}).status_code == 302
    assert "孕产保健" not in doctor.get(here).content.decode()


DUTY = "应当立即向公安机关报案"


@pytest.mark.parametrize("kind", ["maternal", "reproductive"])
def test_who_gives_it_to_a_girl_under_fourteen_reads_what_must_be_reported(signed_in, girl, person, kind):
    doctor = signed_in("sun", "maternal_doctor")
    here = f"/care/people/{girl}/"
    pages = (f"{here}{kind}/agree/", f"{here}{kind}/new/", here)
    assert DUTY in doctor.get(pages[0]).content.decode(), "before her guardian agrees"
    assert DUTY not in doctor.get(here).content.decode(), "nothing is given to her yet"
    told = {"request_key": "a", "said_by": "王建国"}
    assert doctor.post(pages[0], told).status_code == 302
    for page in pages:
        text = doctor.get(page).content.decode()
        assert text.count(DUTY) == 1 and "未成年人保护法第十一条" in text, page
    # Of a grown woman, and of what every child gets, nothing of it is said.
    grown = f"/care/people/{person}/"
    assert doctor.post(f"{grown}{kind}/agree/", {"request_key": "b"}).status_code == 302
    for page in (f"{grown}{kind}/agree/", f"{grown}{kind}/new/", grown, f"{here}child/agree/"):
        assert DUTY not in doctor.get(page).content.decode(), page


@pytest.mark.parametrize(
    "role", ["window_clerk", "community_worker", "community_head", "disease_control_doctor"]
)
def test_the_duty_to_report_is_read_by_nobody_but_who_sees_the_kind(signed_in, write, girl, role):
    write(girl, "maternal")
    browser, seen = signed_in("li", role), 0
    for path in _pages(girl):
        answer = browser.get(path)
        assert DUTY.encode() not in _told(answer), path
        seen += answer.status_code == 200
    assert seen > 5


@pytest.fixture
def both(signed_in):
    """Two browsers at once: the clinician's and the community head's."""
    browsers = []
    for username, role in (("sun", "maternal_doctor"), ("zhou", "community_head")):
        signed_in(username, role)
        browsers.append(Client())
        told = {"username": username, "password": "Panhuo-2026-east"}
        assert browsers[-1].post("/sign-in", told).status_code == 302
    return browsers


def test_her_death_ends_her_consents_and_what_was_seen_before_it_is_still_written_down(both, write, person):
    write(person, "maternal")
    doctor, head = both
    here = f"/care/people/{person}/"
    assert "本人撤回孕产保健的同意" in doctor.get(here).content.decode()
    told = {"died_on": "2026-11-10", "source": "死亡医学证明"}
    assert head.post(f"/people/{person}/death", told).status_code == 302
    run_pending_jobs()
    page = doctor.get(here).content.decode()
    assert "同意随之终止" in page and "本人撤回" not in page and WORDS["maternal"] in page
    for key, day, words, status in (
        ("a", "2026-11-08", "当时的血压", 302),
        ("b", "2026-11-12", "后来的血压", 422),
        ("c", "2026-11-03", "同意以前的血压", 422),
    ):
        given = {"seen_on": day, "words": words, "request_key": key}
        assert doctor.post(f"{here}maternal/new/", given).status_code == status, words
    assert head.post(f"/people/{person}/death/undo", {"reason": "同名的人"}).status_code == 302
    run_pending_jobs()
    page = doctor.get(here).content.decode()
    assert "本人撤回孕产保健的同意" in page and "当时的血压" in page


def test_a_consent_taken_back_before_her_death_does_not_come_back_with_the_error(both, write, person):
    write(person, "maternal")
    doctor, head = both
    here = f"/care/people/{person}/"
    assert doctor.post(f"{here}maternal/withdraw/", {"request_key": "w"}).status_code == 302
    assert (
        head.post(f"/people/{person}/death", {"died_on": "2026-11-10", "source": "证明"}).status_code == 302
    )
    run_pending_jobs()
    given = {"seen_on": "2026-11-08", "words": "当时的血压", "request_key": "a"}
    assert doctor.post(f"{here}maternal/new/", given).status_code == 422
    assert head.post(f"/people/{person}/death/undo", {"reason": "同名的人"}).status_code == 302
    run_pending_jobs()
    assert "本人还没有同意" in doctor.get(here).content.decode()


def test_what_she_agreed_to_on_the_day_she_died_cannot_be_taken_back_in_her_name(both, write, person):
    doctor, head = both
    here = f"/care/people/{person}/"
    assert doctor.post(f"{here}maternal/agree/", {"request_key": "a"}).status_code == 302
    seen = {"seen_on": day_of(timezone.now()).isoformat(), "words": "当天的血压", "request_key": "b"}
    assert doctor.post(f"{here}maternal/new/", seen).status_code == 302
    told = {"died_on": day_of(timezone.now()).isoformat(), "source": "死亡医学证明"}
    assert head.post(f"/people/{person}/death", told).status_code == 302
    # From this minute, and not only when the night has ended the consent.
    for _ in range(2):
        page = doctor.get(here).content.decode()
        assert "同意随之终止" in page and "本人撤回" not in page
        refused = doctor.post(f"{here}maternal/withdraw/", {"request_key": "c"})
        assert refused.status_code == 422 and "同意随之终止" in refused.content.decode()
        assert "当天的血压" in doctor.get(here).content.decode()
        run_pending_jobs()
