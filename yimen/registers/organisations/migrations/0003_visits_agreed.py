"""Visits and beds of an agreement, its partner on file, and the visits that were made (协议上门)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_records_and_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="beds",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="床位"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="partner_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements_with",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="visits_monthly",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="每月上门次数"),
        ),
        migrations.CreateModel(
            name="AgreementVisit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("visited_on", models.DateField(verbose_name="上门日期")),
                ("people", models.PositiveSmallIntegerField(verbose_name="服务人数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="做了什么")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="organisations.agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "协议上门",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "visited_on"), name="organisations_visit_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", 1)), name="organisations_visit_saw_somebody"
                    ),
                ],
            },
        ),
        ScopeTable("organisations_agreementvisit", through="organisations.Agreement", column="agreement_id"),
    ]
