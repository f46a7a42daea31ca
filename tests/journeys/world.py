"""Two streets with people at work, told through operations; run in the new database, prints what the tests must know.

Every text about a person of the first street holds the sign 鹮, of the second 鹭: a page on which the other street's sign
stands has leaked. The first community has a few of everything, the second many; the other street has a few.
"""

import io
import json
import os
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import django

PASSWORD = "Panhuo-2026-east"
FIRST, SECOND = "330212007", "330212008"
COUNTY = "330212"
AREAS = [
    (COUNTY, "鄞州区"),
    (FIRST, "潘火街道"),
    (f"{FIRST}001", "东莺社区"),
    (f"{FIRST}002", "雅苑社区"),
    (f"{FIRST}003", "紫郡社区"),
    (SECOND, "百丈街道"),
    (f"{SECOND}001", "潜龙社区"),
]
FEW, MANY = 3, 60
EACH = {FEW: 3, MANY: 12}  # cases on each of the five lists: three, and sixty in all
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = "安柏辰丹恩芳歌和佳康兰明宁平晴蓉诗婷文欣"

COMMUNITY_ROLES = ("window_clerk", "community_worker", "grid_worker", "lecturer", "volunteer", "club_leader")
STREET_ROLES = (
    "section_officer",
    "section_chief",
    "leader",
    "archive_keeper",
    "auditor",
    "administrator",
    "security_admin",
    "doctor",
)
TITLES = {
    "window_clerk": "窗口",
    "community_worker": "社工",
    "grid_worker": "网格员",
    "section_officer": "科员",
    "section_chief": "科长",
    "leader": "分管领导",
    "archive_keeper": "档案员",
    "auditor": "审计员",
    "administrator": "系统管理员",
    "security_admin": "安全管理员",
    "doctor": "家庭医生",
    "lecturer": "讲师",
    "volunteer": "志愿者",
    "club_leader": "社团负责人",
}
FORM = {
    "title": "试用申请表",
    "questions": [
        {
            "key": "reason",
            "label": "申请原因",
            "type": "text",
            "required": True,
            "purpose": "判断是否属于受理范围",
        },
        {
            "key": "phone",
            "label": "联系电话",
            "type": "phone",
            "prefill": "person.phone",
            "purpose": "联系申请人",
        },
        {"key": "sick", "label": "是否因病", "type": "yesno", "purpose": "决定要哪些材料"},
        {
            "key": "hospital",
            "label": "就诊医院",
            "type": "text",
            "show_if": "sick",
            "purpose": "核对诊断证明",
        },
    ],
}
PAPERS = [
    {"key": "identity", "title": "身份证", "how": "带原件即可"},
    {
        "key": "diagnosis",
        "title": "诊断证明",
        "needed_if": "sick",
        "may_follow": True,
        "how": "就诊医院出具",
    },
]
MATTER = {
    "title": "试用补助",
    "summary": "困难家庭可以申请的试用补助。",
    "says": ["没钱了", "困难", "补助"],
    "way": "decision",
    "decides": "street",
    "basis": [{"document": "社会救助暂行办法", "article": "第四十七条"}],
    "form": "trial_form",
    "papers": PAPERS,
    "days": {"legal": 20, "promised": 10, "legal_source": "社会救助暂行办法"},
    "result": "同意补助通知书",
    "items": ["trial_help"],
    "archive": {"category": "救助", "keep_years": 10},
}
NOTICE = MATTER | {
    "title": "试用登记",
    "summary": "登记就好，不用审批。",
    "says": ["登记"],
    "way": "notice",
    "decides": "community",
    "papers": [],
    "days": {"legal": 1, "promised": 0, "legal_source": "试用办法"},
    "result": "登记回执",
    "items": ["trial_register"],
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass
class Street:
    """One street while it is being made."""

    code: str
    sign: str
    phones: str
    posts: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    actors: dict[str, Any] = field(default_factory=dict)

    @property
    def few(self) -> str:
        return f"{self.code}001"

    @property
    def communities(self) -> list[tuple[str, int]]:
        """The communities at work, and how many residents they have."""
        return [(self.few, FEW), (f"{self.code}002", MANY)][: 2 if self.code == FIRST else 1]


class Maker:
    """Makes the world; ``now`` is the moment from which everything is told backwards."""

    def __init__(self) -> None:
        from yimen.kernel.actor import system_actor
        from yimen.kernel.clock import day_of

        self.by = system_actor("journeys")
        self.now = datetime.now().astimezone()
        self.today = day_of(self.now)
        self.start = self.now - timedelta(days=60)

    def make(self) -> dict[str, Any]:
        from yimen.foundations.bus.api import act_as, run_pending_jobs

        streets = [Street(FIRST, "鹮", "1381111"), Street(SECOND, "鹭", "1391111")]
        with act_as(self.by, on=self.today):
            self.lay_out(streets)
            for street in streets:
                self.staff(street)
                self.settle(street)
                self.delegate(street)
        for street in streets:
            with act_as(self.by, on=self.today):
                self.work(street)
        run_pending_jobs()
        return {
            "password": PASSWORD,
            "today": self.today.isoformat(),
            "streets": {
                street.code: {
                    "sign": street.sign,
                    "phones": street.phones,
                    "posts": street.posts,
                    "ids": street.ids | {"post": street.posts["window_clerk.001"]},
                }
                for street in streets
            },
        }

    # -- the ground -----------------------------------------------------------------------------

    def lay_out(self, streets: list[Street]) -> None:
        """Areas, windows, the trial matters and this year's plan."""
        from yimen.foundations.definitions.api import publish
        from yimen.registers.places import api as places

        rows = [places.AreaRow(*row) for row in AREAS]
        places.import_areas(by=self.by, at=self.start, since=date(2015, 1, 1), rows=rows)

        def put(kind: str, key: str, body: dict[str, Any]) -> None:
            publish(by=self.by, at=self.start, effective_on=self.start.date(), kind=kind, key=key, body=body)

        for number, street in enumerate(streets, 1):
            put(
                "window",
                street.code,
                {
                    "name": f"{dict(AREAS)[street.code]}办事处",
                    "mark": f"街{number}",
                    "address": f"试用路 {number} 号便民服务中心",
                    "phone": f"0574-8812000{number}",
                    "review_office": "鄞州区人民政府",
                    "court": "鄞州区人民法院",
                },
            )
        put("form", "trial_form", FORM)
        put("item", "trial_help", {"title": "试用补助", "unit": "户次"})
        put("item", "trial_register", {"title": "试用登记", "unit": "件"})
        put("matter", "trial", MATTER)
        put("matter", "trial_notice", NOTICE)
        put(
            "indicator",
            "trial_help",
            {
                "title": "试用补助",
                "unit": "户次",
                "measure": "acts",
                "items": ["trial_help"],
                "explanation": "办结的试用补助，每件一次。",
            },
        )
        for number, street in enumerate(streets, 1):
            communities = [code for code, _ in AREAS if code.startswith(street.code) and len(code) == 12]
            put(
                "plan",
                f"trial_plan_{number}",
                {
                    "title": f"{dict(AREAS)[street.code]} {self.today.year} 年试用计划",
                    "year": self.today.year,
                    "area": street.code,
                    "document": "试用文件",
                    "target": [
                        _target("help", "试用补助", "trial_help", communities),
                        _target("relief", "临时救助", "temporary_relief", communities),
                    ],
                },
            )
            street.ids["plan"] = f"trial_plan_{number}"

    def staff(self, street: Street) -> None:
        """Organisations, posts, and an account that holds each."""
        name = dict(AREAS)[street.code]
        office = self._found(name=f"{name}办事处", kind="street_office", area=street.code)
        centre = self._found(name=f"{name}社区卫生服务中心", kind="health_centre", area=street.code)
        street.ids["organisation"] = str(office.public_id)
        street.ids["committee"] = {}
        for role in STREET_ROLES:
            self._seat(street, centre if role == "doctor" else office, role, street.code)
        for code, title in AREAS:
            if not code.startswith(street.code) or len(code) != 12:
                continue
            committee = self._found(name=f"{title}居民委员会", kind="committee", area=code)
            street.ids["committee"][code] = str(committee.public_id)
            for role in COMMUNITY_ROLES:
                self._seat(street, committee, role, code)

    def _found(self, **told: Any) -> Any:
        from yimen.registers.organisations import api as organisations

        return organisations.found_organisation(
            by=self.by, at=self.start, since=self.start.date(), phone="0574-88120000", **told
        )

    def _seat(self, street: Street, organisation: Any, role: str, area: str) -> None:
        from yimen.foundations.access import api as access
        from yimen.registers.organisations import api as organisations

        key = role if len(area) == 9 else f"{role}.{area[-3:]}"
        username = f"{role}.{area}".replace("_", "")
        name = f"{SURNAMES[len(street.posts) % 10]}{street.sign}{TITLES[role][:2]}"
        account = access.create_account(
            by=self.by,
            at=self.start,
            username=username,
            name=name,
            password=PASSWORD,
            area=area,
            must_change=False,
        )
        post = organisations.create_post(
            by=self.by,
            at=self.start,
            organisation=organisation,
            title=TITLES[role],
            role=role,
            area=area,
            since=self.start.date(),
        )
        appointment = organisations.appoint(
            by=self.by, at=self.start, post=post, account=account.public_id, since=self.start.date()
        )
        street.posts[key] = {
            "username": username,
            "name": name,
            "role": role,
            "area": area,
            "account": str(account.public_id),
            "appointment": str(appointment.public_id),
            "grant": str(appointment.grant),
        }
        street.actors[key] = access.actor_of(account.public_id, on=self.today)

    # -- who lives there ------------------------------------------------------------------------

    def settle(self, street: Street) -> None:
        """Estates, buildings, dwellings, a service site, and residents."""
        from yimen.registers.people import api as people
        from yimen.registers.places import api as places

        street.ids |= {"people": {}, "building": {}, "site": {}, "household": {}, "document": {}}
        for community, count in street.communities:
            estate = places.add_estate(
                by=self.by, at=self.start, community=community, name="试用花园", address="试用路"
            )
            building = places.add_building(by=self.by, at=self.start, estate=estate, number="1", floors=30)
            rows = [
                places.DoorRow(
                    building=building, floor=1 + n // 2, room=f"{1 + n // 2}0{1 + n % 2}", unit="1"
                )
                for n in range(count)
            ]
            places.import_dwellings(by=self.by, at=self.start, rows=rows)
            doors = places.dwellings_of(building, by=self.by)
            site = places.open_site(
                by=self.by,
                at=self.start,
                area=community,
                name="试用服务站",
                kind="community_station",
                address="试用路 3 号",
                since=self.start.date(),
                phone="0574-88120009",
            )
            street.ids["building"][community] = str(building.public_id)
            street.ids["site"][community] = str(site.public_id)
            registered = [
                people.register_person(
                    by=self.by,
                    at=self.start,
                    name=self._name(street, n),
                    community=community,
                    id_number=self._id_number(street, community, n),
                    phone=f"{street.phones}{int(community[-3:]):01d}{n:03d}",
                    lives_at=doors[n],
                    since=self.start.date(),
                    hukou_address=f"{street.sign}户籍路 {n + 1} 号",
                )
                for n in range(count)
            ]
            street.ids["people"][community] = [str(one.public_id) for one in registered]
            self._household(street, community, registered)
        if street.code == FIRST:
            self._journey_people(street)

    def delegate(self, street: Street) -> None:
        """What is the street's may be asked at its communities too, for this year and the next."""
        from yimen.foundations.definitions.api import current_all
        from yimen.work.desk import api as desk

        street.ids["delegation"] = {}
        keys = [one.key for one in current_all("matter", on=self.start.date()) if one.body.level == "street"]
        for community in [code for code, _ in AREAS if code.startswith(street.code) and len(code) == 12]:
            for matter in keys:
                given = desk.delegate_matter(
                    by=self.by,
                    at=self.start,
                    area=community,
                    matter=matter,
                    powers="accept",
                    document=f"{street.sign}下放清单",
                    seal_rule="使用便民服务专用章",
                    since=self.start.date(),
                    last_day=self.today + timedelta(days=400),
                )
            street.ids["delegation"][community] = str(given.public_id)

    def _household(self, street: Street, community: str, registered: list[Any]) -> None:
        """A household of three in the first community, of all in the second: a page with many members."""
        from yimen.registers.people import api as people

        house = people.found_household(
            by=self.by, at=self.start, on=self.start.date(), householder=registered[0].public_id
        )
        for one in registered[1:]:
            people.join_household(
                by=self.by,
                at=self.start,
                on=self.start.date(),
                person=one.public_id,
                household=house.public_id,
                role="97",
            )
        street.ids["household"][community] = str(house.public_id)
        found = people.get_file(registered[0].public_id, by=self.by, on=self.today)
        street.ids["document"][community] = str(found.documents[0].public_id)

    def _journey_people(self, street: Street) -> None:
        """One resident for each story, in a community of their own."""
        from yimen.registers.people import api as people

        names = {
            "line": "欧阳晓鹮",
            "refused": "单于鹮梅",
            "birth": "尉迟鹮",
            "keyboard": "解鹮琴",
            "plain": "仇鹮英",
            "double": "朴鹮花",
            "draft": "区鹮秀",
            "two": "盖鹮珍",
            "papers": "褚鹮兰",
            "sent": "宓鹮芝",
            "archived": "蒯鹮文",
            "missing": "隗鹮武",
            "note": "郏鹮兰",
            "joint": "乐鹮宁",
            "first_there": "禹鹮真",
            "then_there": "荀鹮芝",
            "card": "闵鹮初",
            "narrow": "晏鹮安",
            "phone": "佴鹮苒",
        }
        street.ids["story"] = {}
        for n, (key, name) in enumerate(names.items()):
            person = people.register_person(
                by=self.by,
                at=self.start,
                name=name,
                community=f"{FIRST}003",
                id_number=self._id_number(street, f"{FIRST}003", n),
                phone=f"{street.phones}3{n:03d}",
                lives_address=f"紫郡花园 {n + 1} 幢",
                since=self.start.date(),
            )
            street.ids["story"][key] = {
                "person": str(person.public_id),
                "name": name,
                "phone": f"{street.phones}3{n:03d}",
                "id_number": self._id_number(street, f"{FIRST}003", n),
            }

    def _name(self, street: Street, n: int) -> str:
        return f"{SURNAMES[n % 10]}{street.sign}{GIVEN[n % 20]}{'' if n < 20 else GIVEN[n // 20]}"

    def _id_number(self, street: Street, community: str, n: int) -> str:
        from yimen.standards.citizen_id import check_character

        head = f"330212{1940 + n:04d}0{1 + int(community[-3:])}{1 + int(street.code[-1]):02d}{n:03d}"
        return head + check_character(head)

    # -- what they did --------------------------------------------------------------------------

    def work(self, street: Street) -> None:
        """Cases on every list, messages, calls, and a stored paper."""
        from yimen.foundations.audit.api import trail_of

        street.ids |= {
            "cases": {},
            "case": {},
            "message": {},
            "call": {},
            "letter": {},
            "file": {},
            "note": {},
            "duty": {},
            "share": {},
            "demand": {},
            "return": {},
            "seal": {},
            "seal_request": {},
            "handover": {},
            "difference": {},
            "archive_file": {},
            "box": {},
        }
        for community, count in street.communities:
            self._cases(street, community, count)
            self._messages(street, community, count)
            self._file(street, community)
            self._notes(street, community)
            self._share(street, community)
            self._hotline(street, community)
            self._seal(street, community)
            self._demands(street, community)
            self._return(street, community)
            self._archive(street, community, count)
            self._gatherings(street, community)
        row = trail_of(UUID(street.ids["case"][street.few]), by=self.by).first()
        street.ids["deed"] = str(row.deed)

    def _cases(self, street: Street, community: str, count: int) -> None:
        """As many cases on each list: late, running, waiting, to deliver, to archive."""
        from yimen.foundations.documents.api import letters_of
        from yimen.work.desk import api as desk

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        chief = street.actors["section_chief"]
        people = street.ids["people"][community]
        made: dict[str, list[UUID]] = {"late": [], "decide": [], "waiting": [], "deliver": [], "archive": []}
        for kind, cases in made.items():
            for n in range(EACH[count]):
                at = self.now - timedelta(days=40 if kind == "late" else 3, minutes=n)
                waits = kind == "waiting"
                asked = desk.Asked(
                    matter="trial",
                    person=UUID(people[n]),
                    answers={"reason": f"{street.sign}家里有困难", "sick": False},
                    papers={} if waits else {"identity": "seen"},
                    note=f"{street.sign}备注",
                )
                take = desk.give_notice if waits else desk.accept_case
                with self.acting(clerk):
                    case = take(by=clerk, at=at, area=community, asked=asked).public_id
                    if not waits:
                        desk.hand_over_case(by=clerk, at=at, case=case, why=f"{street.sign}请街道决定")
                if kind in ("deliver", "archive"):
                    with self.acting(chief):
                        desk.decide_case(
                            by=chief, at=at, case=case, outcome="granted", result=f"{street.sign}同意补助"
                        )
                if kind == "archive":
                    with self.acting(clerk):
                        desk.deliver_case(
                            by=clerk, at=at, case=case, way="counter", receiver=f"{street.sign}本人"
                        )
                cases.append(case)
        street.ids["cases"][community] = {kind: [str(case) for case in cases] for kind, cases in made.items()}
        street.ids["case"][community] = str(made["archive"][0])
        letters = list(letters_of(made["archive"][0], by=self.by))
        street.ids["letter"][community] = str(letters[0].public_id)

    def _notes(self, street: Street, community: str) -> None:
        """A note in passing about a resident, one of a place, entered a day late, and something owed today."""
        from yimen.work.ledger import api as ledger
        from yimen.work.programmes import api as programmes

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        with self.acting(clerk):
            note = ledger.take_note(
                by=clerk,
                at=self.now,
                item="visited_home",
                text=f"{street.sign}一个人在家",
                kind="person",
                whom=UUID(street.ids["people"][community][0]),
            )
            duty = programmes.owe_duty(
                by=clerk,
                at=self.now,
                title=f"{street.sign}再上门看看",
                due_on=self.today,
                way="visited_home",
                kind="person",
                creditor=UUID(street.ids["people"][community][0]),
            )
            ledger.take_note(
                by=clerk,
                at=self.now,
                item="met_outside",
                text=f"{street.sign}路灯不亮",
                place=f"{street.sign}东门",
                happened_on=(self.now - timedelta(days=1)).date(),
            )
        street.ids["note"][community] = str(note.public_id)
        street.ids["duty"][community] = str(duty.public_id)

    def _messages(self, street: Street, community: str, count: int) -> None:
        """Messages to the posts of a community, and people to be called."""
        clerk = f"window_clerk.{community[-3:]}"
        for n in range(count):
            told = tell_both(
                by=self.by,
                at=self.now - timedelta(hours=n + 1),
                account=UUID(street.posts[clerk]["account"]),
                person=UUID(street.ids["people"][community][n]),
                area=community,
                text=f"{street.sign}的事情有了进展",
            )
            street.ids["message"].setdefault(community, told[0])
            street.ids["call"].setdefault(community, told[1])

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

    def _share(self, street: Street, community: str) -> None:
        """Units that were asked about a case: one of the register, and a department that is not in it."""
        from yimen.work.desk import api as desk

        chief = street.actors["section_chief"]
        case = UUID(street.ids["cases"][community]["decide"][2])
        questions = [
            desk.Question(unit=UUID(unit) if unit else None, unit_name=name, question=f"{street.sign}能不能帮？",
                          due_on=self.today)
            for unit, name in ((street.ids["organisation"], ""), ("", f"{street.sign}教育局"))
        ]  # fmt: skip
        with self.acting(chief):
            desk.ask_units(by=chief, at=self.now, case=case, questions=questions)
            share = desk.shares_of_case(case, by=chief)[0]
        street.ids["share"][community] = str(share.public_id)

    def _archive(self, street: Street, community: str, count: int) -> None:
        """A hand-over list signed by both sides: half of its lines received, the rest missing; what was received is in a box."""
        from yimen.services.archive import api as archive
        from yimen.work.desk import api as desk

        clerk, keeper = street.actors[f"window_clerk.{community[-3:]}"], street.actors["archive_keeper"]
        over = []
        for n in range(EACH[count]):
            person = UUID(street.ids["people"][community][n])
            told = {"by": clerk, "at": self.now}
            with self.acting(clerk):
                asked = desk.Asked("trial_notice", person, {"reason": f"{street.sign}登记", "sick": False})
                over.append(desk.accept_case(**told, area=community, asked=asked).public_id)
                desk.register_case(**told, case=over[-1])
                desk.deliver_case(**told, case=over[-1], way="counter", receiver=f"{street.sign}本人")
        with self.acting(clerk):
            made = archive.make_list(by=clerk, at=self.now, area=community)
            archive.send_list(by=clerk, at=self.now, handover=made.public_id, lines=made.lines)
        told = {"by": keeper, "at": self.now}
        with self.acting(keeper):
            for item in archive.items_of(made).exclude(case__in=over):
                wrong = {"item": item.public_id, "verdict": "missing", "note": f"{street.sign}没有交来"}
                archive.tick_item(**told, handover=made.public_id, **wrong)
            archive.tick_rest(**told, handover=made.public_id)
            archive.sign_list(**told, handover=made.public_id)
            box = archive.make_box(
                **told, area=street.code, label=f"{street.sign}{community[-3:]}", capacity=50,
                room=f"{street.sign}库", shelf="1号柜",
            )  # fmt: skip
            files = archive.find_files(by=keeper).filter(area=community).order_by("id")
            kept = [file.public_id for file in files]
            archive.put_in_box(**told, box=box.public_id, files=kept)
            archive.lend_original(
                **told,
                file=kept[0],
                borrower=f"{street.sign}借阅人",
                unit="科室",
                why="核对",
                due_on=self.today,
            )
            wrong = archive.open_differences(by=keeper).filter(area=community)[0]
        street.ids["handover"][community] = str(made.public_id)
        street.ids["difference"][community] = str(wrong.public_id)
        street.ids["archive_file"][community] = str(kept[0])
        street.ids["box"][community] = str(box.public_id)

    def _file(self, street: Street, community: str) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from yimen.foundations.documents.api import store_upload

        kept = store_upload(
            by=self.by,
            at=self.now,
            subject=UUID(street.ids["case"][community]),
            area=community,
            purpose="paper",
            file=SimpleUploadedFile(f"{street.sign}材料.png", io.BytesIO(PNG).read(), "image/png"),
        )
        street.ids["file"][community] = str(kept.public_id)

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

    def acting(self, actor: Any) -> Any:
        from yimen.foundations.bus.api import act_as

        return act_as(actor, on=self.today)


def _target(key: str, title: str, indicator: str, communities: list[str]) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "indicator": indicator,
        "amount": 120,
        "sentence": f"全年办理{title} 120 户次。",
        "setting": "按社区平均分。",
        "communities": dict.fromkeys(communities, 1),
    }


def tell_both(*, by: Any, at: datetime, account: UUID, person: UUID, area: str, text: str) -> tuple[str, str]:
    """An app above tells a colleague and a resident, within a deed of its own."""
    from yimen.foundations.audit.api import operation, record
    from yimen.foundations.messages.api import tell

    @operation("journeys.told")
    def run(*, by: Any, at: datetime) -> list[str]:
        message = tell(by=by, at=at, title="有新消息", text=text, area=area, to_account=account)
        task = tell(by=by, at=at, title="有新消息", text=text, area=area, to_person=person)
        record(person, kind="person", area=area)
        return [str(message[0].public_id), str(task[0].public_id)]

    message, task = run(by=by, at=at)
    return message, task


def main() -> None:
    """Migrate as the owner, take over the definitions, make the world, and print what the tests must know."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.journeys.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    call_command("sync_definitions", verbosity=0)
    print(json.dumps(Maker().make(), ensure_ascii=True))  # noqa: T201 - its only answer


if __name__ == "__main__":
    sys.exit(main())
