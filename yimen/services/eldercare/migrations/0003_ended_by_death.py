"""What was granted ends when its person dies (养老待遇终止)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0002_scope")]

    operations = [
        migrations.CreateModel(
            name="BenefitStop",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("ended_on", models.DateField(verbose_name="终止日期")),
                ("why", models.CharField(max_length=40, verbose_name="为什么")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", yimen.foundations.bus.fields.ActorField(blank=True, max_length=80)),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="eldercare.elderbenefit",
                    ),
                ),
            ],
            options={
                "verbose_name": "养老待遇终止",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("benefit",),
                        name="benefit_stopped_once",
                    )
                ],
            },
        ),
        ScopeTable("eldercare_benefitstop", through="eldercare.ElderBenefit", column="benefit_id"),
    ]
