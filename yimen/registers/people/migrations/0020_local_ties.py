"""Where a resident works or learns (工作、就学地), and the card that communities see of the tied to them (属地人员)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable

# A card beyond reach, by the reach of who asks: the owner's view, as `people_bearers` is the owner's function. It asks for
# reach itself, since row-level security holds its reader and not its owner; as a barrier it lets nothing be tried on rows that
# it hides. The first part has the words of the index people_person_apart.
_TIED = """
CREATE VIEW people_tiedresident WITH (security_barrier = true) AS
SELECT person.id * 2 AS id, person.public_id AS person, person.name, person.sex, person.birth_on,
       'hukou'::varchar(6) AS kind, person.hukou_area AS area, ''::varchar(80) AS place,
       (SELECT stay.since FROM people_residence AS stay
        WHERE stay.person_id = person.id AND stay.kind = 'hukou' AND stay.until IS NULL) AS since,
       NULL::date AS until, person.community,
       CASE WHEN person.lives_since IS NULL THEN '' ELSE person.community END::varchar(12) COLLATE "C" AS lives
FROM people_person AS person
WHERE person.merged_into_id IS NULL AND person.died_on IS NULL AND person.hukou_area > ''
  AND (NOT (person.hukou_area = person.community) OR person.residence_kind = 'away')
  AND NOT person.doubts @> '["restricted"]'
  AND person.hukou_area ^@ ANY ((SELECT access_reach())::text[])
UNION ALL
SELECT tie.id * 2 + 1, keeper.public_id, keeper.name, keeper.sex, keeper.birth_on,
       tie.kind, tie.area, tie.place, tie.since, tie.until, keeper.community,
       CASE WHEN keeper.lives_since IS NULL THEN '' ELSE keeper.community END::varchar(12) COLLATE "C"
FROM people_localtie AS tie
JOIN people_person AS bearer ON bearer.id = tie.person_id
JOIN people_person AS keeper ON keeper.id = coalesce(bearer.merged_into_id, bearer.id)
WHERE keeper.died_on IS NULL AND NOT keeper.doubts @> '["restricted"]'
  AND tie.since <= (SELECT access_today()) AND (tie.until IS NULL OR tie.until > (SELECT access_today()))
  AND tie.area ^@ ANY ((SELECT access_reach())::text[])
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0019_own_pages"),
        ("access", "0009_ties_end_at_a_moment"),
    ]

    operations = [
        migrations.CreateModel(
            name="TiedResident",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("person", models.UUIDField(verbose_name="居民")),
                ("name", models.CharField(max_length=80, verbose_name="姓名")),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("unknown", "未知"),
                            ("male", "男"),
                            ("female", "女"),
                            ("not_stated", "未说明"),
                        ],
                        max_length=12,
                        verbose_name="性别",
                    ),
                ),
                ("birth_on", models.DateField(null=True, verbose_name="出生日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("hukou", "户籍"), ("work", "工作"), ("school", "就学")],
                        max_length=6,
                        verbose_name="关系",
                    ),
                ),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=12, verbose_name="本地社区"
                    ),
                ),
                ("place", models.CharField(max_length=80, verbose_name="单位或学校")),
                ("since", models.DateField(null=True, verbose_name="起")),
                ("until", models.DateField(null=True, verbose_name="止")),
                (
                    "community",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=12, verbose_name="档案所在社区"
                    ),
                ),
                (
                    "lives",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=12, verbose_name="现住社区"
                    ),
                ),
            ],
            options={
                "verbose_name": "属地人员",
                "db_table": "people_tiedresident",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="LocalTie",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "kind",
                    models.CharField(
                        choices=[("work", "工作"), ("school", "就学")], max_length=6, verbose_name="类别"
                    ),
                ),
                (
                    "area",
                    yimen.foundations.bus.fields.AreaField(
                        db_collation="C", max_length=15, verbose_name="所在社区"
                    ),
                ),
                ("place", models.CharField(max_length=80, verbose_name="单位或学校")),
                ("basis", models.CharField(max_length=100, verbose_name="依据")),
                ("ended_why", models.CharField(blank=True, max_length=200, verbose_name="结束的理由")),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "工作、就学地",
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(
                    ("died_on__isnull", True),
                    ("hukou_area__gt", ""),
                    ("merged_into__isnull", True),
                    models.Q(
                        models.Q(("hukou_area", models.F("community")), _negated=True),
                        ("residence_kind", "away"),
                        _connector="OR",
                    ),
                ),
                fields=["hukou_area", "name"],
                name="people_person_apart",
            ),
        ),
        migrations.AddField(
            model_name="localtie",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="local_ties", to="people.person"
            ),
        ),
        migrations.AddIndex(
            model_name="localtie",
            index=models.Index(fields=["area", "person"], name="people_localtie_area"),
        ),
        migrations.AddConstraint(
            model_name="localtie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("person", "kind", "area", "place"),
                name="people_localtie_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="localtie",
            constraint=models.CheckConstraint(
                condition=models.Q(("area__regex", "^[1-9][0-9]{11}$")),
                name="people_localtie_area_is_community",
            ),
        ),
        migrations.AddConstraint(
            model_name="localtie",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__gt", ""), ("place__gt", "")), name="people_localtie_says_where"
            ),
        ),
        migrations.AddConstraint(
            model_name="localtie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="people_localtie_holds_a_day",
            ),
        ),
        ScopeTable("people_localtie", through="people.Person", column="person_id"),
        migrations.RunSQL(_TIED, "DROP VIEW people_tiedresident"),
    ]
