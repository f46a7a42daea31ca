"""The copies on a file and on a household, against the dated rows they were copied from (现状副本)."""

from yimen.foundations.audit.ports import Proof
from yimen.registers.people.choices import HOUSEHOLDER
from yimen.registers.people.queries.proofs.stays import CHAINS

_SIDE = (
    "concat_ws('|', hukou_area, lives_since, address, householder, community, residence_kind, street, area)"
)

COPIES = Proof(
    key="people.copies",
    title="居民档案上的现状，对居住、户籍与住户登记",
    kept=f"SELECT id, {_SIDE} FROM people_person",  # nosec B608 - composed of constants
    truth=f"""
    WITH {CHAINS}, present AS (
        SELECT person.id, person.community AS last_community,
            here.id IS NOT NULL AND here.area <> '' AS lives_here, here.area AS lives_area, here.address AS lives_address,
            hukou.id IS NOT NULL AS has_hukou, coalesce(hukou.area, '') AS hukou_area, hukou.address AS hukou_address,
            here.id IS NOT NULL AS has_home, stay.chain_since, coalesce(door.area, '') AS grid,
            coalesce(house.householder, '') AS householder
        FROM people_person AS person
        LEFT JOIN people_residence AS here
            ON here.person_id = person.id AND here.kind = 'lives' AND here.until IS NULL
        LEFT JOIN people_residence AS hukou
            ON hukou.person_id = person.id AND hukou.kind = 'hukou' AND hukou.until IS NULL
        LEFT JOIN lives AS stay ON stay.person_id = person.id AND stay.until IS NULL
        LEFT JOIN places_dwelling AS door ON door.id = here.dwelling_id
        LEFT JOIN people_membership AS seat ON seat.person_id = person.id AND seat.until IS NULL
        LEFT JOIN people_household AS house ON house.id = seat.household_id
    ), placed AS (
        SELECT *, CASE WHEN lives_here THEN lives_area WHEN hukou_area <> '' THEN hukou_area ELSE last_community END
            AS community
        FROM present
    ), copied AS (
        SELECT id, hukou_area, householder, community, left(community, 9) AS street,
            CASE WHEN lives_here THEN chain_since END AS lives_since,
            coalesce(CASE WHEN has_home THEN lives_address ELSE hukou_address END, '') AS address,
            CASE WHEN lives_here AND NOT has_hukou THEN 'unstated'
                WHEN lives_here AND left(hukou_area, 9) = left(lives_area, 9) THEN 'local'
                WHEN lives_here THEN 'incomer' WHEN hukou_area <> '' THEN 'away' ELSE 'left' END AS residence_kind,
            CASE WHEN starts_with(grid, community) THEN grid ELSE community END AS area
        FROM placed
    )
    SELECT id, {_SIDE} FROM copied
    """,  # nosec B608 - composed of constants
    tells=False,
)
HOUSEHOLDERS = Proof(
    key="people.householders",
    title="住户的户主，对家庭成员登记",
    kept="SELECT id, householder FROM people_household",
    truth=f"""
    SELECT house.id, coalesce(head.name, '') FROM people_household AS house
    LEFT JOIN people_membership AS seat
        ON seat.household_id = house.id AND seat.role = '{HOUSEHOLDER}' AND seat.until IS NULL
    LEFT JOIN people_person AS head ON head.id = seat.person_id
    """,  # nosec B608 - composed of constants
    tells=False,
)
