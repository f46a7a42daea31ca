"""A database of an earlier version with a little of everything in it: `python -m tests.upgrade.older`.

Every app at its first state (its migrations 0001 and 0002, and what those of others need), rows by the models of that state: a
street, accounts, residents, cases, entries with their figures, the trail. Nothing here follows later versions.
"""

import os
import uuid
from datetime import UTC, date, datetime

from django.db.migrations.executor import MigrationExecutor

SINCE, SEEN = date(2024, 1, 1), datetime(2025, 6, 3, 2, 0, tzinfo=UTC)
STREET, OTHER = "330212007", "330212008"
COMMUNITIES = (f"{STREET}001", f"{STREET}002", f"{OTHER}001")
AREAS = {
    "330212": ("county", "鄞州区", None),
    STREET: ("street", "潘火街道", "330212"),
    OTHER: ("street", "百丈街道", "330212"),
    **{
        code: ("community", name, code[:9])
        for code, name in zip(COMMUNITIES, ("东莺", "雅苑", "潜龙"), strict=True)
    },
}
NUMBERS = ("11010519491231002X", "330212199001011231")
PHONE = "13900139000"
# Apps that came later and need later states of the others.
YOUNGER = frozenset(
    {"providers", "bookings", "rounds", "transcripts", "namelists", "approvals", "directives"}
)


def main() -> None:
    """Make it in the database of DATABASE_OWNER_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections, transaction

    executor = MigrationExecutor(connections["owner"])
    first = [
        max(node for node in executor.loader.graph.nodes if node[0] == label and node[1] < "0003")
        for label in (app.rpartition(".")[2] for app in settings.YIMEN_APPS)
        if label in executor.loader.migrated_apps and label not in YOUNGER
    ]
    state = executor.migrate(first)
    with transaction.atomic(using="owner"):
        Older(state.apps).fill()


class Older:
    """The rows, by the models of then."""

    def __init__(self, apps) -> None:
        self.apps = apps

    def make(self, model: str, /, **told):
        return self.apps.get_model(*model.split(".")).objects.using("owner").create(**told)

    def fill(self) -> None:
        self.areas()
        account = self.staff()
        self.clinic()
        family = self.household()
        for number, community in enumerate(COMMUNITIES[:2]):
            person = self.resident(number, community)
            self.seat(family, person, number)
            for turn in range(3):
                self.case(number * 3 + turn, person, community, account)
            self.deeds(person, community, account)
            if number == 0:
                self.deeds(self.second_file(person), community, account, months=(7, 8))

    def areas(self) -> None:
        made: dict[str | None, object] = {None: None}
        for code, (level, name, parent) in AREAS.items():
            made[code] = self.make(
                "places.Area",
                code=code,
                level=level,
                name=name,
                short=name[:2],
                since=SINCE,
                parent=made[parent],
            )

    def staff(self):
        account = self.make(
            "access.Account", username="li.min", name="李敏", kind="staff", area=STREET,
            password="!", password_at=SEEN, opened_at=SEEN, opened_by="system:older",
        )  # fmt: skip
        self.make(
            "access.Grant",
            account=account,
            role="window_clerk",
            area=STREET,
            since=SINCE,
            granted_by="system:older",
        )
        return account

    def clinic(self) -> None:
        """An organisation with a licence and an agreement on file."""
        unit = self.make(
            "organisations.Organisation",
            name="东莺诊所",
            short="诊所",
            kind="clinic",
            area=COMMUNITIES[0],
            since=SINCE,
        )
        told = {"organisation_id": unit.pk, "area": COMMUNITIES[0], "since": SINCE, "until": date(2027, 1, 1)}
        told |= {"noted_at": SEEN, "noted_by": "system:older"}
        self.make("organisations.Credential", **told, kind="clinic_licence")
        self.make("organisations.Agreement", **told, title="协议", partner="街道", content="随访")

    def household(self):
        """A family of two: she leads it, he left it and came back."""
        return self.make(
            "people.Household", street=STREET, community=COMMUNITIES[0], area=COMMUNITIES[0],
            address="东方丽都3幢501室", householder="王秀兰",
        )  # fmt: skip

    def seat(self, family, person, number: int) -> None:
        told = {"household": family, "person": person, "role": ("02", "10")[number]}
        if number:
            self.make("people.Membership", **told, since=SINCE, until=date(2024, 6, 1))
            told["since"] = date(2025, 1, 1)
        self.make("people.Membership", **{"since": SINCE} | told)
        person.householder = family.householder
        person.save(using="owner")

    def resident(self, number: int, community: str):
        """A file with its papers, its address, the keys it is found under and what it adds to the population."""
        from yimen.registers.people.engine.hashes import number_hash, phone_key, tail_hash
        from yimen.registers.people.rules.population import Life, Stay, cells_of
        from yimen.registers.people.rules.search import plain_keys

        birth = (date(1949, 12, 31), date(1990, 1, 1))[number]
        person = self.make(
            "people.Person", number=f"{community[3:9]}00000{number}", street=STREET, community=community, area=community,
            residence_kind=("unstated", "incomer")[number], hukou_area=("", COMMUNITIES[2])[number],
            lives_since=SINCE, counted_from=SINCE, name=("王秀兰", "陈建国")[number], sex="female",
            birth_on=birth, address="东方丽都3幢501室", phone=PHONE, phone_tail=PHONE[-4:], registered_at=SEEN,
            registered_by="system:older", changed_at=SEEN, changed_by_name="older",
        )  # fmt: skip
        self.make(
            "people.Residence", person=person, kind="lives", area=community, address=person.address, since=SINCE,
            noted_at=SEEN, noted_by="system:older",
        )  # fmt: skip
        hukou = (Stay(SINCE, None, COMMUNITIES[2]),) if number else ()
        for stay in hukou:
            self.make(
                "people.Residence", person=person, kind="hukou", area=stay.area, since=SINCE, noted_at=SEEN,
                noted_by="system:older",
            )  # fmt: skip
        paper = self.make(
            "people.PersonDocument", person=person, kind="id_card", number=NUMBERS[number],
            number_hash=number_hash(NUMBERS[number]), tail_hash=tail_hash(NUMBERS[number]), since=SINCE,
        )  # fmt: skip
        keys = plain_keys(names=[person.name], addresses=[person.address], number=person.number)
        for key in keys | {"d" + paper.number_hash, "l" + paper.tail_hash, phone_key(PHONE)}:
            self.make("people.SearchKey", street=STREET, key=key, person=person, area=community)
        life = Life("female", birth, None, SINCE, (Stay(SINCE, None, community),), hukou)
        for cell, amount in cells_of(life).items():
            self.make("people.PopulationDelta", **cell._asdict(), amount=amount)
        return person

    def second_file(self, person):
        """A file that was made for her once more, and put into the first one."""
        from yimen.registers.people.rules.search import plain_keys

        other = self.make(
            "people.Person", number=f"{person.community[3:9]}000009", street=STREET, community=person.community,
            area=person.area, residence_kind="unstated", lives_since=SINCE, counted_from=SINCE, name=person.name, sex="female",
            birth_on=person.birth_on, address=person.address, registered_at=SEEN, registered_by="system:older",
            changed_at=SEEN, changed_by_name="older", merged_into=person,
        )  # fmt: skip
        self.make(
            "people.Residence", person=other, kind="lives", area=other.community, address=other.address, since=SINCE,
            noted_at=SEEN, noted_by="system:older",
        )  # fmt: skip
        self.make(
            "people.Alias", person=person, alias=other, reason="同一人", merged_at=SEEN, merged_by="system:older",
            state={"seat": {}, "account": {}, "plugs": {}},
        )  # fmt: skip
        found = self.apps.get_model("people.SearchKey").objects.using("owner").filter(person=person)
        told = plain_keys(names=[other.name], addresses=[other.address], number=other.number)
        for key in told - set(found.values_list("key", flat=True)):
            self.make("people.SearchKey", street=STREET, key=key, person=person, area=person.area)
        return other

    def case(self, number: int, person, community: str, account) -> None:
        """A case that was accepted, with its steps and its trail."""
        case = self.make(
            "desk.Case", number=f"25060300{number:02}", matter="trial", matter_title="演练", matter_version=1,
            person=person.public_id, person_name=person.name, area=community, street=STREET, desk_area=community,
            state="accepted", source="counter", received_at=SEEN, received_by=f"account:{account.public_id}",
            accepted_on=SEEN.date(), accepted_by=f"account:{account.public_id}", tracking_hash=f"{number:064x}", edition=2,
        )  # fmt: skip
        for kind in ("received", "accepted"):
            self.make(
                "desk.CaseStep", case=case, kind=kind, at=SEEN, done_by=case.received_by, done_by_name="李敏",
                area=community,
            )  # fmt: skip
        self.trail(case, community, account)

    def trail(self, case, community: str, account) -> None:
        from yimen.foundations.audit.engine.digests import detail_digest, digest_over, facts_of, new_salt

        TrailRow = self.apps.get_model("audit.TrailRow")
        row = TrailRow(
            deed=uuid.uuid4(), verb="desk.case.accepted", actor=f"account:{account.public_id}", at=SEEN,
            subject_kind="case", subject=case.public_id, area=community,
        )  # fmt: skip
        salt, body = new_salt(), {"matter": "trial"}
        row.digest = digest_over(facts_of(row), detail_digest(salt=salt, body=body))
        row.save(using="owner")
        self.make("audit.TrailDetail", row=row, salt=salt, body=body)

    def deeds(self, person, community: str, account, *, months: tuple[int, int] = (5, 6)) -> None:
        """Two entries in two months; the first one folded into the tallies, the second one still waiting."""
        for number, table in zip(months, ("ledger.Tally", "ledger.Delta"), strict=True):
            month = date(2025, number, 1)
            who = {"sex": "female", "age_band": "60-69", "residence": "unstated"}
            at = {"area": community, "street": STREET, "item": "case_accepted", "month": month}
            entry = self.make(
                "ledger.Entry", item="case_accepted", unit="件", happened_on=month, recorded_at=SEEN, area=community,
                street=STREET, person=person.public_id, birth_on=person.birth_on, **who,
                done_by=f"account:{account.public_id}", source_kind="alone",
            )  # fmt: skip
            self.make("ledger.EntryItem", entry=entry, **at)
            self.make(table, **at, **who, acts=entry.acts, quantity=entry.quantity)
            self.make("ledger.Presence", **at, **who, person=person.public_id, acts=entry.acts)


if __name__ == "__main__":
    main()
