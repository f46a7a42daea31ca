"""Doors nobody goes to alone (上门须两人), and collective dwellings by heads (集体住所人数)."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.foundations.bus.fields
import yimen.kernel.ids
from yimen.foundations.access.fields import ScopeTable


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_offers_and_positions"),
    ]

    operations = [
        migrations.AddField(
            model_name="dwelling",
            name="visit_in_pairs",
            field=models.BooleanField(default=False, verbose_name="上门须两人"),
        ),
        migrations.CreateModel(
            name="HeadCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(default=yimen.kernel.ids.uuid7, editable=False, unique=True)),
                ("counted_on", models.DateField(verbose_name="清点日期")),
                ("heads", models.PositiveSmallIntegerField(verbose_name="人数")),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("noted_by", yimen.foundations.bus.fields.ActorField(max_length=80, verbose_name="登记人")),
                ("noted_by_name", models.CharField(max_length=80, verbose_name="登记人姓名")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="head_counts",
                        to="places.dwelling",
                    ),
                ),
            ],
            options={
                "verbose_name": "集体住所人数",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dwelling", "counted_on"), name="places_headcount_once_a_day"
                    )
                ],
            },
        ),
        ScopeTable("places_headcount", through="places.Dwelling", column="dwelling_id"),
    ]
