"""Who answers for somebody from another street, and for whom there, is named on the file by the least (范围外的监护关系)."""

from django.db import migrations, models

import yimen.foundations.bus.fields

# The owner's view, as `people_tiedresident` is: row-level security holds its reader and not its owner, so it asks itself whether
# the file it is read for is within reach. As a barrier it lets nothing be tried on rows that it hides. The other file, which
# is not, is told by its id, a masked name and its community.
_SEEN = """
  AND (hers.area ^@ ANY ((SELECT access_reach())::text[]) OR hers.public_id IN (SELECT subject FROM access_ties() AS subject))
  AND NOT (bearer.area ^@ ANY ((SELECT access_reach())::text[]) OR bearer.public_id IN (SELECT subject FROM access_ties() AS subject))
"""
_TOLD = """
       link.kind, link.ground, link.since, link.ends_on, other.public_id AS other,
       CASE WHEN length(other.name) <= 2 THEN left(other.name, 1) || '*'
            ELSE left(other.name, 1) || repeat('*', length(other.name) - 2) || right(other.name, 1) END AS masked_name,
       other.community
"""
_OTHER = """
JOIN people_person AS other ON other.id = coalesce(bearer.merged_into_id, bearer.id)
WHERE link.until IS NULL
"""
_BEYOND = f"""
CREATE VIEW people_guardianbeyond WITH (security_barrier = true) AS
SELECT link.id * 2 AS id, link.id AS guardianship, link.person_id AS file, hers.area, hers.public_id AS subject,
       true AS guards, {_TOLD}
FROM people_guardianship AS link
JOIN people_person AS hers ON hers.id = link.person_id
JOIN people_person AS bearer ON bearer.id = link.guardian_id
{_OTHER} {_SEEN}
UNION ALL
SELECT link.id * 2 + 1, link.id, link.guardian_id, hers.area, hers.public_id, false, {_TOLD}
FROM people_guardianship AS link
JOIN people_person AS hers ON hers.id = link.guardian_id
JOIN people_person AS bearer ON bearer.id = link.person_id
{_OTHER} {_SEEN}
"""  # nosec B608 - composed of constants


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0021_keys_without_constraint"),
        ("access", "0009_ties_end_at_a_moment"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuardianBeyond",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("guardianship", models.BigIntegerField()),
                ("file", models.BigIntegerField(verbose_name="档案")),
                ("area", yimen.foundations.bus.fields.AreaField(db_collation="C", max_length=15)),
                ("subject", models.UUIDField(verbose_name="本人")),
                ("guards", models.BooleanField(verbose_name="监护本人的")),
                ("kind", models.CharField(max_length=12, verbose_name="监护依据")),
                ("ground", models.CharField(max_length=12, verbose_name="为什么")),
                ("since", models.DateField(verbose_name="起")),
                ("ends_on", models.DateField(null=True, verbose_name="到期日")),
                ("other", models.UUIDField(verbose_name="对方")),
                ("masked_name", models.CharField(max_length=80, verbose_name="对方姓名")),
                (
                    "community",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=12, verbose_name="对方档案所在社区"
                    ),
                ),
            ],
            options={
                "verbose_name": "范围外的监护关系",
                "db_table": "people_guardianbeyond",
                "managed": False,
            },
        ),
        migrations.RunSQL(_BEYOND, "DROP VIEW people_guardianbeyond"),
    ]
