"""What both streets stand on: areas, windows, trial matters, this year's plan, and who works there (地基与岗位)."""

from datetime import date, timedelta
from typing import Any

from tests.journeys.world.matters import FORM, MATTER, NOTICE, OUTSIDE
from tests.journeys.world.streets import (
    AREAS,
    COMMUNITY_ROLES,
    PASSWORD,
    STREET_ROLES,
    SURNAMES,
    TITLES,
    Street,
    Teller,
)


class Ground(Teller):
    """What both streets stand on."""

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
        put("outside_system", "trial_system", OUTSIDE)
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
        self._care(street)

    def _care(self, street: Street) -> None:
        """A health point that visits an elder home by agreement."""
        from yimen.registers.organisations import api as organisations

        point, home = (
            self._found(name=f"{street.sign}{name}", kind=kind, area=street.code)
            for name, kind in (("试用卫生站", "clinic"), ("试用养老院", "institution"))
        )
        told: dict[str, Any] = {"by": self.by, "at": self.start, "organisation": point}
        made = organisations.file_agreement(
            **told, title="医养结合协议", partner="", partner_unit=home.public_id, content=f"{street.sign}上门巡诊",
            visits_monthly=2, beds=20, since=self.start.date(), last_day=self.start.date() + timedelta(days=400),
        )  # fmt: skip
        organisations.note_agreement_visit(
            **told,
            agreement=made.public_id,
            visited_on=self.start.date(),
            people=12,
            note=f"{street.sign}巡诊",
        )
        street.ids["agreement"] = [str(point.public_id), str(made.public_id)]
        clinic = self._found(name=f"{street.sign}试用诊所", kind="clinic", area=street.few)
        for unit in (point, clinic):
            organisations.file_credential(
                by=self.by, at=self.start, organisation=unit, kind="clinic_licence", number=f"{street.sign}证",
                extent="全科", since=self.start.date(), last_day=self.start.date() + timedelta(days=400),
            )  # fmt: skip
            self._seat(street, unit, "provider_doctor", unit.area)
        self._seat(street, point, "provider", street.code)

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
