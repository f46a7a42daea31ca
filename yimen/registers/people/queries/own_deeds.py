"""What the register itself has to tell of a person's life on file (经历)."""

from yimen.registers.people.choices import AddressKind
from yimen.registers.people.ports import FileDeed
from yimen.registers.people.queries.rows_on_file import RowsOnFile
from yimen.registers.places.api import area_name


def own_deeds(rows: RowsOnFile) -> tuple[FileDeed, ...]:
    """The register's own deeds for the timeline: put on file, moved. Few, so all of them."""
    people = (rows.person, *rows.absorbed)
    deeds = [
        FileDeed(
            at=person.registered_at,
            order=f"people.{person.public_id}",
            title="建档",
            text=f"档案号 {person.number}",
            icon="file-plus",
        )
        for person in people
    ]
    for row in rows.residences:
        first = any(person.id == row.person_id and person.registered_at == row.noted_at for person in people)
        if not first:
            where = row.address or (area_name(row.area) if row.area else "外地")
            label = AddressKind(row.kind).label
            deeds.append(
                FileDeed(
                    at=row.noted_at,
                    order=f"people.{row.public_id}",
                    title=f"{label}变更",
                    text=f"{row.since:%Y-%m-%d} 起：{where}",
                    icon="map-pin",
                )
            )
    return tuple(sorted(deeds, key=lambda deed: (deed.at, deed.order), reverse=True))
