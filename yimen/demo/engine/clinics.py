"""Two health points with accounts of their own: agreed work and its acceptance, patients, referrals (机构服务)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile

from yimen.demo.engine.scans import drawn_sheet
from yimen.demo.engine.staff import EAST, PASSWORD, Staff
from yimen.demo.engine.story import Neighbours, Story
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api as people
from yimen.services.providers import api as providers

BY = system_actor("demo")
CLINIC, STATION = "中医诊所", "卫生服务站"
# Who works there: login, its name, the kind of post, where.
STAFF = (
    ("clinic", "方若谷", "机构申报员", "provider", CLINIC),
    ("clinic-doctor", "秦朗清", "机构医护", "provider_doctor", CLINIC),
    ("station-doctor", "钟可心", "机构医护", "provider_doctor", STATION),
)
WORKS = (("中医药健康讲座", "场", 30000), ("老年人中医体质辨识", "人次", 1200))
# What the clinic did: so many working days ago, which work, how many, and what came of it.
DONE = (
    (44, 0, 1, "good"), (38, 1, 26, "good"), (30, 1, 31, "mended"), (24, 0, 1, "good"),
    (17, 1, 22, "returned"), (9, 0, 1, "good"), (4, 1, 28, "waiting"), (1, 0, 1, "waiting"),
)  # fmt: skip
PLACES = ("社区二楼活动室", "东区小广场", "西区活动室")
NO_DATE = "签到表没有写日期，补上再报"
TERM = timedelta(days=20)


def open_clinics(staff: Staff, *, by: Actor, at: datetime, now: datetime) -> None:
    """Licences and agreements of the two, and posts with accounts: the doctors see their own patients and nobody else."""
    told: dict[str, Any] = {"by": by, "at": at}
    since, today = day_of(at), day_of(now)
    units = {one: _unit(one, on=today) for one in (CLINIC, STATION)}
    organisations.file_credential(
        **told, organisation=units[STATION], kind="clinic_licence", number="演示证 150009", extent="全科、预防保健科",
        issuer="区卫生健康局（演示）", since=units[STATION].since, last_day=today + timedelta(days=900),
    )  # fmt: skip
    agreement = organisations.file_agreement(
        **told, organisation=units[CLINIC], title="中医药健康管理服务协议（演示）", partner="潘火街道办事处（演示）",
        content="在社区做中医药健康讲座和体质辨识，凭签到表按量验收（演示）。",
        since=date(since.year, 1, 1), last_day=date(today.year, 12, 31),
    )  # fmt: skip
    for title, measure, fen in WORKS:
        providers.agree_work(
            **told, organisation=units[CLINIC].public_id, agreement=agreement.public_id, title=title, measure=measure,
            price=Money(fen), licence="clinic_licence", extent="中医科",
        )  # fmt: skip
    for username, name, title, role, where in STAFF:
        opened = access.create_account(
            by=by, at=now, username=username, name=name, password=PASSWORD, area=EAST[:9], must_change=False
        )
        staff.accounts[username], staff.names[username] = opened.public_id, name
        post = organisations.create_post(
            **told, organisation=units[where], title=title, role=role, area=EAST, since=since, seats=3
        )
        organisations.appoint(**told, post=post, account=opened.public_id, since=since)


class Clinics:
    """Plans what the two health points do in the weeks of the demo; it uses up no chance of the story."""

    def __init__(self, story: Story, neighbours: Sequence[Neighbours]) -> None:
        self.story = story
        self.here = next(one for one in neighbours if one.community == EAST)

    def plan(self) -> None:
        with act_as(BY, on=self.story.today):
            clinic = _unit(CLINIC, on=self.story.today)
            works = [one.work for one in providers.work_lines([clinic], by=BY, on=self.story.today)]
        found = {one.title: one.public_id for one in works}
        for order, (back, kind, quantity, fate) in enumerate(DONE):
            day = self.story.working_days[-1 - back]
            work, place = found[WORKS[kind][0]], PLACES[order % len(PLACES)]
            self._submit(day, work, place, quantity, fate)
        old = self.here.old
        for order, person in enumerate(old[:5]):
            doctor, other = ("clinic-doctor", STATION) if order < 3 else ("station-doctor", CLINIC)
            self._sign_up(person, doctor, other, order)

    def _submit(self, day: date, work: UUID, place: str, quantity: int, fate: str) -> None:
        def submit(at: datetime, by: Actor) -> None:
            made = providers.submit_work(
                by=by, at=at, work=work, done_on=day, place=place, quantity=quantity,
                proof=ContentFile(drawn_sheet("签到表"), name="签到表.png"),
            ).public_id  # fmt: skip
            self.story.told["work submitted"] += 1
            if fate != "waiting":
                self.story.plan(
                    self.story.in_working_days(at, 2), "officer", lambda at, by: answer(made, at, by)
                )

        def answer(made: UUID, at: datetime, by: Actor) -> None:
            if fate == "returned":
                providers.return_submission(by=by, at=at, submission=made, reason=NO_DATE)
            else:
                note = "补了签到人电话，按补正认" if fate == "mended" else ""
                providers.accept_submission(
                    by=by, at=at, submission=made, accepted=quantity, grade=fate, note=note
                )

        self.story.plan(self.story.at(day, 16, 40), "clinic", submit)

    def _sign_up(self, person: UUID, doctor: str, other: str, order: int) -> None:
        """She shows her card at the health point and signs."""
        day = self.story.working_days[8 + order * 3]
        with act_as(BY, on=self.story.today):
            kept = people.own_copy(person, by=BY, on=self.story.today)
        numbers = [number for kind, number, _ in kept.documents if kind == "居民身份证"]

        def sign(at: datetime, by: Actor) -> None:
            made = providers.sign_up_patient(
                by=by, at=at, name=kept.file.name, id_number=numbers[0], phone="", consented_on=day_of(at)
            ).public_id
            providers.note_care(
                by=by, at=at, patient=made, done_on=day_of(at), text="测血压，体质辨识，说了怎么吃和动。"
            )
            self.story.told["patients signed up"] += 1
            if order % 3 != 2:
                days_ago = (3, 2)[order > 1]
                last = self.story.working_days[-1 - days_ago]
                self.story.plan(self.story.at(last, 10, order), doctor, lambda at, by: refer(made, at, by))

        def refer(patient: UUID, at: datetime, by: Actor) -> None:
            unit = _unit(other, on=day_of(at))
            made = providers.refer_patient(
                by=by, at=at, patient=patient, target=unit.public_id, need="眼底和足部检查", reason="近两周空腹血糖偏高。",
                consented_on=day_of(at), last_day=day_of(at) + TERM,
            ).public_id  # fmt: skip
            self.story.told["patients referred"] += 1
            if order == 0:
                self.story.plan(
                    self.story.later(at, minutes=90),
                    "station-doctor",
                    lambda at, by: providers.accept_referral(by=by, at=at, referral=made),
                )

        if numbers:
            self.story.plan(self.story.at(day, 9, 20 + order), doctor, sign)


def _unit(words: str, *, on: date) -> Any:
    rows = organisations.organisations(by=BY, on=on, kind="clinic").filter(area=EAST)
    return next(one for one in rows if words in one.name)
