"""Who lives in the streets, behind which doors, and what is delegated to their communities (居民)."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.journeys.world.streets import AREAS, FIRST, GIVEN, SURNAMES, Street, Teller


class Residents(Teller):
    """Who lives in the streets."""

    def settle(self, street: Street) -> None:
        """Estates, buildings, dwellings, a service site, and residents."""
        from yimen.registers.people import api as people
        from yimen.registers.places import api as places

        street.ids |= {
            "people": {},
            "building": {},
            "estate": {},
            "dwelling": {},
            "declaration": {},
            "sheet": {},
            "site": {},
            "household": {},
            "document": {},
        }
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
                latitude=Decimal("29.82"),
                longitude=Decimal("121.59"),
                position_source="现场定位",
            )
            self._outline(street, community)
            street.ids["estate"][community] = str(estate.public_id)
            street.ids["building"][community] = str(building.public_id)
            street.ids["dwelling"][community] = str(doors[0].public_id)
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
            declared = people.receive_declaration(
                by=self.by,
                at=self.start,
                dwelling=doors[0].public_id,
                kind="in",
                since=self.start.date(),
                name=f"{street.sign}申报",
                phone=f"{street.phones}{int(community[-3:]):01d}999",
                use="let",
            )
            street.ids["declaration"][community] = str(declared.public_id)
            sheet = people.Sheet("b", building.public_id, self.start.date() + timedelta(days=400))
            street.ids["sheet"][community] = people.word_of_sheet(sheet)
        if street.code == FIRST:
            self._journey_people(street)
            self._journey_doors(street)

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

    def _outline(self, street: Street, community: str) -> None:
        """What the map draws of a community: its outline, and where its building stands."""
        from yimen.registers.places import api as places

        west = 121.58 + int(community[-3:]) / 100
        ring = [[west, 29.81], [west + 0.01, 29.81], [west + 0.01, 29.83], [west, 29.83], [west, 29.81]]
        shapes = (
            ({"code": community}, {"type": "Polygon", "coordinates": [ring]}),
            (
                {"code": community, "小区": "试用花园", "幢号": "1"},
                {"type": "Point", "coordinates": [west + 0.005, 29.815]},
            ),
        )
        features = [{"type": "Feature", "properties": told, "geometry": shape} for told, shape in shapes]
        content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        places.draw_outlines(
            by=self.by, at=self.start, content=content, since=self.start.date(),
            source=f"{street.sign}附图",
        )  # fmt: skip

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

    def _journey_doors(self, street: Street) -> None:
        """A house of two staircases in the community of the stories; who stands in ``street.ids["doors"]`` lives behind it."""
        from yimen.registers.people import api as people
        from yimen.registers.places import api as places

        community = f"{FIRST}003"
        estate = places.add_estate(
            by=self.by, at=self.start, community=community, name="紫郡花园", address="紫郡路"
        )
        building = places.add_building(by=self.by, at=self.start, estate=estate, number="7", floors=6)
        rows = [
            places.DoorRow(building=building, floor=floor, room=f"{floor}0{room}", unit=unit)
            for unit in "12"
            for floor in range(1, 7)
            for room in range(1, 5)
        ]
        places.import_dwellings(by=self.by, at=self.start, rows=rows)
        doors = {f"{one.unit}-{one.room}": one for one in places.dwellings_of(building, by=self.by)}
        street.ids["doors"] = {"building": str(building.public_id)}
        for n, (door, name, use) in enumerate(
            (("1-101", "酆鹮秋", "let"), ("1-102", "宰鹮夏", "let"), ("1-103", "郁鹮春", "self")), 700
        ):
            doors[door].building = building
            places.set_dwelling_use(
                by=self.by, at=self.start, dwelling=doors[door], use=use, verified_on=self.start.date()
            )
            person = people.register_person(
                by=self.by,
                at=self.start,
                name=name,
                community=community,
                phone=f"{street.phones}3{n}",
                lives_at=doors[door],
                since=self.start.date(),
                role="02",
            )
            street.ids["doors"][door] = {
                "dwelling": str(doors[door].public_id),
                "person": str(person.public_id),
                "name": name,
                "phone": f"{street.phones}3{n}",
            }

    def _name(self, street: Street, n: int) -> str:
        return f"{SURNAMES[n % 10]}{street.sign}{GIVEN[n % 20]}{'' if n < 20 else GIVEN[n // 20]}"

    def _id_number(self, street: Street, community: str, n: int) -> str:
        from yimen.standards.citizen_id import check_character

        head = f"330212{1940 + n:04d}0{1 + int(community[-3:])}{1 + int(street.code[-1]):02d}{n:03d}"
        return head + check_character(head)
