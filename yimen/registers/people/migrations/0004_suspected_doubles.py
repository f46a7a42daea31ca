"""Two files that may be one person (疑似重复): the pairs, an index by birth, and who is known elsewhere by name and birth."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable

# Beyond reach no more than this: somebody of exactly this name, born on exactly this day, is on file in that community.
_ELSEWHERE = """
CREATE FUNCTION people_known_elsewhere(names text[], born date)
RETURNS TABLE (public_id uuid, community text, numbered boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT person.public_id, person.community,
           EXISTS (SELECT 1 FROM people_persondocument AS paper
                   WHERE paper.person_id = person.id AND paper.kind = 'id_card' AND paper.until IS NULL)
    FROM people_person AS person
    WHERE person.birth_on = born AND person.name = ANY (names) AND person.merged_into_id IS NULL
    LIMIT 20
$$;
REVOKE ALL ON FUNCTION people_known_elsewhere(text[], date) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_papers_missing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suspicion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("rules", models.JSONField(default=list, verbose_name="依据的规则")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                (
                    "answer",
                    models.CharField(
                        choices=[("open", "待核对"), ("same", "是同一个人"), ("different", "不是同一个人")],
                        default="open",
                        max_length=12,
                        verbose_name="核对结果",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="核对时间")),
                (
                    "answered_by",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="核对人"),
                ),
                ("answered_by_name", models.CharField(blank=True, max_length=80, verbose_name="核对人姓名")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "verbose_name": "疑似重复",
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["birth_on"], name="people_person_birth"),
        ),
        migrations.AddField(
            model_name="suspicion",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="suspicion",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddIndex(
            model_name="suspicion",
            index=models.Index(
                condition=models.Q(("answer", "open")), fields=["-id"], name="people_suspicion_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.UniqueConstraint(fields=("person", "other"), name="people_suspicion_once"),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__lt", models.F("other"))), name="people_suspicion_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", "open"),
                    models.Q(
                        ("answered_at__isnull", False), ("answered_by__gt", ""), ("answered_by_name__gt", "")
                    ),
                    _connector="OR",
                ),
                name="people_suspicion_answered_by_someone",
            ),
        ),
        ScopeTable("people_suspicion", through="people.Person", column="person_id"),
        migrations.RunSQL(_ELSEWHERE, "DROP FUNCTION people_known_elsewhere(text[], date)"),
    ]
