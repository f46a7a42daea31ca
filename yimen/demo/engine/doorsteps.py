"""What grid workers note at doors, what tenants tell by the code on the stairs, and the rooms of communities (门口与用房)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.core.files.base import ContentFile

from yimen.demo.engine.scans import drawn_sheet
from yimen.demo.engine.staff import EAST
from yimen.demo.engine.story import Deed, Story
from yimen.demo.engine.town import stands_at
from yimen.demo.engine.units import CARE_AGREEMENT
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api as people
from yimen.registers.places import api as places

BY = system_actor("demo")
WORKER = "grid"
CHECKED, LOOKED_AT_LATELY = 36, 9
NEWCOMERS = ("蒋小雨", "吕志强", "陆佳佳", "程磊", "沈燕")
SUCCESSOR, LANDLORD = "汪一帆", "钟房东"
DECLARING = ("石小满", "贺明", "谭丽")
REHEARSALS, REHEARSED_AFTER = (1, 4, 9, 15), 8  # booked so many working days ago, for so many days later
PHONES = 15400001000
VISITED_EVERY = 11  # working days
# Every so-and-so-many-th service room lacks something: too small, nobody there, no photograph.
LACKS = {5: "size", 11: "staff", 17: "photo"}
NEEDED = ("feature/step_free", "feature/blood_pressure", "feature/lending")


def open_rooms(communities: Sequence[str], *, by: Actor, at: datetime) -> None:
    """A service room in every community, a few of them short of the standard, and one hall that is booked."""
    since = day_of(at)
    for order, code in enumerate(communities):
        lacks = LACKS.get(order, "")
        room = places.open_site(
            by=by, at=at, area=code, name=f"{places.area_name(code)}服务室（演示）", kind="service_room",
            address=f"演示路 {10 + order} 号二楼", since=since, size=16 if lacks == "size" else 24 + order,
            origin="小区配建移交（演示）", **stands_at(order + 1, aside=2),
        )  # fmt: skip
        week = [places.Hours(day, time(8, 30), time(11, 30)) for day in range(5)]
        places.set_site_hours(by=by, at=at, site=room, hours=week, since=since)
        places.set_site_offers(by=by, at=at, site=room, offers=NEEDED)
        if lacks != "staff":
            places.name_staff(by=by, at=at, site=room, name="值班社工（演示）", duty="服务室负责人")
        if lacks != "photo":
            sheet = ContentFile(drawn_sheet("服务室"), name="服务室.png")
            places.add_site_photo(by=by, at=at, site=room, file=sheet)
    hall = places.open_site(
        by=by, at=at, area=EAST, name="文体活动室（演示）", kind="public_room", address="演示路 10 号三楼",
        since=since, size=120, origin="街道自有（演示）", **stands_at(1, aside=-2),
    )  # fmt: skip
    week = [places.Hours(day, time(8, 30), time(20)) for day in range(7)]
    places.set_site_hours(by=by, at=at, site=hall, hours=week, since=since)


class Doorsteps:
    """Plans what happens at the doors of one grid and in the hall of its community."""

    def __init__(self, story: Story) -> None:
        # Chance of its own: what happens elsewhere stays as it was.
        self.story, self.rng = story, Random(7)
        grid = story.staff.actor(WORKER, on=story.today)
        with act_as(BY, on=story.today):
            doors = [
                one
                for line in places.buildings_in(grid.home, by=BY)
                for one in places.dwellings_of(line.building, by=BY)
            ]
            self.lived_in = [one.public_id for one in doors if one.use in ("self", "let")]
            self.empty = [one.public_id for one in doors if one.use == "vacant"]
        self.rng.shuffle(self.lived_in)

    def plan(self) -> None:
        days = self.story.working_days
        for order, door in enumerate(self.lived_in[:CHECKED]):
            day = days[-1 - order % LOOKED_AT_LATELY] if order % 2 else days[order % len(days)]
            self._plan(day, lambda at, by, door=door: self._verify(door, at, by))
        for order, name in enumerate(NEWCOMERS[: len(self.empty)]):
            day = days[(order + 2) * len(days) // (len(NEWCOMERS) + 4)]
            self._plan(day, lambda at, by, order=order, name=name: self._move_in(order, name, at, by))
        for order, (name, door) in enumerate(zip(DECLARING, self.empty[len(NEWCOMERS) :], strict=False)):
            self.story.plan(
                # The first is confirmed by the next morning, which must be over whenever the story is told.
                self.story.at(days[-2 if order else -3], 19, 10 + order),
                BY,
                lambda at, by, order=order, name=name, door=door: self._declare(order, name, door, at),
            )
        for back in REHEARSALS:
            self.story.plan(
                self.story.at(days[-1 - back], 10, back), "worker", lambda at, by: self._book(at, by)
            )

        for order, day in enumerate(days[4::VISITED_EVERY]):
            self.story.plan(
                self.story.at(day, 14, 20),
                "head",
                lambda at, by, order=order: self._look_after(order, at, by),
            )

    def _plan(self, day: date, deed: Deed) -> None:
        self.story.plan(self.story.at(day, self.rng.randrange(9, 17), self.rng.randrange(60)), WORKER, deed)

    def _verify(self, door: UUID, at: datetime, by: Actor) -> None:
        people.verify_door(by=by, at=at, dwelling=door)
        self.story.told["doors verified"] += 1

    def _move_in(self, order: int, name: str, at: datetime, by: Actor) -> None:
        door, phone = self.empty[order], str(PHONES + order)
        people.move_in(
            by=by, at=at, dwelling=door, on=day_of(at), use="let", name=name, phone=phone, compared=""
        )
        people.set_landlord(by=by, at=at, dwelling=door, name=LANDLORD, phone=str(PHONES + 90))
        self.story.told["people moved in"] += 1
        if order == 0:
            later = at + timedelta(days=20)
            self.story.plan(later, WORKER, lambda at, by: self._change(door, at, by))

    def _change(self, door: UUID, at: datetime, by: Actor) -> None:
        leaving = [one.person for one in people.door_of(door, by=by).people]
        people.change_tenants(
            by=by, at=at, dwelling=door, on=day_of(at), people=leaving, name=SUCCESSOR, phone=str(PHONES + 50),
            compared="",
        )  # fmt: skip
        self.story.told["tenants changed"] += 1

    def _declare(self, order: int, name: str, door: UUID, at: datetime) -> None:
        made = people.receive_declaration(
            by=BY, at=at, dwelling=door, kind=people.DeclaredKind.MOVED_IN, since=day_of(at), name=name,
            phone=str(PHONES + 70 + order), use="let", long=True,
        )  # fmt: skip
        self.story.told["declarations"] += 1
        if order == 0:
            self.story.plan(
                at + timedelta(hours=15),
                WORKER,
                lambda at, by: people.confirm_declaration(
                    by=by, at=at, declaration=made.public_id, compared=""
                ),
            )

    def _look_after(self, order: int, at: datetime, by: Actor) -> None:
        """The health point visits the elder home, as agreed."""
        today = day_of(at)
        for station in organisations.organisations(by=by, on=today, kind="clinic"):
            for one in organisations.on_file(station, by=by).agreements:
                if one.title == CARE_AGREEMENT:
                    organisations.note_agreement_visit(
                        by=by, at=at, organisation=station, agreement=one.public_id, visited_on=today,
                        people=9 + order, note="巡诊、量血压（演示）",
                    )  # fmt: skip
                    self.story.told["elder home visited"] += 1

    def _book(self, at: datetime, by: Actor) -> None:
        today = day_of(at)
        sites = places.sites_in(EAST, on=today, by=by)
        hall = next(one for one in sites if one.kind == places.SiteKind.PUBLIC_ROOM)
        later = today + timedelta(days=REHEARSED_AFTER - 1)
        opening = places.next_open_day(hall, after=later, calendar=working_calendar(on=today))
        if opening is None:
            return
        places.book_room(
            by=by,
            at=at,
            site=hall,
            day=opening.on,
            begins=time(9),
            ends=time(11),
            purpose="合唱队排练（演示）",
        )
        self.story.told["rooms booked"] += 1
