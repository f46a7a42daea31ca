"""A death as it was noted (死亡登记), with the seat it ended, so that an error is taken back exactly."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("people", "0014_who_answers")]

    operations = [
        migrations.CreateModel(
            name="DeathNote",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("died_on", models.DateField(verbose_name="死亡日期")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="依据")),
                ("seat", models.JSONField(default=dict, verbose_name="当时的住户")),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="登记人")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "undone_by",
                    yimen.foundations.bus.fields.ActorField(blank=True, max_length=80, verbose_name="撤销人"),
                ),
                ("undone_why", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "死亡登记",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("person",),
                        name="people_death_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            models.Q(("undone_by__gt", ""), ("undone_why__gt", "")),
                            _connector="OR",
                        ),
                        name="people_death_undone_with_a_reason",
                    ),
                ],
            },
        ),
        ScopeTable("people_deathnote", through="people.Person", column="person_id"),
    ]
