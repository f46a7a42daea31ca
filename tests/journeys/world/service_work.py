"""What the services and what looks across have done: demands, tables, seals, calls and shifts, and the like (各项服务)."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.journeys.world.streets import PNG, Street, Teller


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

    def _queue(self, street: Street, community: str) -> None:
        """A hall at the community's site: one at a counter, and one who waits."""
        from yimen.work.bookings import api as bookings

        head = street.actors[f"community_head.{community[-3:]}"]
        told = {"by": head, "at": self.now}
        with self.acting(head):
            hall = bookings.open_hall(
                **told, site=UUID(street.ids["site"][community]), counters=2, shows=bookings.Shows.NAMES
            ).public_id
            for name in (street.sign, "试"):
                bookings.take_ticket(**told, hall=hall, name=name, about=f"{street.sign}来办事")
            ticket = bookings.call_next(**told, hall=hall, counter=1)
        street.ids["hall"][community], street.ids["ticket"][community] = str(hall), str(ticket.public_id)

    def _form_draft(self, street: Street) -> None:
        """A form that is being made from a workbook, with something in it that was not carried over."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from tests.apps.foundations.forms.workbooks import question, workbook
        from yimen.foundations.forms import api as forms

        officer = street.actors["section_officer"]
        rows = [question("text", "name", f"{street.sign}姓名"), question("geopoint", "place")]
        data = workbook(rows, settings={"form_title": f"{street.sign}需求表", "form_id": "trial_needs"})
        with self.acting(officer):
            made = forms.upload_draft(
                by=officer, at=self.now, file=SimpleUploadedFile(f"{street.sign}.xlsx", data)
            )
        street.ids["form_draft"] = str(made.public_id)

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
            edition = returns.begin_edition(by=worker, at=self.now, table=made.public_id)
        street.ids["return"][community] = str(made.public_id)
        street.ids["edition"][community] = str(edition.public_id)
        officer = street.actors["section_officer"]
        with self.acting(officer):
            whole = returns.upload_return(
                by=officer,
                at=self.now,
                area=street.code,
                title=f"{street.sign}下发表",
                unit_name="区民政局",
                due_on=self.today,
                file=SimpleUploadedFile("table.xlsx", forty_columns(rows)),
            )
            told = {"due_on": self.today, "basis": "试用文件", "communities": [community]}
            returns.send_down(by=officer, at=self.now, table=whole.public_id, **told)
            (part,) = returns.parts_of(whole, by=officer)
        street.ids["return_whole"][community] = str(whole.public_id)
        street.ids["part"][community] = str(part.public_id)

    def _import(self, street: Street, community: str) -> None:
        """A list of residents that was checked and waits: one row is good, one is not."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from tests.apps.foundations.imports.sheets import xlsx
        from yimen.foundations.imports import api as imports

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        rows = [
            ["姓名", "性别", "现住址"],
            [f"{street.sign}新人", "女", f"{street.sign}路1号"],
            [f"{street.sign}错", "？", ""],
        ]
        with self.acting(clerk):
            made = imports.upload_batch(
                by=clerk,
                at=self.now,
                importer="people.residents",
                area=community,
                file=SimpleUploadedFile(f"{street.sign}名册.xlsx", xlsx(("名册", rows))),
            )
            imports.begin_check(by=clerk, at=self.now, batch=made.public_id, columns=made.columns)
        street.ids["import"][community] = str(made.public_id)

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

    def _export(self, street: Street, community: str) -> None:
        """A request for a full export that waits for its approver."""
        from yimen.foundations.exports import api as exports

        worker = street.actors[f"community_worker.{community[-3:]}"]
        with self.acting(worker):
            made = exports.ask_export(
                by=worker,
                at=self.now,
                source="people.residents",
                conditions={"community": community},
                fields=["name", "phone"],
                receiver=f"{street.sign}卫健局",
                purpose="statutory",
                hours=24,
            )
        street.ids["export"][community] = str(made.public_id)

    def _emergency(self, street: Street, community: str) -> None:
        """A special card that a worker opened in an emergency, and that waits for its review."""
        from yimen.registers.people import api as people

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        with self.acting(clerk):
            made = people.break_glass_card(
                by=clerk,
                at=self.now,
                person=UUID(street.ids["people"][community][0]),
                card="family.registrations",
                kind="life",
                words=f"{street.sign}人在大厅晕倒，正在抢救",
            )
        street.ids["emergency"][community] = str(made.public_id)

    def _mark(self, street: Street, community: str) -> None:
        """Two residents who are served first: one by her wish, one by a paper."""
        from yimen.services.priority import api as priority

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        wishes = (
            {"ground": "need", "source": "application"},
            {"ground": "disabled", "source": "certificate"},
        )
        with self.acting(clerk):
            for person, told in zip(street.ids["people"][community], wishes, strict=False):
                until = self.today + timedelta(days=90) if told["source"] == "certificate" else None
                made = priority.mark_person(
                    by=clerk, at=self.now, person=UUID(str(person)), paper_until=until, **told
                )
        street.ids["mark"][community] = str(made.public_id)

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

    def _providers(self, street: Street) -> None:
        """A health point that submitted work, its patient, and two referrals: one out of it, one into it."""
        from django.core.files.base import ContentFile

        from yimen.kernel.money import Money
        from yimen.registers.organisations import api as organisations
        from yimen.services.providers import api as providers

        point, agreement = (UUID(one) for one in street.ids["agreement"])
        street.ids["unit"] = str(point)
        work = providers.agree_work(
            by=self.by, at=self.now, organisation=point, agreement=agreement, title=f"{street.sign}试用随访",
            measure="人次", price=Money(1250), licence="clinic_licence", extent="全科",
        )  # fmt: skip
        street.ids["work"] = str(work.public_id)
        own, made = street.actors["provider"], []
        for place in ("一号楼", "二号楼"):
            with self.acting(own):
                done = providers.submit_work(
                    by=own, at=self.now, work=work.public_id, done_on=self.today, quantity=20,
                    place=f"{street.sign}{place}", proof=ContentFile(PNG, name="签到表.png"),
                )  # fmt: skip
                made.append(str(done.public_id))
        officer = street.actors["section_officer"]
        with self.acting(officer):
            providers.return_submission(
                by=officer, at=self.now, submission=UUID(made[1]), reason=f"{street.sign}没有日期"
            )
        street.ids["submission"], street.ids["patient"], street.ids["referral"] = made, [], []
        doctors = [street.actors[key] for key in ("provider_doctor", "provider_doctor.001")]
        units = [organisations.own_units(by=by, on=self.today)[0].public_id for by in doctors]
        for n, by in enumerate(doctors):
            told = {"by": by, "at": self.now}
            with self.acting(by):
                patient = providers.sign_up_patient(
                    **told, name=self._name(street, n), id_number=self._id_number(street, street.few, n),
                    phone=f"{street.phones}1{n:03d}", consented_on=self.today,
                ).public_id  # fmt: skip
                providers.note_care(**told, patient=patient, done_on=self.today, text=f"{street.sign}量血压")
                referral = providers.refer_patient(
                    **told, patient=patient, target=units[1 - n], need=f"{street.sign}眼底检查",
                    reason=f"{street.sign}血糖高", consented_on=self.today, last_day=self.today + timedelta(days=9),
                )  # fmt: skip
            street.ids["patient"].append(str(patient))
            street.ids["referral"].append(str(referral.public_id))

    def _rounds(self, street: Street, community: str) -> None:
        """A round that is over, with its result, and one that runs; each asks whoever lives here."""
        from yimen.foundations.definitions.api import current
        from yimen.work.rounds import api as rounds

        worker = street.actors[f"community_worker.{community[-3:]}"]
        told: dict[str, Any] = {"by": worker, "at": self.now}
        with self.acting(worker):
            made = []
            for secrecy in (rounds.Secrecy.NAMED, rounds.Secrecy.ANONYMOUS):
                found = rounds.open_round(
                    **told,
                    title=f"{street.sign}需求调查",
                    why=f"{street.sign}安排服务周",
                    area=community,
                    questions=current("form", "service_needs", on=self.today).data,
                    opens_on=self.today,
                    closes_on=self.today + timedelta(days=9),
                    youngest=0,
                    secrecy=secrecy,
                )
                line = rounds.roll_of(found, by=worker).order_by("id").first()
                made.append((str(found.public_id), str(line.public_id), line.word))
            answers = {"needs": ["老人助餐"], "words": f"{street.sign}想说的"}
            over = UUID(made[0][0])
            rounds.take_reply(
                **told, round=over, word=made[0][2], answers=answers, channel=rounds.Channel.PAPER
            )
            rounds.close_round(**told, round=over)
        street.ids.setdefault("round", {})[community] = made

    def _name_lists(self, street: Street, community: str) -> None:
        """A list that was sent out, with a row that is worked, and one that is being prepared."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from tests.apps.foundations.imports.sheets import xlsx
        from yimen.work.namelists import api as namelists

        officer = street.actors["section_officer"]
        worker = street.actors[f"community_worker.{community[-3:]}"]
        rows = [
            ["姓名", "联系电话", "住址"],
            *([f"{street.sign}某{n}", "", f"{street.sign}路{n}号"] for n in "甲乙丙"),
        ]
        one = {"key": "q1", "label": f"{street.sign}还住这里吗", "type": "yesno", "purpose": "核实"}
        made = []
        for running in (True, False):
            with self.acting(officer):
                found = namelists.upload_list(
                    by=officer,
                    at=self.now,
                    area=street.code,
                    title=f"{street.sign}排查名单",
                    purpose=f"{street.sign}核实",
                    basis=f"{street.sign}文件",
                    due_on=self.today + timedelta(days=9),
                    questions={"questions": [one]},
                    file=SimpleUploadedFile("list.xlsx", xlsx(("名单", rows))),
                )
                if running:
                    namelists.send_out(
                        by=officer, at=self.now, name_list=found.public_id, community=community
                    )
                row = namelists.rows_of(found, by=officer).order_by("number").first()
            if running:
                with self.acting(worker):
                    namelists.work_row(
                        by=worker,
                        at=self.now,
                        row=row.public_id,
                        outcome=namelists.Outcome.DONE,
                        way=namelists.Way.VISIT,
                        answers={"q1": "yes"},
                    )
            made.append((str(found.public_id), str(row.public_id)))
        street.ids.setdefault("name_list", {})[community] = made

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
