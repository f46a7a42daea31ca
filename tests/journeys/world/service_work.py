"""What the services and what looks across have done: demands, tables, seals, calls and shifts, and the like (各项服务)."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.journeys.world.streets import Street, Teller


class ServiceWork(Teller):
    """What the services and what looks across have done."""

    def _demands(self, street: Street, community: str) -> None:
        """What departments want of a community: one that waits, one admitted, one refused."""
        from yimen.steering.workload import api as workload

        officer, chief = street.actors["section_officer"], street.actors["section_chief"]
        told = {
            "area": street.code,
            "unit_name": f"{street.sign}局",
            "kind": "report",
            "hours": 2,
            "times": 3,
        }
        told |= {"communities": [community], "since": self.today, "until": self.today + timedelta(days=90)}
        with self.acting(officer):
            made = [
                workload.enter_demand(
                    by=officer, at=self.now, title=f"{street.sign}{title}", basis="试用文件", **told
                ).public_id
                for title in ("月报", "协助体检", "招商台账")
            ]
        with self.acting(chief):
            workload.decide_demand(
                by=chief,
                at=self.now,
                demand=made[1],
                admit=True,
                listed="public_health",
                reason="有依据",
                until=self.today + timedelta(days=60),
            )
            workload.decide_demand(
                by=chief, at=self.now, demand=made[2], admit=False, listed="investment", reason="社区不承担"
            )
        street.ids["demand"][community] = str(made[0])

    def _return(self, street: Street, community: str) -> None:
        """A workbook that a department wants filled: two residents, one with a wrong sex, and one nobody knows."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from tests.apps.steering.returns.workbooks import forty_columns
        from yimen.registers.people.api import person_cards
        from yimen.steering.returns import api as returns

        worker = street.actors[f"community_worker.{community[-3:]}"]
        with self.acting(worker):
            told = [UUID(str(one)) for one in street.ids["people"][community][:3]]
            cards = person_cards(told, by=worker).values()
            rows = [{"姓名": card.name, "现住址": card.address, "性别": "未说"} for card in cards]
            made = returns.upload_return(
                by=worker,
                at=self.now,
                area=community,
                title=f"{street.sign}排查表",
                unit_name="区民政局",
                due_on=self.today,
                file=SimpleUploadedFile("table.xlsx", forty_columns([*rows, {"姓名": f"{street.sign}某某"}])),
            )
        street.ids["return"][community] = str(made.public_id)

    def _seal(self, street: Street, community: str) -> None:
        """The seal of a committee, and a request that was refused, one that waits, and one that was stamped."""
        from yimen.services.seals import api as seals

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        worker = street.actors[f"community_worker.{community[-3:]}"]
        chief = street.actors["section_chief"]
        with self.acting(clerk):
            seal = seals.register_seal(
                by=clerk,
                at=self.now,
                name=f"{street.sign}居民委员会",
                kind="committee",
                area=community,
                since=self.start.date(),
                keeper=clerk.account,
                signed="领取单 1 号",
            )
        told = {"area": community, "purpose": "张贴", "copies": 2}
        with self.acting(worker):
            seals.request_seal(
                by=worker, at=self.now, use="", document=f"{street.sign}无犯罪记录证明", **told
            )
            asked = [
                seals.request_seal(
                    by=worker, at=self.now, use="resolution", document=f"{street.sign}决议", **told
                ).public_id
                for _ in range(2)
            ]
        with self.acting(chief):
            seals.decide_seal_request(by=chief, at=self.now, request=asked[0], approve=True)
        with self.acting(clerk):
            seals.stamp(by=clerk, at=self.now, request=asked[0], seal=seal.public_id, copies=2)
        street.ids["seal"][community] = str(seal.public_id)
        street.ids["seal_request"][community] = str(asked[1])

    def _alert(self, street: Street) -> None:
        """A clerk opened files at night, and the alert waits for the auditor."""
        from yimen.doors.office.operations import find_unusual_reading
        from yimen.foundations.audit.api import audited_unusual, record_look
        from yimen.kernel.clock import STREET_TIME
        from yimen.kernel.ids import uuid7

        clerk, day = street.actors["window_clerk.001"], self.today - timedelta(days=1)
        at = datetime.combine(day, time(23), tzinfo=STREET_TIME)
        with self.acting(clerk):
            for subject in (UUID(street.ids["people"][street.few][0]), *(uuid7() for _ in range(4))):
                record_look(
                    by=clerk,
                    at=at,
                    subject=subject,
                    area=street.few,
                    why=f"夜里核对{street.sign}",
                )
        with self.acting(self.by):
            find_unusual_reading(by=self.by, at=self.now, on=day)
            found = audited_unusual(by=self.by).get(actor=clerk.key, rule="night")
        street.ids["alert"] = str(found.public_id)

    def _hotline(self, street: Street, community: str) -> None:
        """Calls that wait, are late, are answered; and a shift that is to be signed for."""
        from yimen.kernel.periods import Month
        from yimen.services.hotline import api as hotline

        worker = street.actors[f"community_worker.{community[-3:]}"]
        calls = street.ids.setdefault("phone_call", {}).setdefault(community, [])
        for days, result in ((3, "call_back"), (0, "left"), (0, "answered")):
            at = self.now - timedelta(days=days, hours=1)
            with self.acting(worker):
                call = hotline.log_call(
                    by=worker,
                    at=at,
                    area=community,
                    topic="relief",
                    sentence=f"{street.sign}来电问补助",
                    result=result,
                    phone=f"{street.phones}{int(community[-3:]):01d}000",
                    name=f"{street.sign}来电人",
                )
            calls.append(str(call.public_id))
        at = self.now - timedelta(days=2)
        month = Month.of(at.date())
        account = UUID(street.posts[f"window_clerk.{community[-3:]}"]["account"])
        nights = {
            f"{month.plus(m).first_day + timedelta(days=d)}-night": account for m in (0, 1) for d in range(28)
        }
        for each in (month, month.next()):
            with self.acting(worker):
                hotline.set_roster(by=worker, at=at, area=community, month=each, people=nights)
        with self.acting(worker):
            shifts = hotline.shifts_to_sign(by=worker, at=self.now)
            standing = shifts or list(hotline.shifts_of_month(community, month.next(), by=worker))
        street.ids.setdefault("shift", {})[community] = str(standing[0].public_id)

    def _gatherings(self, street: Street, community: str) -> None:
        """A lecture that goes on now, with a list and a helper; one to be confirmed; a rehearsal that was held."""
        from yimen.work.gatherings import api as gatherings

        tail = community[-3:]
        worker, lecturer = street.actors[f"community_worker.{tail}"], street.actors[f"lecturer.{tail}"]
        club, helper = street.actors[f"club_leader.{tail}"], street.actors[f"volunteer.{tail}"]
        people = [UUID(one) for one in street.ids["people"][community][:3]]
        told = {"by": worker, "at": self.now}

        def plan(kind: str, title: str, days: int, leader: Any) -> UUID:
            begins = self.now - timedelta(hours=1) + timedelta(days=days)
            when = {
                "starts_at": begins,
                "ends_at": begins + timedelta(hours=3),
                "place": f"{street.sign}活动室",
            }
            made = gatherings.plan_gathering(
                **told,
                **when,
                kind=kind,
                area=community,
                title=f"{street.sign}{title}",
                led_by=leader.account,
            )
            return made.public_id

        with self.acting(worker):
            now_on = plan("health_lecture", "养生讲座", 0, lecturer)
            plan("parents_class", "家长课堂", 5, lecturer)
            held = plan("club_rehearsal", "合唱排练", -1, club)
            for person in people:
                early = told | {"at": self.now - timedelta(days=1)}
                gatherings.sign_up(**early, gathering=now_on, person=person)
                gatherings.sign_up(**told, gathering=held, person=person, present=True)
            first = gatherings.live_sign_ups(gatherings.get_gathering(now_on, by=worker), by=worker)[0]
            gatherings.sign_in(**told, gathering=now_on, sign_ups=[first.public_id], guests=4)
            gatherings.add_helper(**told, gathering=now_on, account=helper.account)
            gatherings.close_gathering(**told, gathering=held)
        street.ids.setdefault("gathering", {})[community] = [str(now_on), str(held)]
